//! An outside scorer's word on comments, whatever it answers, and when it does not; on both databases.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use newsroom::{clock::MINUTE, discussion::Ruling};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use support::{Database, Served};

on_both!(crate::paper: its_word_ranks_and_holds, whoever_decided_first_is_right, silence_and_nonsense_change_nothing,
    without_one_nobody_is_asked);

/// What it answers, and what it was asked.
#[derive(Clone, Default)]
struct Scorer {
    answer: Arc<Mutex<Answer>>,
    asked: Arc<Mutex<Vec<(String, Value)>>>,
}

#[derive(Clone)]
enum Answer {
    Score(f64),
    Raw(u16, String),
    Never,
}

impl Default for Answer {
    fn default() -> Answer {
        Answer::Score(0.1)
    }
}

async fn answer(State(scorer): State<Scorer>, uri: axum::http::Uri, body: Bytes) -> Response {
    scorer.asked.lock().unwrap().push((uri.to_string(), serde_json::from_slice(&body).unwrap()));
    let answer = scorer.answer.lock().unwrap().clone();
    match answer {
        Answer::Score(value) => {
            let score = json!({"summaryScore": {"value": value, "type": "PROBABILITY"}});
            axum::Json(json!({"attributeScores": {"TOXICITY": score}, "languages": ["en"]})).into_response()
        }
        Answer::Raw(301, to) => (StatusCode::MOVED_PERMANENTLY, [("location", to)]).into_response(),
        Answer::Raw(status, body) => (StatusCode::from_u16(status).unwrap(), body).into_response(),
        Answer::Never => std::future::pending().await,
    }
}

struct House {
    paper: Served,
    scorer: Scorer,
    path: String,
    _runtime: tokio::runtime::Runtime,
}

fn paper(home: Database) -> House {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let scorer = Scorer::default();
    let router = Router::new().route("/v1/comments:analyze", post(answer)).with_state(scorer.clone());
    let address = runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    });
    let paper = Served::on(home, dateline::http::paper(), |config| {
        config.scorer.url = format!("http://{address}/v1/comments:analyze?a=1");
        config.scorer.key = "the key".into();
        config.scorer.allow_inside = true;
        config.scorer.milliseconds = 300;
        config.discussion.most_per_minute = 100;
    });
    let path = story(&paper);
    House { paper, scorer, path, _runtime: runtime }
}

fn story(paper: &Served) -> String {
    let item = r#"{"uri": "urn:x", "type": "text", "version": "1", "headline": "The ferry", "body_html": "<p>It sails.</p>"}"#;
    let item = wire::read(item.as_bytes(), None, &newsroom::Zone::default()).unwrap().remove(0);
    let manner = dateline::intake::Manner { publish: true, dry: false };
    let taken = dateline::intake::take_in(&paper.app, item, b"{}", &dateline::intake::NothingBeside, manner);
    let path = paper.wait(taken).unwrap().path.unwrap();
    paper.finish_jobs();
    path
}

fn say(paper: &Served, path: &str, text: &str) -> Value {
    let body = format!("name=Ana+Marked&text={text}&email=ana%40mail.example");
    let mut line = paper.line();
    line.send(format!(
        "POST {path}/comments HTTP/1.1\r\nhost: paper.example\r\naccept: application/json\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    ));
    let reply = line.reply(false);
    assert_eq!(reply.status, 201, "{}", reply.text());
    serde_json::from_slice(&reply.body).unwrap()
}

impl House {
    fn say(&self, text: &str) -> i64 {
        let said = say(&self.paper, &self.path, text);
        assert_eq!(said["state"], "shown", "nobody waits for the scorer");
        said["id"].as_i64().unwrap()
    }

    fn answers(&self, answer: Answer) {
        *self.scorer.answer.lock().unwrap() = answer;
    }

    /// Its state, and what was seen in it.
    fn standing(&self, id: i64) -> (&'static str, String) {
        let store = &self.paper.app.store;
        let comment = self.paper.wait(store.comment(id)).unwrap().unwrap();
        let (_, risks) = self.paper.wait(store.why_held(id)).unwrap();
        (comment.state.as_str(), risks.unwrap_or_default())
    }

    fn page(&self) -> String {
        self.paper.ask("GET", &self.path, &[]).text()
    }

    fn jobs(&self) -> (u32, u32) {
        self.paper.wait(self.paper.app.store.count_jobs()).unwrap()
    }
}

fn its_word_ranks_and_holds(house: &House) {
    let harmless = house.say("The+ferry+sails+again.");
    house.paper.finish_jobs();
    let (state, risks) = house.standing(harmless);
    assert!(state == "shown" && risks.contains("TOXICITY 0.10 by the outside scorer"), "{risks}");
    let (address, asked) = house.scorer.asked.lock().unwrap().pop().unwrap();
    assert_eq!(address, "/v1/comments:analyze?a=1&key=the+key");
    assert_eq!(asked["comment"]["text"], "The ferry sails again.");
    assert_eq!((&asked["doNotStore"], &asked["languages"]), (&json!(true), &json!(["en"])));
    assert!(asked["requestedAttributes"]["IDENTITY_ATTACK"].is_object(), "{asked}");
    for private in ["Marked", "mail.example", "127.0.0"] {
        assert!(!asked.to_string().contains(private), "{private} went out: {asked}");
    }

    house.answers(Answer::Score(0.93));
    let said = say(&house.paper, &house.path, "Something+that+only+the+scorer+sees.");
    let id = said["id"].as_i64().unwrap();
    assert!(house.page().contains("only the scorer sees"));
    house.paper.finish_jobs();
    assert_eq!(house.standing(id).0, "held");
    assert!(!house.page().contains("only the scorer sees") && house.page().contains("sails again"));
    let receipt = said["receipt"].as_str().unwrap().strip_prefix(&house.paper.app.paper.address).unwrap();
    let receipt = house.paper.ask("GET", receipt, &[]).text();
    assert!(receipt.contains("It looks like insult; a moderator decides."), "{receipt}");
    assert!(house.paper.wait(house.paper.app.store.miscounted_discussions()).unwrap().is_empty());
    let rank = house.paper.wait(house.paper.app.store.comment(id)).unwrap().unwrap();
    assert_eq!(rank.reason, None, "it is nobody's ruling");
    assert!(house.paper.wait(house.paper.app.store.rulings_of(id)).unwrap().is_empty());
    assert_eq!(house.jobs(), (0, 0));
}

fn whoever_decided_first_is_right(house: &House) {
    house.answers(Answer::Score(0.99));
    let id = house.say("A+moderator+was+quicker.");
    let now = dateline::clock::now();
    let store = &house.paper.app.store;
    house.paper.wait(store.rule(id, Ruling::Hold, None, "", "ilse", now)).unwrap();
    house.paper.wait(store.rule(id, Ruling::Show, None, "", "ilse", now)).unwrap();
    house.paper.finish_jobs();
    assert_eq!(house.standing(id).0, "shown");
    assert!(house.scorer.asked.lock().unwrap().is_empty(), "what is decided is not asked about");
    assert_eq!(house.jobs(), (0, 0));
}

fn silence_and_nonsense_change_nothing(house: &House) {
    let many = "x".repeat(100_000);
    for (answer, heard) in [
        (Answer::Never, "no answer within 300 milliseconds"),
        (Answer::Raw(500, String::new()), "answered 500"),
        (Answer::Raw(301, "http://127.0.0.1:1/".into()), "answered 301"),
        (Answer::Raw(200, "<html>".into()), "no JSON"),
        (Answer::Raw(200, many), "cannot be read"),
        (
            Answer::Raw(200, r#"{"attributeScores":{"TOXICITY":{"summaryScore":{"value":93}}}}"#.into()),
            "between 0 and 1",
        ),
    ] {
        house.answers(answer);
        let id = house.say(&format!("Said+while+it+{}.", heard.replace(' ', "+")));
        house.paper.finish_jobs();
        assert_eq!(house.standing(id), ("shown", String::new()), "{heard}");
        assert_eq!(house.jobs(), (1, 0), "{heard}: it is asked again");
        // It is let be after four tries, not kept as a fault.
        let mut at = dateline::clock::now();
        for _ in 0..3 {
            at = at.plus(20 * MINUTE);
            house.paper.wait(dateline::jobs::finish_until(&house.paper.app, at)).unwrap();
        }
        assert_eq!(house.jobs(), (0, 0), "{heard}");
    }
    // One that it does not score is not asked about twice; one that it answers late is heard.
    house.answers(Answer::Raw(400, r#"{"error":{"code":400,"message":"unsupported language"}}"#.into()));
    let id = house.say("In+a+language+unknown+to+it.");
    house.paper.finish_jobs();
    assert_eq!((house.standing(id).0, house.jobs()), ("shown", (0, 0)));
    house.answers(Answer::Raw(503, String::new()));
    let id = house.say("It+comes+back+later.");
    house.paper.finish_jobs();
    house.answers(Answer::Score(0.9));
    let later = dateline::clock::now().plus(20 * MINUTE);
    house.paper.wait(dateline::jobs::finish_until(&house.paper.app, later)).unwrap();
    assert_eq!((house.standing(id).0, house.jobs()), ("held", (0, 0)));
}

fn without_one_nobody_is_asked(house: &House) {
    let home = support::sqlite().unwrap();
    let quiet = Served::on(home, dateline::http::paper(), |_| {});
    let path = story(&quiet);
    say(&quiet, &path, "Nobody+scores+this.");
    quiet.finish_jobs();
    assert!(house.scorer.asked.lock().unwrap().is_empty());
    // One inside must be allowed.
    let options = dateline::config::Scorer { allow_inside: false, ..house.paper.app.config.scorer.clone() };
    assert!(dateline::scorer::read_url(&options).unwrap_err().contains("begins with https://"));
    let options = dateline::config::Scorer { url: "https://10.0.0.1/".into(), ..options };
    assert!(dateline::scorer::read_url(&options).unwrap_err().contains("scorer.allow_inside would allow it"));
}
