//! What a browser keeps of its own comments, and is told of them: on the paper's pages and on another site's.

use super::{BLOG, EVIL, JSON, PAGE, ask, code, json_of, post, said, site};
use crate::support::{Database, Reply, Served};
use newsroom::discussion::{Mode, Reason, Ruling, kept::MOST};
use serde_json::{Value, json};
use std::collections::BTreeMap;

crate::on_both!(crate::kept::paper:
    a_browser_finds_the_receipts_of_what_it_sent,
    a_writer_is_told_on_another_sites_page,
);

/// Where one may write much.
fn paper(home: Database) -> Served {
    let served = Served::on(home, dateline::http::paper(), |config| {
        config.discussion.most_per_minute = 1_000;
        config.discussion.most_per_hour = 1_000;
    });
    site(&served, "blog", "b106", Mode::Open, &["https://blog.example"]);
    served
}

/// A browser's cookies by name, with their path and whether scripts see them.
#[derive(Default)]
struct Jar(BTreeMap<String, (String, String, bool)>);

impl Jar {
    fn keep(&mut self, reply: &Reply) {
        let lines = reply.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
        for (_, line) in lines {
            let (pair, rest) = line.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            let path = rest.split("Path=").nth(1).unwrap().split(';').next().unwrap();
            match rest.contains("Max-Age=0") {
                true => self.0.remove(name),
                false => {
                    assert!(rest.contains("Max-Age=15552000") && rest.contains("SameSite=Lax"), "{line}");
                    let hidden = rest.contains("HttpOnly");
                    self.0.insert(name.into(), (value.into(), path.into(), hidden))
                }
            };
        }
    }

    fn at(&self, path: &str) -> String {
        let sent = self.0.iter().filter(|(_, (_, under, _))| path.starts_with(under.as_str()));
        let pairs: Vec<String> = sent.map(|(name, (value, ..))| format!("{name}={value}")).collect();
        format!("cookie: {}", pairs.join("; "))
    }
}

const FORM: &str = "content-type: application/x-www-form-urlencoded";

fn a_browser_finds_the_receipts_of_what_it_sent(paper: &Served) {
    let item = r#"{"uri": "urn:x", "type": "text", "version": "1", "headline": "The ferry", "body_html": "<p>It sails.</p>"}"#;
    let item = wire::read(item.as_bytes(), None, &newsroom::Zone::default()).unwrap().remove(0);
    let manner = dateline::intake::Manner { publish: true, dry: false };
    let taken = dateline::intake::take_in(&paper.app, item, b"{}", &dateline::intake::NothingBeside, manner);
    let path = paper.wait(taken).unwrap().path.unwrap();
    let comments = format!("{path}/comments");
    let mut jar = Jar::default();
    let say = |jar: &mut Jar, text: &str, more: &[&str]| {
        let cookie = jar.at(&comments);
        assert!(!cookie.contains("dateline_receipt_"), "no receipt goes along with anything else: {cookie}");
        let headers: Vec<&str> = [FORM, &cookie].iter().chain(more).copied().collect();
        let reply = ask(paper, "POST", &comments, &headers, &format!("name=Ana&text={text}"));
        jar.keep(&reply);
        reply
    };
    let list = |jar: &Jar, more: &[&str]| {
        let cookie = jar.at("/receipt");
        let headers: Vec<&str> = [cookie.as_str()].iter().chain(more).copied().collect();
        let reply = paper.ask("GET", "/receipt", &headers);
        assert_eq!(
            ["cache-control", "x-robots-tag"].map(|name| reply.header(name)),
            [Some("no-store"), Some("noindex")]
        );
        reply
    };
    assert!(list(&jar, &["accept: text/html"]).text().contains("This browser keeps no receipt"));
    let plain = say(&mut jar, "By+plain+form.", &[]);
    assert!((plain.status, plain.header("location").unwrap().contains("#comment-")) == (303, true));
    let scripted = say(&mut jar, "By+script.", &["accept: application/json"]);
    let id = json_of(&scripted)["id"].as_i64().unwrap();
    // Receipts are out of scripts' reach; that there are some is not.
    for (name, (_, path, hidden)) in &jar.0 {
        let each = name.starts_with("dateline_receipt_");
        assert_eq!((*hidden, path == "/receipt"), (each, each), "{name}");
    }
    // The story's page is the same for everybody, and says where they are.
    let cookie = jar.at(&path);
    let [with, without] =
        [&[cookie.as_str()][..], &[]].map(|headers| paper.ask("GET", &path, headers).text());
    assert!(with == without && with.contains("<a href=\"/receipt\" rel=\"nofollow\">"), "{with}");

    // Removed the next day: its writer finds out, with the reason and the way to an appeal.
    let rule = |ruling, reason| {
        paper.wait(paper.app.store.rule(id, ruling, reason, "", "Ilse", dateline::clock::now())).unwrap();
    };
    rule(Ruling::Remove, Some(Reason::INSULT));
    let html = list(&jar, &["accept: text/html"]).text();
    let at = html.find("Your comment was removed").unwrap();
    assert!(html.contains("It insults somebody.") && html.contains("Your comment is shown"), "{html}");
    assert!(at < html.find("Your comment is shown").unwrap(), "the latest first");
    let receipt = html[..at].rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned();
    let receipt = paper.ask("GET", &receipt, &["accept: text/html"]).text();
    assert!(receipt.contains("/appeal\"") && receipt.contains("Keep the address of this page"), "{receipt}");
    let told = json_of(&list(&jar, &["accept: application/json"]));
    assert_eq!(told["comments"].as_array().unwrap().len(), 2);
    assert_eq!(told["comments"][0]["story"], path.as_str());
    assert_eq!(told["comments"][0]["state"], "removed");

    // What is forged opens nothing; what was sent twice stands once.
    let own = jar.0["dateline_receipt_1"].0.clone();
    let forged = format!(
        "cookie: dateline_receipt_0={own}; dateline_receipt_7={own}; dateline_receipt_9=1-{}; dateline_receipt_x=",
        "0".repeat(24)
    );
    let told = json_of(&paper.ask("GET", "/receipt", &[&forged, "accept: application/json"]));
    assert_eq!(told["comments"].as_array().unwrap().len(), 1, "{told}");

    // However many are sent, the latest are kept, and no more.
    let more = |n: u32| format!("Number+{n}.");
    for n in 0..MOST {
        let reply = say(&mut jar, &more(n), &["accept: application/json"]);
        assert_eq!(reply.status, 201, "{}", reply.text());
    }
    let told = json_of(&list(&jar, &["accept: application/json"]));
    let all: Vec<&str> =
        told["comments"].as_array().unwrap().iter().map(|c| c["text"].as_str().unwrap()).collect();
    let want: Vec<String> = (0..MOST).rev().map(|n| format!("Number {n}.")).collect();
    assert_eq!(all, want);
    assert_eq!(jar.0.len() as u32, MOST + 1);

    // Forgotten by a button of this page alone.
    let cookie = jar.at("/receipt/forget");
    assert_eq!(ask(paper, "POST", "/receipt/forget", &[FORM, &cookie, EVIL], "").status, 403);
    let forgot = ask(paper, "POST", "/receipt/forget", &[FORM, &cookie], "");
    assert_eq!((forgot.status, forgot.header("location")), (303, Some("/receipt")));
    jar.keep(&forgot);
    assert!(jar.0.is_empty(), "{:?}", jar.0.keys());
    assert_eq!(paper.ask("GET", "/receipt/forget", &[]).status, 303);
}

fn a_writer_is_told_on_another_sites_page(paper: &Served) {
    let own = "/api/v1/sites/b106/own";
    let (first, one) = said(paper, "The first.", None);
    let (second, two) = said(paper, "The second.", None);
    let elsewhere = post(
        paper,
        json!({ "url": "https://blog.example/elsewhere", "name": "Mette", "text": "Elsewhere." }),
    );
    let elsewhere = json_of(&elsewhere)["receipt"].as_str().unwrap().to_owned();
    let words: Vec<String> = [&one, &two]
        .map(|bearer| bearer.rsplit(' ').next().unwrap().to_owned())
        .into_iter()
        .chain([
            elsewhere.rsplit('/').next().unwrap().to_owned(),
            format!("{first}-{}", "0".repeat(24)),
            "x".into(),
        ])
        .collect();
    let asked = |words: Value| {
        ask(paper, "POST", own, &[BLOG, JSON], &json!({ "url": PAGE, "receipts": words }).to_string())
    };
    let shown = asked(json!(words));
    assert_eq!((shown.status, shown.header("cache-control")), (200, Some("no-store")));
    let all = json_of(&shown);
    let ids: Vec<i64> =
        all["comments"].as_array().unwrap().iter().map(|c| c["id"].as_i64().unwrap()).collect();
    assert_eq!(ids, [second, first], "of this page alone, the latest first");
    let now = dateline::clock::now();
    paper.wait(paper.app.store.rule(first, Ruling::Remove, Some(Reason::INSULT), "", "Ilse", now)).unwrap();
    let removed = &json_of(&asked(json!(words)))["comments"][1];
    assert_eq!(removed["state"], "removed");
    assert_eq!(removed["said"], "Your comment was removed");
    assert!(removed["why"].as_str().unwrap().starts_with("It insults somebody."), "{removed}");
    assert_eq!(removed["text"], "The first.", "its writer may read it");
    let receipt = removed["receipt"].as_str().unwrap();
    let receipt = paper.ask("GET", &receipt[receipt.find("/receipt/").unwrap()..], &["accept: text/html"]);
    assert!(receipt.text().contains("/appeal\""));
    // Nobody else is told.
    assert_eq!(json_of(&asked(json!([]))), json!({ "comments": [] }));
    assert_eq!(asked(json!("x")).status, 400);
    let body = json!({ "url": PAGE, "receipts": words }).to_string();
    let foreign = ask(paper, "POST", own, &[EVIL, JSON], &body);
    assert_eq!((foreign.status, code(&foreign)), (403, "origin-not-allowed".into()));
    let unsaid = json!({ "url": "https://blog.example/unsaid", "receipts": words }).to_string();
    assert_eq!(json_of(&ask(paper, "POST", own, &[BLOG, JSON], &unsaid)), json!({ "comments": [] }));
}
