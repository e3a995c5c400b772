//! `/api/v1/moderation` with bearer tokens.

use crate::{
    browser::{log, now},
    queue::{comment, held_first},
    support::{Reply, Served},
};
use dateline::staff::BearerToken;
use newsroom::{Millis, staff::Scope};
use serde_json::Value;

/// A token of that scope, as its header.
fn token(paper: &Served, name: &str, scope: Scope) -> String {
    let token = BearerToken::random().unwrap();
    now(paper.app.store.add_token(name, scope, &token.digest(), "test", Millis(1))).unwrap();
    format!("authorization: Bearer {}", token.reveal())
}

fn ask(paper: &Served, method: &str, path: &str, token: &str, body: &str) -> Reply {
    let mut line = paper.line();
    let token = if token.is_empty() { String::new() } else { format!("{token}\r\n") };
    line.send(format!(
        "{method} /api/v1/moderation/{path} HTTP/1.1\r\nhost: paper.example\r\n{token}content-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    ));
    line.reply(false)
}

fn json(reply: &Reply) -> Value {
    serde_json::from_str(&reply.text()).unwrap_or_else(|e| panic!("{e}: {}", reply.text()))
}

fn only_with_a_token_of_its_scope(paper: &Served) {
    let moderate = token(paper, "screen", Scope::Moderate);
    let wire = token(paper, "northwire", Scope::Wire);
    for (header, status, code) in [
        ("", 401, "sign-in"),
        ("authorization: Bearer dateline_unheard-of", 401, "sign-in"),
        ("authorization: Basic eDp5", 401, "sign-in"),
        (wire.as_str(), 403, "forbidden"),
    ] {
        for (method, path) in [("GET", "queue"), ("GET", "comments/1"), ("POST", "comments/1")] {
            let reply = ask(paper, method, path, header, "{}");
            assert_eq!(reply.status, status, "{header} {method} {path}");
            assert_eq!(reply.header("content-type"), Some("application/problem+json"));
            assert_eq!(json(&reply)["code"], code);
            assert_eq!(reply.header("www-authenticate").is_some(), status == 401);
        }
    }
    assert_eq!(ask(paper, "GET", "queue", &moderate, "").status, 200);
    assert_eq!(ask(paper, "GET", "queue", &token(paper, "all", Scope::Admin), "").status, 200);
    now(paper.app.store.revoke_token("screen", "test", Millis(2))).unwrap();
    assert_eq!(ask(paper, "GET", "queue", &moderate, "").status, 401, "revoked");
}

fn the_queue_and_rulings(paper: &Served) {
    let (_, path) = held_first(paper);
    let token = token(paper, "screen", Scope::Moderate);
    let ids: Vec<i64> = ["It leaves too late.", "You stupid idiot.", "Third."]
        .map(|t| comment(paper, &path, t, "held"))
        .into();
    let first = ask(paper, "GET", "queue?limit=2", &token, "");
    assert_eq!(first.header("cache-control"), Some("no-store"));
    let first = json(&first);
    let numbers = |page: &Value| -> Vec<i64> {
        page["comments"].as_array().unwrap().iter().map(|c| c["id"].as_i64().unwrap()).collect()
    };
    assert_eq!(
        (numbers(&first), first["next"].as_i64()),
        (vec![ids[1], ids[0]], Some(ids[0])),
        "the graver risk first"
    );
    assert_eq!(first["counts"]["held"], 3);
    let rest = json(&ask(paper, "GET", &format!("queue?after={}", ids[0]), &token, ""));
    assert_eq!((numbers(&rest), rest["next"].is_null()), (ids[2..].to_vec(), true));

    let one = json(&ask(paper, "GET", &format!("comments/{}", ids[1]), &token, ""));
    assert_eq!((one["state"].as_str(), one["advice"].as_str()), (Some("held"), Some("hold")), "{one}");
    assert_eq!(one["risks"][0]["label"], "insult");
    let score = one["risks"][0]["score"].as_f64().unwrap();
    assert!((0.8..=1.0).contains(&score) && !one["risks"][0]["why"][0].as_str().unwrap().is_empty(), "{one}");
    assert_eq!((one["network"].as_str(), one["name"].as_str()), (Some("127.0.0.*"), Some("Old salt")));
    assert_eq!(one["story"]["url"], paper.app.paper.url(&path));
    let calm = json(&ask(paper, "GET", &format!("comments/{}", ids[0]), &token, ""));
    assert_eq!((calm["advice"].as_str(), calm["risks"].as_array().map(Vec::len)), (Some("show"), Some(0)));

    let rule = |id: i64, body: &str| ask(paper, "POST", &format!("comments/{id}"), &token, body);
    for (body, status, code) in [
        ("", 400, "bad-request"),
        ("[]", 400, "bad-request"),
        ("{\"ruling\":7}", 400, "bad-request"),
        ("{}", 422, "ruling-unknown"),
        ("{\"ruling\":\"burn\"}", 422, "ruling-unknown"),
        ("{\"ruling\":\"remove\"}", 422, "reason-missing"),
        ("{\"ruling\":\"remove\",\"reason\":\"dull\"}", 422, "reason-unknown"),
    ] {
        let reply = rule(ids[1], body);
        assert_eq!((reply.status, json(&reply)["code"].as_str()), (status, Some(code)), "{body}");
    }
    let removed =
        json(&rule(ids[1], "{\"ruling\":\"remove\",\"reason\":\"insult\",\"note\":\"No.\",\"more\":1}"));
    assert_eq!((removed["state"].as_str(), removed["changed"].as_bool()), (Some("removed"), Some(true)));
    assert_eq!(
        (removed["reason"].as_str(), removed["ruled"]["by"].as_str()),
        (Some("insult"), Some("token screen"))
    );
    let again = json(&rule(ids[1], "{\"ruling\":\"remove\",\"reason\":\"insult\"}"));
    assert_eq!(again["changed"], false);
    assert_eq!(json(&rule(ids[0], "{\"ruling\":\"show\"}"))["state"], "shown");
    let page = paper.ask("GET", &path, &[]).text();
    assert!(page.contains("It leaves too late.") && !page.contains("stupid idiot"));
    assert_eq!(json(&rule(ids[0], "{\"ruling\":\"hold\"}"))["state"], "held");
    assert!(!paper.ask("GET", &path, &[]).text().contains("It leaves too late."));
    assert_eq!(rule(999_999, "{\"ruling\":\"show\"}").status, 404);
    let entry = ("token screen".to_owned(), "hold".to_owned(), format!("comment {}", ids[0]));
    assert_eq!(log(paper)[0], entry);
    for (query, status) in [("state=dull", 422), ("after=x", 422), ("limit=-1", 422), ("limit=100000", 200)] {
        assert_eq!(ask(paper, "GET", &format!("queue?{query}"), &token, "").status, status, "{query}");
    }
}

fn no_token_decides_an_appeal_against_its_own_ruling(paper: &Served) {
    let (_, path) = held_first(paper);
    let (first, second) = (token(paper, "screen", Scope::Moderate), token(paper, "second", Scope::Moderate));
    let id = comment(paper, &path, "It leaves too late.", "held");
    let rule = |token: &str, body: &str| ask(paper, "POST", &format!("comments/{id}"), token, body);
    let removed = json(&rule(&first, "{\"ruling\":\"remove\",\"reason\":\"insult\",\"seen\":0}"));
    let seen = removed["last_ruling"].as_i64().unwrap();
    assert!(seen > 0 && removed["state"] == "removed", "{removed}");
    let at = dateline::clock::now();
    let text = "It does.";
    let new = store::comment::NewAppeal { comment: id, at, due: at, text, first: "token screen", seen };
    now(paper.app.store.add_appeal(&new)).unwrap();
    let own = rule(&first, "{\"ruling\":\"show\"}");
    assert_eq!((own.status, json(&own)["code"].as_str()), (403, Some("own-appeal")));
    let late = rule(&second, "{\"ruling\":\"show\",\"seen\":0}");
    assert_eq!((late.status, json(&late)["code"].as_str()), (422, Some("ruled-meanwhile")));
    assert_eq!(now(paper.app.store.comment(id)).unwrap().unwrap().state.as_str(), "removed");
    assert_eq!(json(&rule(&second, &format!("{{\"ruling\":\"show\",\"seen\":{seen}}}")))["state"], "shown");
}

crate::on_both!(crate::paper: no_token_decides_an_appeal_against_its_own_ruling, only_with_a_token_of_its_scope, the_queue_and_rulings);
