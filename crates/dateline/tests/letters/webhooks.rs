//! Webhooks: what they are told, signed with what, and where they may not lead.

use crate::{House, browser::Browser, house_with, support::Database};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use dateline::webhook::{SigningKey, signature};
use newsroom::{Millis, clock::DAY, clock::HOUR, event::Event, staff::Role};
use std::sync::{Arc, Mutex};

fn open(home: Database) -> House {
    house_with(home, |config| config.webhooks.allow_inside = true)
}

#[derive(Clone)]
struct Receiver {
    answers: Arc<Mutex<StatusCode>>,
    got: Arc<Mutex<Vec<(HeaderMap, String)>>>,
}

impl Receiver {
    /// Its address, on the paper's own runtime.
    fn serve(&self, house: &House) -> String {
        let take = async |State(r): State<Receiver>, headers: HeaderMap, body: Bytes| {
            r.got.lock().unwrap().push((headers, String::from_utf8(body.to_vec()).unwrap()));
            *r.answers.lock().unwrap()
        };
        let router = Router::new().route("/in", post(take)).with_state(self.clone());
        house.paper.wait(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            tokio::spawn(async move { axum::serve(listener, router).await });
            format!("http://{address}/in?a=1")
        })
    }

    fn take(&self) -> Vec<(HeaderMap, serde_json::Value, String)> {
        let all = std::mem::take(&mut *self.got.lock().unwrap());
        all.into_iter().map(|(h, b)| (h, serde_json::from_str(&b).unwrap(), b)).collect()
    }
}

fn receiver() -> Receiver {
    Receiver { answers: Arc::new(Mutex::new(StatusCode::OK)), got: Arc::default() }
}

fn each_event_is_told_once_and_signed(house: &House) {
    let hook = receiver();
    let url = hook.serve(house);
    let (desk, path) = house.story();
    house.paper.finish_jobs();
    let store = &house.paper.app.store;
    let now = dateline::clock::now();
    let old = SigningKey::random().unwrap().0;
    let events = [Event::CommentShown, Event::CommentRemoved, Event::ReportMade, Event::StoryKilled];
    let id = house.paper.wait(store.add_webhook(&url, &events, old, "test", now)).unwrap();
    let comment =
        house.comment(&path, &[("name", "Eve"), ("text", "Buy <ferries>."), ("email", "eve@post.example")]);
    house.paper.finish_jobs();
    let got = hook.take();
    assert_eq!(got.len(), 1);
    let (headers, body, text) = &got[0];
    assert_eq!((&body["event"], &body["comment"]["id"]), (&"comment.shown".into(), &comment.into()));
    assert_eq!(body["comment"]["text"], "Buy <ferries>.");
    assert!(!text.contains("post.example"), "no address of a reader: {text}");
    assert!(!text.contains("127.0.0.*"), "nor the network");
    let signed = headers["dateline-signature"].to_str().unwrap();
    let at: i64 = signed[2..signed.find(',').unwrap()].parse().unwrap();
    assert_eq!(signed, signature(&[old], Millis(at * 1000), text));
    assert_ne!(signed, signature(&[old], Millis(at * 1000), &format!("{text} ")), "the body is signed");

    let new = SigningKey::random().unwrap().0;
    house.paper.wait(store.rotate_webhook(id, new, now.plus(HOUR), "test", now)).unwrap();
    let sent = house.post(&format!("{path}/comments/{comment}/report"), &[("reason", "advertising")], &[]);
    assert_eq!(sent.status, 303);
    let remove = [("reason", "advertising")];
    assert_eq!(desk.post(&format!("/desk/comments/{comment}/remove"), &remove).status, 303);
    house.paper.finish_jobs();
    let got = hook.take();
    let words: Vec<&str> = got.iter().map(|(_, b, _)| b["event"].as_str().unwrap()).collect();
    assert_eq!(words.len(), 2, "{words:?}");
    assert!(words.contains(&"report.made") && words.contains(&"comment.removed"), "{words:?}");
    for (headers, body, text) in &got {
        let signed = headers["dateline-signature"].to_str().unwrap();
        let at: i64 = signed[2..signed.find(',').unwrap()].parse().unwrap();
        assert_eq!(signed, signature(&[new, old], Millis(at * 1000), text), "both keys sign");
        assert_eq!(headers["dateline-delivery"].to_str().unwrap(), body["id"]);
    }
    assert_eq!(house.paper.wait(store.webhook_keys(id, now.plus(2 * HOUR))).unwrap(), [new], "for a time");

    house.paper.wait(store.remove_webhook(id, "test", now)).unwrap();
    house.comment(&path, &[("name", "Jens"), ("text", "Unheard.")]);
    house.paper.finish_jobs();
    assert!(hook.take().is_empty());
}

fn what_writers_editors_and_rulings_change_is_told(house: &House) {
    let hook = receiver();
    let url = hook.serve(house);
    let desk = Browser::of(&house.paper, "Ilse", Role::Editor);
    let copy = [("headline", "Night ferry"), ("body", "It leaves at ten.")];
    let story = desk.story(&copy);
    let path = desk.publish(story, &copy);
    house.paper.finish_jobs();
    let store = &house.paper.app.store;
    house.paper.wait(store.add_webhook(&url, &Event::ALL, [7; 32], "test", dateline::clock::now())).unwrap();
    let told = || {
        house.paper.finish_jobs();
        let bodies = hook.take().into_iter().map(|(_, body, _)| body);
        let mut all: Vec<_> = bodies.map(|b| (b["event"].as_str().unwrap().to_owned(), b)).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    };
    let words = |all: &[(String, serde_json::Value)]| all.iter().map(|(e, _)| e.clone()).collect::<Vec<_>>();
    let id = house.comment(&path, &[("name", "Jens"), ("text", "Once.")]);
    let receipt = house.paper.app.receipts.path(id);
    assert_eq!(house.post(&format!("{receipt}/edit"), &[("text", "Twice.")], &[]).status, 303);
    let all = told();
    assert_eq!(words(&all), ["comment.edited", "comment.shown"]);
    assert_eq!(all[0].1["comment"]["text"], "Twice.");
    let report = || house.post(&format!("{path}/comments/{id}/report"), &[("reason", "insult")], &[]).status;
    assert_eq!(report(), 303);
    assert_eq!(words(&told()), ["report.made"]);
    // Of a comment that nobody reports, a warning decides nothing.
    let other = house.comment(&path, &[("name", "Jens"), ("text", "Another.")]);
    for warned in [other, id] {
        let warn = desk.post(&format!("/desk/comments/{warned}/warn"), &[("note", "Mind your words.")]);
        assert_eq!(warn.status, 303);
    }
    let all = told();
    assert_eq!(words(&all), ["comment.shown", "report.decided"]);
    assert_eq!(all[1].1["comment"]["id"], id);
    let close = |on: &str| desk.post(&format!("/desk/comments/{other}/thread"), &[("closed", on)]).status;
    assert_eq!((close("on"), close("")), (303, 303));
    let third = house.comment(&path, &[("name", "Ada"), ("text", "The last.")]);
    let gone = house.post(&format!("{}/withdraw", house.paper.app.receipts.path(third)), &[], &[]);
    assert_eq!(gone.status, 303, "{}", gone.text());
    let mode = desk.post(&format!("/desk/stories/{story}/discussion"), &[("mode", "slow")]);
    assert_eq!(mode.status, 303);
    let notice = ("notice", "Ten was wrong.");
    let corrected = [copy[0], ("body", "It leaves at eleven."), ("edition", "3"), notice];
    assert_eq!(desk.post(&format!("/desk/stories/{story}/correct"), &corrected).status, 303);
    let all = told();
    let expected = [
        "comment.shown",
        "comment.withdrawn",
        "discussion.set",
        "story.changed",
        "thread.closed",
        "thread.opened",
    ];
    assert_eq!(words(&all), expected);
    let told = (&all[1].1["comment"]["state"], &all[1].1["comment"]["text"]);
    assert_eq!(told, (&"withdrawn".into(), &"".into()), "taken back");
    assert_eq!((&all[2].1["discussion"]["mode"], &all[2].1["story"]["id"]), (&"slow".into(), &story.into()));
}

fn what_fails_is_tried_again_and_on_record(house: &House) {
    let hook = receiver();
    let url = hook.serve(house);
    *hook.answers.lock().unwrap() = StatusCode::SERVICE_UNAVAILABLE;
    let (_desk, path) = house.story();
    let store = &house.paper.app.store;
    let now = dateline::clock::now();
    house.paper.finish_jobs();
    house.paper.wait(store.add_webhook(&url, &[Event::CommentShown], [7; 32], "test", now)).unwrap();
    house.comment(&path, &[("name", "Jens"), ("text", "Once.")]);
    house.paper.finish_jobs();
    assert_eq!(hook.take().len(), 1);
    let record = || house.paper.wait(store.list_deliveries(10)).unwrap().remove(0);
    assert_eq!((record().state.as_str(), record().error.as_str()), ("queued", "answered 503"));
    *hook.answers.lock().unwrap() = StatusCode::NO_CONTENT;
    house.paper.wait(dateline::jobs::finish_until(&house.paper.app, now.plus(DAY))).unwrap();
    assert_eq!(hook.take().len(), 1);
    assert_eq!((record().state.as_str(), record().tries), ("sent", 2));
    house.paper.wait(dateline::jobs::finish_until(&house.paper.app, now.plus(DAY))).unwrap();
    assert!(hook.take().is_empty(), "taken once");
}

crate::on_both!(crate::webhooks::open:
    each_event_is_told_once_and_signed,
    what_writers_editors_and_rulings_change_is_told,
    what_fails_is_tried_again_and_on_record,
);

fn what_leads_inside_is_not_called(house: &House) {
    let hook = receiver();
    let url = hook.serve(house);
    let port = url.rsplit(':').next().unwrap();
    let (_desk, path) = house.story();
    house.paper.finish_jobs();
    let store = &house.paper.app.store;
    let now = dateline::clock::now();
    // By literal, by name, mapped, and without TLS: put past the command, which refuses the literals itself.
    for host in ["https://127.0.0.1", "https://localhost", "https://[::ffff:127.0.0.1]", "http://127.0.0.1"] {
        let url = format!("{host}:{port}");
        house.paper.wait(store.add_webhook(&url, &[Event::CommentShown], [7; 32], "test", now)).unwrap();
    }
    house.comment(&path, &[("name", "Jens"), ("text", "Once.")]);
    house.paper.finish_jobs();
    let all = house.paper.wait(store.list_deliveries(10)).unwrap();
    assert_eq!(all.len(), 4);
    for delivery in &all {
        let why = delivery.error.contains("address inside") || delivery.error.contains("https://");
        assert!(why && delivery.state.as_str() != "sent", "{delivery:?}");
    }
    assert!(hook.take().is_empty(), "nothing arrived");
}

mod inside {
    use super::what_leads_inside_is_not_called;
    crate::on_both!(crate::house: what_leads_inside_is_not_called);
}

#[test]
fn the_commands_keep_webhooks() {
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"));
        for (name, _) in std::env::vars().filter(|(n, _)| n.starts_with("DATELINE_")) {
            command.env_remove(name);
        }
        let out = command.args(arguments).arg("--data").arg(home.path()).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (out.status.code(), text(out.stdout), text(out.stderr))
    };
    assert_eq!(run(&["token", "add", "x", "--scope", "read"]).0, Some(0), "a paper is begun");
    for (url, why) in [
        ("https://127.0.0.1/in", "inside"),
        ("https://LOCALHOST/in", "inside"),
        ("http://hooks.example/in", "https://"),
        ("x", "no address"),
    ] {
        let (code, out, says) = run(&["webhook", "add", url]);
        assert!(code == Some(1) && out.is_empty() && says.contains(why), "{url}: {says}");
    }
    let (code, _, says) = run(&["webhook", "add", "https://hooks.example/in", "--event", "comment.shwon"]);
    assert!(code == Some(1) && says.contains("comment.shown, comment.held"), "{says}");
    let (_, key, _) =
        run(&["webhook", "add", "https://hooks.example/in", "--event", "comment.shown,report.made"]);
    assert!(key.trim().len() == 64, "{key}");
    let (_, list, _) = run(&["webhook", "list"]);
    assert!(list.contains("\thttps://hooks.example/in\tcomment.shown,report.made\t"), "{list}");
    assert!(!list.contains(key.trim()), "shown once");
    let number = list.split('\t').next().unwrap();
    let (_, next, _) = run(&["webhook", "rotate", number]);
    assert!(next.trim().len() == 64 && next != key);
    assert_eq!(run(&["webhook", "remove", number]).0, Some(0));
    assert!(run(&["webhook", "list"]).1.is_empty());
    assert!(run(&["webhook", "rotate", number]).2.contains("there is no webhook"));
}
