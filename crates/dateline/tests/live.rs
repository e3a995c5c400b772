//! Readers with a page open hear of new comments at once; on both databases.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use newsroom::discussion::{Reason, Ruling};
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};
use support::{Database, Served};

on_both!(crate::paper:
    the_count_comes_when_it_changes_and_ends_with_the_paper,
    only_so_many_are_told,
    pages_of_other_sites_listen_too_and_see_what_is_put_forward,
);

fn paper(home: Database) -> Served {
    Served::on(home, dateline::http::paper(), |config| config.limits.live = 2)
}

/// An open line, and what came on it so far.
struct Listener(TcpStream, String);

impl Listener {
    fn to(paper: &Served, path: &str) -> Listener {
        Listener::after(paper, "", path)
    }

    /// After another request on the same connection.
    fn after(paper: &Served, first: &str, path: &str) -> Listener {
        let mut stream = TcpStream::connect(paper.address).unwrap();
        // Only so that silence fails the test instead of hanging it.
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        write!(stream, "{first}GET {path}/live HTTP/1.1\r\nhost: paper.example\r\n\r\n").unwrap();
        Listener(stream, String::new())
    }

    /// Reads on until this has come; gives all up to it.
    fn until(&mut self, words: &str) -> String {
        loop {
            if let Some(at) = self.1.find(words) {
                return self.1.drain(..at + words.len()).collect();
            }
            let mut some = [0; 1024];
            let n = self.0.read(&mut some).unwrap();
            assert!(n > 0, "the line ended before {words:?}: {:?}", self.1);
            self.1.push_str(std::str::from_utf8(&some[..n]).unwrap());
        }
    }
}

fn story(paper: &Served, headline: &str) -> String {
    let item = format!(
        r#"{{"uri": "urn:{headline}", "type": "text", "version": "1", "headline": "{headline}",
        "body_html": "<p>OSK, March 4 (Northwire) -- It sails.</p>"}}"#
    );
    let item = wire::read(item.as_bytes(), None, &newsroom::Zone::default()).unwrap().remove(0);
    let manner = dateline::intake::Manner { publish: true, dry: false };
    let beside = dateline::intake::NothingBeside;
    paper.wait(dateline::intake::take_in(&paper.app, item, b"{}", &beside, manner)).unwrap().path.unwrap()
}

fn pages_of_other_sites_listen_too_and_see_what_is_put_forward(paper: &Served) {
    let site = store::site::Site {
        key: "b106".into(),
        name: "blog".into(),
        mode: newsroom::discussion::Mode::Open,
        origins: vec![newsroom::site::SiteOrigin::parse("https://blog.example").unwrap()],
        own: newsroom::site::Own::default(),
        created_at: dateline::clock::now(),
    };
    paper.wait(paper.app.store.add_site(&site, "test")).unwrap();
    let ask = |method: &str, path: &str, body: &str| -> serde_json::Value {
        let mut line = paper.line();
        line.send(format!(
            "{method} {path} HTTP/1.1\r\nhost: paper.example\r\norigin: https://blog.example\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ));
        serde_json::from_slice(&line.reply(false).body).unwrap()
    };
    let say = |text: &str| {
        let body = format!(
            r#"{{"url": "https://blog.example/tides", "title": "Tides", "name": "Ada", "text": "{text}"}}"#
        );
        ask("POST", "/api/v1/sites/b106/comments", &body)["id"].as_i64().unwrap()
    };
    let all = || ask("GET", "/api/v1/sites/b106/comments?url=https%3A%2F%2Fblog.example%2Ftides", "");
    let first = say("High water.");
    let url = all()["url"].as_str().unwrap().to_owned();
    let path = &url[url.find("/20").unwrap()..];
    // On a connection of its own, and on one that asked for something before.
    for before in ["", "GET /embed-words/de HTTP/1.1\r\nhost: paper.example\r\n\r\n"] {
        let mut line = Listener::after(paper, before, path);
        line.until("text/event-stream");
        assert!(line.until("data: 1\n").to_lowercase().contains("access-control-allow-origin: *"));
    }
    let mut line = Listener::to(paper, path);
    line.until("data: 1\n");
    let second = say("Low water.");
    line.until("data: 2\n");

    let (store, now) = (&paper.app.store, dateline::clock::now());
    paper.wait(store.pin(first, true, "Ilse", now)).unwrap();
    paper.wait(store.feature(second, true, "Ilse", now)).unwrap();
    let marks: Vec<_> = all()["comments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["id"].as_i64().unwrap(), c["pinned"] == true, c["featured"] == true))
        .collect();
    assert_eq!(marks, [(first, true, false), (second, false, true)]);
    let one = |id: i64| ask("GET", &format!("/api/v1/sites/b106/comments/{id}"), "");
    assert_eq!((&one(first)["pinned"], &one(second)["pinned"]), (&true.into(), &false.into()));
    paper.wait(store.rule(second, Ruling::Remove, Some(Reason::INSULT), "", "Ilse", now)).unwrap();
    assert!(!all().to_string().contains("Low water") && !all().to_string().contains("\"featured\":true"));
    let words = paper.ask("GET", "/embed-words/ru", &[]);
    assert!(words.text().starts_with("Комментарии\n"));
    assert_eq!(words.header("access-control-allow-origin"), Some("*"));
    assert_eq!(paper.ask("GET", "/embed-words/xx", &[]).status, 404);
}

/// Gives the comment's number.
fn say(paper: &Served, path: &str, text: &str) -> i64 {
    let body = format!("name=Ana&text={text}");
    let mut line = paper.line();
    line.send(format!(
        "POST {path}/comments HTTP/1.1\r\nhost: paper.example\r\naccept: application/json\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    ));
    let reply = line.reply(false);
    assert_eq!(reply.status, 201, "{}", reply.text());
    serde_json::from_slice::<serde_json::Value>(&reply.body).unwrap()["id"].as_i64().unwrap()
}

fn the_count_comes_when_it_changes_and_ends_with_the_paper(paper: &Served) {
    let (path, other) = (story(paper, "ferry"), story(paper, "quay"));
    let mut first = Listener::to(paper, &path);
    let head = first.until("data: 0\n\n");
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("content-type: text/event-stream"), "{head}");
    for header in ["cache-control: no-store", "x-accel-buffering: no", "x-content-type-options: nosniff"] {
        assert!(head.contains(header), "{header}: {head}");
    }
    say(paper, &other, "Under+another+story.");
    let id = say(paper, &path, "The+first+word.");
    let heard = first.until("data: 1\n\n");
    assert!(!heard.contains("first word"), "a number and nothing else: {heard}");
    // One whose connection asked for something first that no ready page answers.
    let mut second =
        Listener::after(paper, "GET /api/v1/nothing HTTP/1.1\r\nhost: paper.example\r\n\r\n", &path);
    assert!(second.until("data: 1\n\n").contains("transfer-encoding: chunked"));
    let now = dateline::clock::now();
    paper.wait(paper.app.store.rule(id, Ruling::Remove, Some(Reason::INSULT), "", "ilse", now)).unwrap();
    for line in [&mut first, &mut second] {
        let heard = line.until("data: 0\n\n");
        assert!(!heard.contains("data: 2"), "{heard}");
    }
    assert_eq!(paper.app.live.readers(), 2);
    paper.app.live.end();
    // The one reply ends with its connection, the other with its last chunk.
    let mut rest = Vec::new();
    first.0.read_to_end(&mut rest).unwrap();
    assert_eq!(rest, b"");
    second.until("0\r\n\r\n");
    assert_eq!(paper.ask("GET", &format!("{path}/live"), &[]).status, 503);
}

fn only_so_many_are_told(paper: &Served) {
    let path = story(paper, "ferry");
    let mut told: Vec<Listener> = (0..2).map(|_| Listener::to(paper, &path)).collect();
    told.iter_mut().for_each(|line| drop(line.until("data: 0\n\n")));
    let refused = paper.ask("GET", &format!("{path}/live"), &["accept: application/json"]);
    assert_eq!(refused.status, 503);
    assert!(refused.text().contains("\"busy\""), "{}", refused.text());
    assert_eq!(paper.ask("GET", "/2013/03/06/no-such-story/live", &[]).status, 404);
    // A place is given back when a reader goes.
    drop(told.pop());
    told.push(loop {
        let mut line = Listener::to(paper, &path);
        if line.until("\r\n").contains("200") {
            line.until("data: 0\n\n");
            break line;
        }
    });
    // Who is left is still told.
    say(paper, &path, "The+first+word.");
    told.iter_mut().for_each(|line| drop(line.until("data: 1\n\n")));
}
