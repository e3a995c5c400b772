//! Marks of a comment cannot be stuffed: by form, by JSON and from another site's page few count from one network,
//! an account counts once, and who is refused is told so. On both databases.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use dateline::{http, staff::SessionToken};
use newsroom::{
    discussion::{
        Mode,
        value::{MOST_OF_ACCOUNTS, MOST_OF_BROWSERS, MOST_PER_HOUR_AROUND},
    },
    site::{Own, SiteOrigin},
};
use serde_json::{Value, json};
use store::{
    reader::{NewKnock, NewReader, NewSession, WayKind},
    site::Site,
};
use support::{Database, Line, Reply, Served};

on_both!(crate::paper:
    few_marks_of_one_network_count_by_form_and_json,
    few_marks_of_one_network_count_from_another_site,
    an_account_counts_once_and_not_without_end,
    a_wide_network_rests_after_some_hundreds,
);

const FORM: &str = "content-type: application/x-www-form-urlencoded";
const JSON: &str = "content-type: application/json";
const BLOG: &str = "origin: https://blog.example";

/// Behind a proxy that says whence a reader comes.
fn paper(home: Database) -> Served {
    Served::on(home, http::paper(), |config| {
        config.proxy.trusted = vec!["127.0.0.0/8".parse().unwrap()];
        config.discussion.most_per_minute = 1_000;
        config.discussion.most_per_hour = 1_000;
    })
}

fn send(line: &mut Line, from: &str, path: &str, headers: &[&str], body: &str) -> Reply {
    let lines: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
    line.send(format!(
        "POST {path} HTTP/1.1\r\nhost: paper.example\r\nx-forwarded-for: {from}\r\ncontent-length: {}\r\n{lines}\r\n{body}",
        body.len()
    ));
    line.reply(false)
}

fn json_of(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap_or_else(|e| panic!("{e}: {}", reply.text()))
}

/// A story's path, and comments under it.
fn story<const N: usize>(paper: &Served) -> (String, [i64; N]) {
    let item = r#"{"uri": "urn:x", "type": "text", "version": "1", "headline": "The ferry", "body_html": "<p>It sails.</p>"}"#;
    let item = wire::read(item.as_bytes(), None, &newsroom::Zone::default()).unwrap().remove(0);
    let manner = dateline::intake::Manner { publish: true, dry: false };
    let taken = dateline::intake::take_in(&paper.app, item, b"{}", &dateline::intake::NothingBeside, manner);
    let path = paper.wait(taken).unwrap().path.unwrap();
    let comment = |n: usize| {
        let body = format!("name=Ana&text=It+was+late,+{n}.");
        let headers = ["accept: application/json", FORM];
        let reply = send(&mut paper.line(), "203.0.113.9", &format!("{path}/comments"), &headers, &body);
        json_of(&reply)["id"].as_i64().unwrap()
    };
    let comments = std::array::from_fn(comment);
    (path, comments)
}

fn valued(paper: &Served, id: i64) -> u32 {
    paper.wait(paper.app.store.comment(id)).unwrap().unwrap().valued
}

fn few_marks_of_one_network_count_by_form_and_json(paper: &Served) {
    let (path, [one, other]) = story(paper);
    let mut line = paper.line();
    let value = |id: i64| format!("{path}/comments/{id}/value");
    // The shapes of the attack: no cookie, and a word of one's own making.
    let mut mark = |from: &str, id: i64, n: u32, json: bool| {
        let cookie = format!("cookie: dateline_voter={n:032x}");
        let mut headers = vec![FORM];
        if n > 0 {
            headers.push(&cookie);
        }
        if json {
            headers.push("accept: application/json");
        }
        send(&mut line, from, &value(id), &headers, "")
    };
    for n in 0..60 {
        let from = format!("198.51.100.{}", n % 7 + 1);
        let reply = mark(&from, one, n / 2, n % 3 == 0);
        match n {
            0 => assert_eq!(reply.status, 200),
            _ => assert!([200, 303, 429].contains(&reply.status), "{}", reply.text()),
        }
    }
    assert_eq!(valued(paper, one), MOST_OF_BROWSERS, "sixty of one network are four");
    // Who is refused is told why, in words, and is given no word to vote with.
    let told = mark("198.51.100.9", one, 0, true);
    let problem = json_of(&told);
    assert_eq!((told.status, problem["code"].as_str()), (429, Some("too-many")));
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.starts_with("Enough marks of this comment came from your network already."), "{detail}");
    let wait: i64 = told.header("retry-after").unwrap().parse().unwrap();
    assert!((0..=7 * 86_400).contains(&wait), "until the day's key ends: {wait}");
    let page = mark("198.51.100.9", one, 0, false);
    assert_eq!((page.status, page.header("set-cookie")), (429, None));
    assert!(page.text().contains("Enough marks of this comment"), "{}", page.text());
    // Other comments and other networks are not touched by it, nor is who has marked before.
    assert_eq!(mark("198.51.100.9", other, 0, false).status, 303);
    assert_eq!(mark("192.0.2.1", one, 0, false).status, 303);
    let again = mark("198.51.100.9", one, 1, true);
    assert_eq!((again.status, json_of(&again)["valued"].as_u64()), (200, Some(5)));
    // A line has a million addresses, a site 65,536 lines: all one.
    let mut more = 0;
    for n in 0..20 {
        more += u32::from(mark(&format!("2001:db8:4a:{n:x}::1"), other, 0, false).status == 303);
    }
    assert_eq!((more, valued(paper, other)), (MOST_OF_BROWSERS, MOST_OF_BROWSERS + 1));
    assert_eq!(mark("2001:db8:4b::1", other, 0, false).status, 303);
}

fn few_marks_of_one_network_count_from_another_site(paper: &Served) {
    let site = Site {
        key: "b106".into(),
        name: "blog".into(),
        mode: Mode::Open,
        origins: vec![SiteOrigin::parse("https://blog.example").unwrap()],
        own: Own::default(),
        created_at: dateline::clock::now(),
    };
    paper.wait(paper.app.store.add_site(&site, "test")).unwrap();
    let mut line = paper.line();
    let body =
        json!({ "url": "https://blog.example/tides", "name": "Ana", "text": "Zu spät.", "language": "de" });
    let path = "/api/v1/sites/b106/comments";
    let said = json_of(&send(&mut line, "203.0.113.9", path, &[BLOG, JSON], &body.to_string()));
    let id = said["id"].as_i64().unwrap();
    let mut mark = |from: &str, n: u32| {
        let body = json!({ "voter": format!("{n:032x}") }).to_string();
        send(&mut line, from, &format!("{path}/{id}/value"), &[BLOG, JSON], &body)
    };
    let taken = (0..20).filter(|n| mark("198.51.100.1", *n).status == 200).count();
    assert_eq!((taken as u32, valued(paper, id)), (MOST_OF_BROWSERS, MOST_OF_BROWSERS));
    let refused = mark("198.51.100.2", 99);
    assert_eq!(refused.status, 429);
    assert!(
        json_of(&refused)["detail"].as_str().unwrap().starts_with("Aus Ihrem Netz kamen"),
        "as the page speaks"
    );
    assert_eq!(json_of(&mark("198.51.100.2", 0)), json!({ "id": id, "valued": MOST_OF_BROWSERS }));
    assert_eq!(mark("192.0.2.1", 99).status, 200);
}

/// The cookie of somebody with an account.
fn account(paper: &Served, n: u32) -> String {
    let (store, at) = (&paper.app.store, dateline::clock::now());
    let (digest, name) = (format!("d{n}"), format!("Reader {n}"));
    let knock =
        NewKnock { kind: WayKind::Mail, digest: &digest, label: "m***@post.example", name: "", reader: None };
    let knock = paper.wait(store.add_knock(&knock, at)).unwrap();
    let token = SessionToken::parse(&format!("{n:043}")).unwrap();
    let session = NewSession { digest: &token.digest(), browser: "Firefox" };
    paper.wait(store.add_reader(&NewReader { name: &name, look: &name, session }, &knock, at)).unwrap();
    format!("cookie: dateline_reader={}", format_args!("{n:043}"))
}

fn an_account_counts_once_and_not_without_end(paper: &Served) {
    let (path, [id]) = story(paper);
    let value = format!("{path}/comments/{id}/value");
    let mut line = paper.line();
    let first = account(paper, 0);
    // From wherever, with whatever word beside it.
    for (n, from) in ["198.51.100.1", "192.0.2.7", "2001:db8::1"].iter().enumerate() {
        let cookie = format!("{first}; dateline_voter={n:032x}");
        let reply = send(&mut line, from, &value, &[FORM, &cookie], "");
        assert_eq!((reply.status, reply.header("set-cookie")), (303, None), "{}", reply.text());
    }
    assert_eq!(valued(paper, id), 1);
    let taken = (1..=MOST_OF_ACCOUNTS + 3).filter(|n| {
        let cookie = account(paper, *n);
        send(&mut line, "198.51.100.1", &value, &[FORM, &cookie], "").status == 303
    });
    assert_eq!(taken.count() as u32 + 1, MOST_OF_ACCOUNTS);
    // They take nothing from those beside them who have none.
    let cookie = format!("cookie: dateline_voter={:032x}", 7);
    assert_eq!(send(&mut line, "198.51.100.1", &value, &[FORM, &cookie], "").status, 303);
    assert_eq!(valued(paper, id), MOST_OF_ACCOUNTS + 1);
}

fn a_wide_network_rests_after_some_hundreds(paper: &Served) {
    let most = MOST_PER_HOUR_AROUND;
    let (path, ids) = story::<2>(paper);
    let mut line = paper.line();
    // Four of each of a hundred and fifty streets in one wide network, so that none is refused for another reason.
    let mut mark = |from: &str, id: i64, word: u32| {
        let cookie = format!("cookie: dateline_voter={word:032x}");
        send(&mut line, from, &format!("{path}/comments/{id}/value"), &[FORM, &cookie], "")
    };
    let street = |n: u32| format!("198.51.{}.1", n / MOST_OF_BROWSERS);
    for n in 0..most {
        assert_eq!(mark(&street(n), ids[0], n).status, 303, "{n}");
    }
    let refused = mark("198.51.255.1", ids[1], 1);
    assert_eq!(refused.status, 429);
    assert!(refused.text().contains("Many comments were marked from here"), "{}", refused.text());
    assert_eq!(mark("198.52.0.1", ids[1], 1).status, 303, "the next one is not concerned");
    assert_eq!(valued(paper, ids[0]), most);
}
