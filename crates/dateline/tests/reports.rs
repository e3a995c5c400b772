//! A reader reports once: over restarts and on every node, for a week; and nothing is kept by which they could be
//! found. On both databases.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use dateline::{
    app::App,
    http,
    serve::{Bound, Server},
};
use newsroom::{
    clock::DAY,
    discussion::{Reason, print_key, report::CleanReport},
};
use std::{sync::Arc, time::Duration};
use store::comment::NewReport;
use support::{Database, Line, Served};

on_both!(crate::paper:
    a_reader_counts_once_whichever_node_is_asked_and_after_a_restart,
    enough_reports_hold_though_nobody_went_on,
    one_network_counts_once_however_many_addresses_it_has,
);

/// Behind a proxy that says whence a reader comes.
fn paper(home: Database) -> Served {
    Served::on(home, http::paper(), |config| config.proxy.trusted = vec!["127.0.0.0/8".parse().unwrap()])
}

fn story(paper: &Served) -> String {
    let item = r#"{"uri": "urn:x", "type": "text", "version": "1", "headline": "The ferry", "body_html": "<p>It sails.</p>"}"#;
    let item = wire::read(item.as_bytes(), None, &newsroom::Zone::default()).unwrap().remove(0);
    let manner = dateline::intake::Manner { publish: true, dry: false };
    let taken = dateline::intake::take_in(&paper.app, item, b"{}", &dateline::intake::NothingBeside, manner);
    paper.wait(taken).unwrap().path.unwrap()
}

fn post(line: Line, path: &str, body: &str) -> (u16, serde_json::Value) {
    post_from(line, "192.0.2.7", path, body)
}

fn post_from(mut line: Line, from: &str, path: &str, body: &str) -> (u16, serde_json::Value) {
    line.send(format!(
        "POST {path} HTTP/1.1\r\nhost: paper.example\r\naccept: application/json\r\nx-forwarded-for: {from}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    ));
    let reply = line.reply(false);
    (reply.status, serde_json::from_slice(&reply.body).unwrap())
}

fn comment(paper: &Served, path: &str) -> i64 {
    let (status, said) = post(paper.line(), &format!("{path}/comments"), "name=Ana&text=It+was+late.");
    assert_eq!(status, 201, "{said}");
    said["id"].as_i64().unwrap()
}

/// Another node of the same paper, or the same one started anew.
fn another(paper: &Served) -> Server {
    let mut config = paper.app.config.clone();
    config.listen.address = "127.0.0.1:0".parse().unwrap();
    let bound = Bound::bind(config.listen.address, 1).unwrap();
    let named = config.paper(bound.address());
    let app = Arc::new(paper.wait(App::open(config, named, paper.data.path())).unwrap());
    Server::start(bound, app.clone(), http::router(app, http::paper())).unwrap()
}

fn a_reader_counts_once_whichever_node_is_asked_and_after_a_restart(paper: &Served) {
    let path = story(paper);
    let report = format!("{path}/comments/{}/report", comment(paper, &path));
    let body = "reason=insult&text=Look";
    assert_eq!(post(paper.line(), &report, body).0, 201);
    let node = another(paper);
    for line in [paper.line(), Line::to(node.address())] {
        let (status, said) = post(line, &report, body);
        assert_eq!((status, &said["code"]), (422, &"reported-before".into()), "{said}");
    }
    // Under an older key, while that lives.
    let (store, now) = (&paper.app.store, dateline::clock::now());
    let today = print_key::day(now);
    let keys = |since| paper.wait(store.print_keys(since, today, [9; 32])).unwrap();
    assert_eq!(keys(today - 6).len(), 1, "one key for the day, whoever asks");
    paper.wait(store.print_keys(today - 3, today - 3, [7; 32])).unwrap();
    assert_eq!(keys(today - 6).len(), 2);
    assert_eq!(post(paper.line(), &report, body).0, 422);
    // A week later the keys are gone, and with them who reported.
    paper.wait(store.destroy_print_keys(print_key::first_kept(now.plus(7 * DAY), 7))).unwrap();
    let fresh = paper.wait(store.print_keys(0, today, [9; 32])).unwrap();
    assert_eq!(fresh, [(today, vec![9; 32])], "made anew, for nothing was left");
    assert_eq!(post(Line::to(node.address()), &report, body).0, 201);
    node.drain(Duration::ZERO);
}

fn enough_reports_hold_though_nobody_went_on(paper: &Served) {
    let path = story(paper);
    let id = comment(paper, &path);
    paper.finish_jobs();
    let report = CleanReport {
        reason: Reason::INSULT,
        text: "Look".into(),
        name: String::new(),
        email: String::new(),
    };
    let add = |reporter: &str| {
        let reporters = [reporter.to_owned()];
        let new = NewReport {
            comment: id,
            at: dateline::clock::now(),
            report: &report,
            reporters: &reporters,
            networks: &[],
        };
        paper.wait(paper.app.store.add_report(&new)).unwrap();
        paper.finish_jobs();
    };
    let shown = || paper.ask("GET", &path, &[]).text().contains("It was late.");
    add("a");
    add("b");
    assert!(shown());
    add("c");
    assert!(!shown());
    let rulings = paper.wait(paper.app.store.rulings_of(id)).unwrap();
    assert_eq!(rulings.len(), 1, "{rulings:?}");
}

fn one_network_counts_once_however_many_addresses_it_has(paper: &Served) {
    let path = story(paper);
    let say = |text: &str| {
        let (status, said) =
            post(paper.line(), &format!("{path}/comments"), &format!("name=Ana&text={text}"));
        assert_eq!(status, 201, "{said}");
        said["id"].as_i64().unwrap()
    };
    let report = |id: i64, from: &str| {
        let form = format!("{path}/comments/{id}/report");
        assert_eq!(post_from(paper.line(), from, &form, "reason=insult").0, 201, "{from}");
        paper.finish_jobs();
        paper.wait(paper.app.store.comment(id)).unwrap().unwrap().state.as_str()
    };
    let (one, other) = (say("It+was+late."), say("It+was+not."));
    // One line, one street, one house: each many addresses, each one network.
    for from in ["2001:db8:4a:1::1", "2001:db8:4a:2::1", "2001:db8:4a:3::1", "2001:db8:4a:ffff::1"] {
        assert_eq!(report(one, from), "shown", "{from}");
    }
    for from in ["198.51.100.1", "198.51.100.2", "198.51.100.3"] {
        assert_eq!(report(other, from), "shown", "{from}");
    }
    // The key of tomorrow tells the same networks.
    let tomorrow = print_key::day(dateline::clock::now()) + 1;
    paper.wait(paper.app.store.print_keys(0, tomorrow, [9; 32])).unwrap();
    assert_eq!(report(one, "2001:db8:4a:5::1"), "shown");
    assert_eq!(report(one, "2001:db8:4b:1::1"), "shown", "two networks");
    assert_eq!(report(one, "198.51.100.9"), "held", "three");
    assert_eq!(report(other, "2001:db8:4b:1::1"), "shown");
    assert_eq!(report(other, "198.51.101.1"), "held");
    // All are told to the moderators; nothing of an address is kept.
    assert_eq!(paper.wait(paper.app.store.open_reports(one)).unwrap().len(), 7);
    let table = store::tables::all().iter().find(|t| t.name == "report").unwrap();
    let rows = format!("{:?}", paper.wait(paper.app.store.rows(table, None, 100, true)).unwrap());
    for part in ["2001:db8", "198.51", "4a:", "127.0.0"] {
        assert!(!rows.contains(part), "{part}: {rows}");
    }
    // An export says which came from one network, under no key.
    let place = table.columns.iter().position(|c| c.name == "network").unwrap();
    let rows = paper.wait(paper.app.store.rows(table, None, 100, false)).unwrap();
    let networks: std::collections::HashSet<_> = rows.iter().map(|row| format!("{:?}", row[place])).collect();
    assert_eq!((rows.len(), networks.len()), (12, 6), "{networks:?}");
}

#[test]
fn a_copy_has_no_key_that_is_soon_destroyed_nor_what_it_opens() {
    let paper = paper(support::sqlite().unwrap());
    let marked = [0xd7; 32];
    let store = &paper.app.store;
    paper.wait(store.print_keys(0, 1, marked)).unwrap();
    let path = story(&paper);
    let id = comment(&paper, &path);
    let prints = paper.wait(store.prints_of(id)).unwrap().unwrap();
    let bans = paper.wait(store.ban_key([0; 32])).unwrap();
    assert!(bans.len() == 32 && bans != [0; 32], "made before");
    let until = dateline::clock::now().plus(DAY);
    let against =
        store::sanction::Against::Print(newsroom::discussion::Reach::Wide, 0x5ca1_ab1e_0ddb_a11c, id);
    paper.wait(store.add_sanction(against, false, until, "", "ilse", dateline::clock::now())).unwrap();
    let name = store::sanction::Against::Name("old salt");
    paper.wait(store.add_sanction(name, false, until, "", "ilse", dateline::clock::now())).unwrap();
    let to = paper.data.path().join("copy.sqlite");
    assert!(paper.wait(paper.app.store.snapshot(&to)).unwrap());
    let copy = std::fs::read(&to).unwrap();
    let has = |mark: &[u8]| copy.windows(mark.len()).any(|w| w == mark);
    assert!(copy.len() > 10_000 && has(b"It was late.") && has(b"old salt"));
    let numbers =
        [prints.from.wide, prints.from.address, prints.sealed[0], prints.sealed[2], 0x5ca1_ab1e_0ddb_a11c];
    let numbers = numbers.map(i64::to_be_bytes);
    for mark in numbers.iter().map(|n| &n[..]).chain([&marked[..], &bans]) {
        assert!(!has(mark), "{mark:x?}");
    }
}
