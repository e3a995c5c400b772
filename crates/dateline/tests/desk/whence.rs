//! Where comments come from, known again without being kept: limits over restarts and nodes, bans, crowds, work.

use crate::{
    browser::{Browser, encode, now, to, words},
    support::{Database, Line, Reply, Served},
};
use dateline::{
    app::App,
    http,
    serve::{Bound, Server},
};
use newsroom::{
    clock::DAY,
    discussion::{print_key, suspicion::is_worked},
    staff::Role,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{sync::Arc, time::Duration};

const COPY: [(&str, &str); 2] = [("headline", "Night ferry"), ("body", "It leaves at ten.")];

/// Behind a proxy that says whence a reader comes; with small limits, and little work.
fn paper(home: Database) -> Served {
    Served::on(home, http::paper(), |config| {
        config.proxy.trusted = vec!["127.0.0.0/8".parse().unwrap()];
        config.paper.contact = "desk@paper.example".into();
        config.discussion.most_per_minute = 3;
        config.discussion.most_per_hour = 3;
        config.discussion.most_per_day = 1_000;
        config.discussion.network_times = 2;
        config.discussion.wide_times = 4;
        config.discussion.proof_bits = 8;
    })
}

fn story(paper: &Served) -> (Browser<'_>, String) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let path = desk.publish(desk.story(&COPY), &COPY);
    (desk, path)
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

fn send(mut line: Line, path: &str, from: &str, fields: &[(&str, &str)]) -> Reply {
    let body = encode(fields);
    line.send(format!(
        "POST {path}/comments HTTP/1.1\r\nhost: paper.example\r\naccept: application/json\r\nx-forwarded-for: {from}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    ));
    line.reply(false)
}

fn json_of(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap_or_else(|e| panic!("{e}: {}", reply.text()))
}

/// The comment's number; it must be in that state.
fn say(paper: &Served, path: &str, from: &str, name: &str, text: &str, state: &str) -> i64 {
    let said = json_of(&send(paper.line(), path, from, &[("name", name), ("text", text)]));
    assert_eq!(said["state"], state, "{from}: {said}");
    said["id"].as_i64().unwrap()
}

fn code(reply: &Reply) -> (u16, String) {
    (reply.status, json_of(reply)["code"].as_str().unwrap_or_default().to_owned())
}

fn limits_hold_over_nodes_and_restarts(paper: &Served) {
    let (_, path) = story(paper);
    for n in 0..3 {
        say(paper, &path, "203.0.113.5", "Ana", &format!("Number {n}."), "shown");
    }
    let node = another(paper);
    let more = |line, from: &str, text: &str| send(line, &path, from, &[("name", "Ana"), ("text", text)]);
    let refused = more(Line::to(node.address()), "203.0.113.5", "One more.");
    assert_eq!(code(&refused), (429, "too-many".into()), "{}", refused.text());
    assert_eq!(more(Line::to(node.address()), "203.0.113.6", "Of another.").status, 201);
    let prints = now(paper.app.store.prints_of(1)).unwrap();
    assert!(prints.is_none(), "a number that is no comment has none");
    node.drain(Duration::ZERO);
}

fn of_the_day(home: Database) -> Served {
    Served::on(home, http::paper(), |config| config.discussion.most_per_day = 2)
}

fn a_day_has_its_limit(paper: &Served) {
    let (_, path) = story(paper);
    let say = |text: &str| send(paper.line(), &path, "192.0.2.1", &[("name", "Ana"), ("text", text)]);
    assert_eq!((say("One.").status, say("Two.").status), (201, 201));
    let third = say("Three.");
    assert_eq!(third.status, 429);
    assert_eq!(third.header("retry-after"), Some("86400"));
    assert!(third.text().contains("come back tomorrow"), "{}", third.text());
}

/// Fills a network: from so many addresses as much as each may write.
fn fill(paper: &Served, path: &str, addresses: &[&str]) {
    for address in addresses {
        for n in 0..3 {
            say(paper, path, address, "Many", &format!("Number {n} of {address}."), "shown");
        }
    }
}

fn proof(challenge: &Value) -> String {
    let (text, bits) = (challenge["text"].as_str().unwrap(), challenge["bits"].as_u64().unwrap() as u32);
    let proofs = (0u64..).map(|n| format!("{text}.{n}"));
    proofs.into_iter().find(|proof| is_worked(&Sha256::digest(proof), bits)).unwrap()
}

fn of_many_at_once_no_more_get_through_than_in_turn(paper: &Served) {
    let (_, path) = story(paper);
    let texts: Vec<String> = (0..24).map(|n| format!("Ferry number {n}, all at once.")).collect();
    let shown = std::thread::scope(|scope| {
        let post = |text| {
            let path = &path;
            scope.spawn(move || {
                send(paper.line(), path, "198.51.100.7", &[("name", "Per"), ("text", text)]).status
            })
        };
        let all: Vec<_> = texts.iter().map(|text| post(text.as_str())).collect();
        let all: Vec<u16> = all.into_iter().map(|one| one.join().unwrap()).collect();
        assert!(all.iter().all(|status| matches!(status, 201 | 429)), "{all:?}");
        all.into_iter().filter(|status| *status == 201).count()
    });
    assert_eq!(shown, 3, "as many as the setting lets through in a minute");
}

fn a_crowded_network_is_asked_to_work_and_held_without(paper: &Served) {
    let (_, path) = story(paper);
    fill(paper, &path, &["203.0.113.1", "203.0.113.2"]);
    // Without script there is nothing to ask.
    let held = say(paper, &path, "203.0.113.3", "Per", "Is there a ferry?", "held");
    let why = now(paper.app.store.why_held(held)).unwrap().0.unwrap();
    assert_eq!(why, "suspicion:crowd");
    let told = paper.ask("GET", &paper.app.receipts.path(held), &[]).text();
    assert!(told.contains("Very many comments come from the network around you"), "{told}");
    say(paper, &path, "203.0.114.3", "Per", "Elsewhere.", "shown");
    let from = |address: &str, text: &str, proof: &str| {
        send(paper.line(), &path, address, &[("name", "Ada"), ("text", text), ("proof", proof)])
    };
    let wanted = |reply: &Reply| {
        assert_eq!(code(reply), (422, "proof-wanted".into()), "{}", reply.text());
        json_of(reply)["challenge"].clone()
    };
    let asked = wanted(&from("203.0.113.3", "With script.", ""));
    let solver = paper.ask("GET", asked["solver"].as_str().unwrap(), &[]);
    assert_eq!((solver.status, solver.header("access-control-allow-origin")), (200, Some("*")));
    let done = proof(&asked);
    // None of these is taken: no work, another's, easier than asked, too long.
    let text = asked["text"].as_str().unwrap();
    let easier = text.replacen(".8.", ".0.", 1) + ".1";
    let later = text.replacen('.', ".9", 1) + ".1";
    for forged in ["x", "....", &easier, &later, &"9".repeat(400)] {
        let again = wanted(&from("203.0.113.3", "With script.", forged));
        assert_ne!(again["text"], asked["text"]);
    }
    wanted(&from("203.0.113.4", "With script.", &done));
    let shown = json_of(&from("203.0.113.3", "With script.", &done));
    assert_eq!(shown["state"], "shown", "{shown}");
    wanted(&from("203.0.113.3", "Spent already.", &done));
    // Another number for what was asked once is no other work.
    let mut other = (0u64..).map(|n| format!("{text}.{n}")).filter(|p| *p != done);
    let other = other.find(|p| is_worked(&Sha256::digest(p), 8)).unwrap();
    wanted(&from("203.0.113.3", "Spent already.", &other));
    let node = another(paper);
    let spent = send(
        Line::to(node.address()),
        &path,
        "203.0.113.3",
        &[("name", "Ada"), ("text", "Spent already."), ("proof", &done)],
    );
    wanted(&spent);
    node.drain(Duration::ZERO);
    // The wide network is four times as wide as one address.
    fill(paper, &path, &["203.0.2.1"]);
    say(paper, &path, "203.0.3.1", "Per", "The wide one is full, too.", "held");
    assert_eq!(now(paper.app.store.count_held()).unwrap(), 2);
}

fn with_never(home: Database) -> Served {
    Served::on(home, http::paper(), |config| {
        config.discussion.proof_of_work = newsroom::discussion::suspicion::Asked::Never;
        config.discussion.most_per_minute = 1;
        config.discussion.most_per_hour = 1;
        config.discussion.network_times = 1;
        config.proxy.trusted = vec!["127.0.0.0/8".parse().unwrap()];
    })
}

fn where_no_work_is_asked_for_it_is_held(paper: &Served) {
    let (_, path) = story(paper);
    say(paper, &path, "2001:db8:4a:1100::1", "Ana", "First.", "shown");
    let held = send(
        paper.line(),
        &path,
        "2001:db8:4a:1101::1",
        &[("name", "Per"), ("text", "Second."), ("proof", "")],
    );
    assert_eq!(json_of(&held)["state"], "held", "the same /56");
    say(paper, &path, "2001:db8:4a:2200::1", "Per", "Third.", "shown");
}

/// A ban as a moderator sets it from a writer's page.
fn ban(desk: &Browser<'_>, comment: i64, reach: &str, measure: &str, days: &str) -> Reply {
    let comment = comment.to_string();
    let fields = [
        ("comment", comment.as_str()),
        ("reach", reach),
        ("measure", measure),
        ("days", days),
        ("name", "Troll"),
    ];
    desk.post("/desk/writers/ban", &fields)
}

fn lift_all(desk: &Browser<'_>) {
    loop {
        let list = desk.get("/desk/sanctions").text();
        let Some(at) = list.find("/desk/sanctions/") else { return };
        desk.post(list[at..].split('"').next().unwrap(), &[]);
    }
}

fn banned_from_a_comment_by_address_network_and_wide(paper: &Served) {
    let (desk, path) = story(paper);
    let troll = say(paper, &path, "198.51.100.7", "Troll", "I am here.", "shown");
    let page = desk.get("/desk/writers?name=Troll&network=198.51.100.*").text();
    assert!(page.contains(&format!("<option value=\"{troll}\">")) && !page.contains("198.51.100.7"));
    assert_eq!(ban(&desk, troll, "address", "refuse", "91").status, 422, "every ban ends");
    assert_eq!(ban(&desk, troll, "planet", "hold", "7").status, 422);
    assert_eq!(ban(&desk, troll + 1_000_000, "address", "hold", "7").status, 422);
    let never = ban(&desk, troll, "wide", "refuse", "7");
    assert!(never.status == 422 && never.text().contains("never refused"), "{}", words(&never.text()));

    assert_eq!(to(&ban(&desk, troll, "address", "refuse", "7")), "/desk/sanctions?said=sanction-added");
    let from = |address: &str, text: &str| {
        let reply = send(paper.line(), &path, address, &[("name", "Somebody"), ("text", text)]);
        let said = json_of(&reply);
        said["state"].as_str().or(said["code"].as_str()).unwrap().to_owned()
    };
    assert_eq!(from("198.51.100.7", "Under another name."), "sanctioned");
    assert_eq!(from("::ffff:198.51.100.7", "In another spelling."), "sanctioned");
    // Until when, and whom to write to; neither who set it nor its number.
    let told = json_of(&send(paper.line(), &path, "198.51.100.7", &[("name", "A"), ("text", "Until when?")]));
    let detail = told["detail"].as_str().unwrap();
    let until = paper.app.words().day(&paper.app.paper.zone, now_is().plus(7 * DAY));
    assert!(detail.contains(" until ") && detail.contains(&until), "{detail}");
    assert!(detail.ends_with("write to desk@paper.example."), "{detail}");
    assert!(!detail.contains("Ilse"), "{detail}");
    assert_eq!(from("198.51.100.8", "A neighbour."), "shown");
    let list = desk.get("/desk/sanctions").text();
    assert!(
        list.contains("an address") && list.contains(&format!("For comment {troll}.")),
        "{}",
        words(&list)
    );
    assert!(!list.contains("198.51.100"), "neither address nor mask");

    // When the day's key is gone, the ban goes on; a new one cannot be made from that comment.
    let later = now_is().plus(40 * DAY);
    let first = paper.app.prints.first_kept(later);
    now(paper.app.store.destroy_print_keys(first)).unwrap();
    now(paper.app.store.forget_prints(first)).unwrap();
    paper.app.prints.forget(first);
    assert_eq!(now(paper.app.store.prints_of(troll)).unwrap(), None);
    assert_eq!(from("198.51.100.7", "A week later."), "sanctioned");
    let node = another(paper);
    let there =
        send(Line::to(node.address()), &path, "198.51.100.7", &[("name", "A"), ("text", "Elsewhere.")]);
    assert_eq!(code(&there), (422, "sanctioned".into()), "on every node");
    node.drain(Duration::ZERO);
    let late = ban(&desk, troll, "network", "hold", "7");
    assert!(late.status == 422 && late.text().contains("not known any more"), "{}", words(&late.text()));
    lift_all(&desk);
    assert_eq!(from("198.51.100.7", "Back again."), "shown");

    let fresh = say(paper, &path, "198.51.100.9", "Troll", "And again.", "shown");
    ban(&desk, fresh, "network", "hold", "1");
    assert_eq!(
        (from("198.51.100.200", "Of the network."), from("198.51.101.9", "Beyond it.")),
        ("held".into(), "shown".into())
    );
    lift_all(&desk);
    ban(&desk, fresh, "wide", "hold", "1");
    assert_eq!(from("198.51.222.222", "Without script."), "held");
    let worked =
        send(paper.line(), &path, "198.51.222.223", &[("name", "B"), ("text", "With it."), ("proof", "")]);
    let done = proof(&json_of(&worked)["challenge"]);
    let worked =
        send(paper.line(), &path, "198.51.222.223", &[("name", "B"), ("text", "With it."), ("proof", &done)]);
    assert_eq!(json_of(&worked)["state"], "shown", "many people share it");
    assert_eq!(from("198.52.1.1", "Beyond the wide one."), "shown");
    let log = crate::browser::log(paper);
    assert!(
        log.iter().any(|(who, _, what)| who == "Ilse" && *what == format!("this address of comment {troll}"))
    );
}

fn now_is() -> newsroom::Millis {
    dateline::clock::now()
}

/// With the limits that a paper has.
fn roomy(home: Database) -> Served {
    Served::on(home, http::paper(), |config| config.proxy.trusted = vec!["127.0.0.0/8".parse().unwrap()])
}

fn the_desk_says_what_else_was_said_from_there(paper: &Served) {
    let (desk, path) = story(paper);
    say(paper, &path, "198.51.100.7", "Troll", "I am here.", "shown");
    say(paper, &path, "198.51.100.7", "Ms Sock & Co", "So am I.", "shown");
    say(paper, &path, "198.51.100.8", "Neighbour", "What is this?", "shown");
    say(paper, &path, "198.51.101.7", "Stranger", "Nothing to do with it.", "shown");
    let page = desk.get("/desk/writers?name=Troll&network=198.51.100.*").text();
    assert!(page.contains("From the same address, on the same day:"), "{}", words(&page));
    let same = page.find("From the same address").unwrap();
    let around = page.find("From other addresses of the network").unwrap();
    assert!(page[same..around].contains("Ms Sock &amp; Co") && !page[same..around].contains("Neighbour"));
    assert!(page[same..].contains("name=Ms%20Sock%20%26%20Co&amp;network=198.51.100.%2A"), "{page}");
    assert!(page[around..].contains("Neighbour") && !page.contains("Stranger"));
    assert!(!page.contains("198.51.100.7") && !page.contains("Many people use"));
    for n in 0..17 {
        say(paper, &path, &format!("198.51.110.{n}"), &format!("Reader {n}"), &format!("Word {n}."), "shown");
    }
    let page = desk.get("/desk/writers?name=Troll&network=198.51.100.*").text();
    assert!(
        page.contains("from 20 addresses of it or more") && !page.contains("Reader 3"),
        "{}",
        words(&page)
    );
    // What is erased leaves no print.
    let id = say(paper, &path, "198.51.200.1", "Gone", "Forget me.", "shown");
    let comment = now(paper.app.store.comment(id)).unwrap().unwrap();
    let kept = now(paper.app.store.prints_of(id)).unwrap().unwrap();
    assert_eq!(kept.from.day, print_key::day(now_is()));
    now(paper.app.store.erase_comment(&comment, now_is())).unwrap();
    assert_eq!(now(paper.app.store.prints_of(id)).unwrap(), None);
}

fn a_mail_domain_is_held_or_refused(paper: &Served) {
    let (desk, path) = story(paper);
    let add = |domain: &str, measure: &str| {
        desk.post(
            "/desk/sanctions",
            &[("network", domain), ("days", "7"), ("measure", measure), ("note", "")],
        )
    };
    assert_eq!(to(&add("@Spam.Example", "refuse")), "/desk/sanctions?said=sanction-added");
    assert_eq!(add("example", "hold").status, 422, "not a whole country's");
    assert_eq!(to(&add("*.odd.example", "hold")), "/desk/sanctions?said=sanction-added");
    let from = |email: &str, address: &str| {
        let text = format!("Of {} and {address}.", email.len());
        let fields = [("name", "Ana"), ("text", &*text), ("email", email)];
        let said = json_of(&send(paper.line(), &path, address, &fields));
        said["state"].as_str().or(said["code"].as_str()).unwrap().to_owned()
    };
    for (n, (email, fate)) in [
        ("a@spam.example", "sanctioned"),
        ("a@mx.SPAM.example", "sanctioned"),
        ("a@notspam.example", "shown"),
        ("a@spam.example.org", "shown"),
        ("a@odd.example", "held"),
        ("not an address", "shown"),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(from(email, &format!("192.0.{n}.1")), fate, "{email}");
    }
    let list = desk.get("/desk/sanctions").text();
    assert!(list.contains("@spam.example") && list.contains("@odd.example"), "{}", words(&list));
    lift_all(&desk);
    assert_eq!(from("b@spam.example", "192.0.100.1"), "shown");
}

crate::on_both!(crate::whence::paper:
    limits_hold_over_nodes_and_restarts,
    of_many_at_once_no_more_get_through_than_in_turn,
    a_crowded_network_is_asked_to_work_and_held_without,
    banned_from_a_comment_by_address_network_and_wide,
    a_mail_domain_is_held_or_refused,
);

mod with_usual_limits {
    use super::the_desk_says_what_else_was_said_from_there;
    crate::on_both!(crate::whence::roomy: the_desk_says_what_else_was_said_from_there);
}

mod by_the_day {
    use super::a_day_has_its_limit;
    crate::on_both!(crate::whence::of_the_day: a_day_has_its_limit);
}

mod without_work {
    use super::where_no_work_is_asked_for_it_is_held;
    crate::on_both!(crate::whence::with_never: where_no_work_is_asked_for_it_is_held);
}
