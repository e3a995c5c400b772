//! Readers' accounts by passkey over real connections, with a device of the tests' own.

use crate::{
    authenticator::Device,
    browser::{Browser, encode, now, to, words},
    support::{Database, Reply, Served},
};
use dateline::staff::{SignInDoor, TriesOf};
use newsroom::{Millis, staff::Role};
use serde_json::Value;
use std::cell::RefCell;

/// A reader's browser: keeps cookies, sends forms from the paper's own pages.
pub struct Reader<'a> {
    paper: &'a Served,
    cookies: RefCell<Vec<(String, String)>>,
}

impl<'a> Reader<'a> {
    pub fn new(paper: &'a Served) -> Reader<'a> {
        Reader { paper, cookies: RefCell::default() }
    }

    fn ask(&self, method: &str, path: &str, origin: &str, fields: &[(&str, &str)]) -> Reply {
        let body = encode(fields);
        let cookies: Vec<String> = self.cookies.borrow().iter().map(|(n, v)| format!("{n}={v}")).collect();
        let mut line = self.paper.line();
        line.send(format!(
            "{method} {path} HTTP/1.1\r\nhost: paper.example\r\norigin: {origin}\r\ncookie: {}\r\n\
             user-agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/133.0\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            cookies.join("; "),
            body.len()
        ));
        let reply = line.reply(false);
        for (_, set) in reply.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            let mut cookies = self.cookies.borrow_mut();
            cookies.retain(|(n, _)| n != name);
            if !set.contains("Max-Age=0") {
                cookies.push((name.into(), value.into()));
            }
        }
        reply
    }

    fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, "http://paper.example", &[])
    }

    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.ask("POST", path, "http://paper.example", fields)
    }

    pub fn question(&self, path: &str, fields: &[(&str, &str)]) -> Value {
        let reply = self.post(path, fields);
        assert_eq!(
            (reply.status, reply.header("cache-control")),
            (200, Some("no-store")),
            "{}",
            reply.text()
        );
        serde_json::from_slice(&reply.body).unwrap()
    }

    /// A new account by passkey, signed in.
    fn with(paper: &'a Served, name: &str, key: &mut Device) -> Reader<'a> {
        let reader = Reader::new(paper);
        let options = reader.question("/account/passkey/new/ask", &[("name", name)]);
        assert_eq!(options["user"]["name"], name);
        let reply = reader.post("/account/passkey/new", &[("name", name), ("passkey", &key.make(&options))]);
        assert_eq!(to(&reply), "/account?said=made", "{}", words(&reply.text()));
        reader
    }

    fn enter(&self, key: &mut Device) -> Reply {
        let answer = key.answer(&self.question("/account/passkey/ask", &[]));
        self.post("/account/passkey", &[("passkey", &answer)])
    }

    fn me(&self) -> Value {
        serde_json::from_slice(&self.get("/account/me").body).unwrap()
    }
}

fn device(paper: &Served, seed: u8) -> Device {
    Device::new(paper.app.passkeys.as_ref().map_err(|e| e.words()).unwrap().origin(), seed)
}

/// Readers make accounts with a passkey alone.
fn open(home: Database) -> Served {
    Served::on(home, dateline::http::paper(), |config| config.identity.passkeys = true)
}

/// Nobody came in, and nothing was made.
fn refused(reader: &Reader<'_>, reply: &Reply, said: &str, why: &str) {
    let text = words(&reply.text());
    assert!(reply.status == 422 && text.contains(said), "{why}: {} {text}", reply.status);
    assert!(reply.header("set-cookie").is_none(), "{why}");
    assert!(reader.me()["name"].is_null(), "{why}");
    // Each is refused for itself, not for being one of many.
    let near = reader.paper.app.edge.near(dateline::edge::ReaderAddress::new([127, 0, 0, 1].into()));
    reader.paper.app.sign_ins.forget(TriesOf::Address(SignInDoor::Passkey, near));
}

fn made_entered_added_removed_and_ended(paper: &Served) {
    let (mut key, mut second) = (device(paper, 7), device(paper, 8));
    let door = Reader::new(paper).get("/account").text();
    assert!(
        door.contains("id=\"door\"") && door.contains("id=\"new-passkey\"") && !door.contains("id=\"email\"")
    );
    let reader = Reader::with(paper, "Mette Holm", &mut key);
    assert_eq!(reader.me()["name"], "Mette Holm");
    assert!(words(&reader.get("/account").text()).contains("With the passkey Firefox on Linux"));
    let id = now(paper.app.store.find_reader_passkey(&key.credential)).unwrap().unwrap().1.id;
    let ways = || now(paper.app.store.ways_of(id)).unwrap();

    // A name that is somebody's is refused before the device makes anything, and again when the answer comes.
    let other = Reader::new(paper);
    let taken = other.post("/account/passkey/new/ask", &[("name", "mette  holm")]);
    assert_eq!(taken.status, 422, "{}", taken.text());
    let answer = second.make(&other.question("/account/passkey/new/ask", &[("name", "Per")]));
    let reply = other.post("/account/passkey/new", &[("name", "METTE HOLM"), ("passkey", &answer)]);
    refused(&other, &reply, "has that name", "another's name");

    // The last way stays.
    let last = format!("/account/ways/{}/remove", ways()[0].id);
    assert_eq!(reader.post(&last, &[]).status, 422);
    assert_eq!(ways().len(), 1);

    let options = reader.question("/account/passkeys/ask", &[]);
    assert_eq!(options["excludeCredentials"].as_array().map(Vec::len), Some(1), "no device gets two");
    let answer = second.make(&options);
    assert_eq!(second.handle, key.handle, "one handle for all of an account's");
    let stranger = Reader::with(paper, "Per Lund", &mut device(paper, 9));
    let fields = [("passkey", answer.as_str()), ("passkey_name", "My <phone>")];
    assert_eq!(stranger.post("/account/passkeys", &fields).status, 422, "asked in another session");
    assert_eq!(to(&reader.post("/account/passkeys", &fields)), "/account?said=way");
    assert!(reader.get("/account").text().contains("My &lt;phone&gt;"));
    assert_eq!(reader.post("/account/passkeys", &fields).status, 422, "a second time");
    assert_eq!(ways().len(), 2);

    assert_eq!(reader.post("/account/sign-out", &[]).status, 303);
    assert!(reader.me()["name"].is_null());
    assert_eq!(to(&reader.enter(&mut second)), "/account?said=in");
    assert_eq!(reader.me()["name"], "Mette Holm");
    let kept = now(paper.app.store.passkeys_of_reader(id)).unwrap();
    assert_eq!(kept.iter().map(|p| p.counted.uses).collect::<Vec<_>>(), [0, 1]);

    // A removed one opens nothing.
    assert_eq!(to(&reader.post(&last, &[])), "/account?said=no-way");
    let thief = Reader::new(paper);
    let reply = thief.enter(&mut key);
    refused(&thief, &reply, "opens no account", "a removed one");
    assert_eq!(now(paper.app.store.passkeys_of_reader(id)).unwrap().len(), 1);

    let reply = reader.post("/account/erase", &[("comments", "keep"), ("sure", "yes")]);
    assert_eq!(to(&reply), "/account?said=erased");
    assert!(ways().is_empty() && now(paper.app.store.passkeys_of_reader(id)).unwrap().is_empty());
    let reply = reader.enter(&mut second);
    refused(&reader, &reply, "opens no account", "an ended account's");
}

fn forged_and_repeated_answers_open_nothing(paper: &Served) {
    let mut key = device(paper, 7);
    let reader = Reader::with(paper, "Mette", &mut key);
    assert_eq!(reader.post("/account/sign-out", &[]).status, 303);
    let try_out = |why: &str, change: &dyn Fn(&mut Device)| {
        let mut forger = key.clone();
        forger.uses = 10;
        change(&mut forger);
        let reply = reader.enter(&mut forger);
        refused(&reader, &reply, "opens no account", why);
    };
    try_out("another origin", &|d| d.origin = "https://evil.example".into());
    try_out("another port", &|d| d.origin = "http://localhost:1".into());
    try_out("inside a page of another site", &|d| d.cross_origin = true);
    try_out("another paper's name", &|d| d.name = "evil.example".into());
    try_out("nobody showed to be its holder", &|d| d.flags = 0x01);
    try_out("another handle", &|d| d.handle = vec![1; 64]);
    try_out("no such passkey", &|d| d.credential = vec![3; 32]);
    try_out("another key", &|d| d.key = device(paper, 8).key);
    for odd in ["", "{}", "null", "[1", &"x".repeat(20_000)] {
        let reply = reader.post("/account/passkey", &[("passkey", odd)]);
        refused(&reader, &reply, "opens no account", "no answer at all");
    }
    let options = reader.question("/account/passkey/ask", &[]);
    let answer = key.answer(&options);
    let stranger = Reader::new(paper);
    refused(
        &stranger,
        &stranger.post("/account/passkey", &[("passkey", &answer)]),
        "sent twice",
        "without the cookie",
    );
    assert_eq!(
        reader.ask("POST", "/account/passkey", "https://evil.example", &[("passkey", &answer)]).status,
        403
    );
    assert_eq!(reader.ask("POST", "/account/passkey/ask", "https://evil.example", &[]).status, 403);
    assert_eq!(to(&reader.post("/account/passkey", &[("passkey", &answer)])), "/account?said=in");
    assert_eq!(reader.post("/account/sign-out", &[]).status, 303);
    refused(
        &reader,
        &reader.post("/account/passkey", &[("passkey", &answer)]),
        "sent twice",
        "a second time",
    );

    // A question of one door is none of another.
    let options = reader.question("/account/passkey/ask", &[]);
    let made = device(paper, 12)
        .make(&serde_json::json!({"challenge": options["challenge"], "user": {"id": "AAAA"}}));
    let reply = reader.post("/account/passkey/new", &[("name", "Forger"), ("passkey", &made)]);
    refused(&reader, &reply, "sent twice", "a question for entering");
    let mut elsewhere = device(paper, 13);
    elsewhere.origin = "https://evil.example".into();
    let answer = elsewhere.make(&reader.question("/account/passkey/new/ask", &[("name", "Forger")]));
    let reply = reader.post("/account/passkey/new", &[("name", "Forger"), ("passkey", &answer)]);
    refused(&reader, &reply, "not a passkey for this paper", "made on another site");
    let answer = key.clone().make(&reader.question("/account/passkey/new/ask", &[("name", "Twice")]));
    let reply = reader.post("/account/passkey/new", &[("name", "Twice"), ("passkey", &answer)]);
    refused(&reader, &reply, "here already", "one that is another account's");
    assert_eq!(now(paper.app.store.reader_of_name("Forger", Millis(0))).unwrap(), None);

    // It counted to 3 elsewhere, and here comes its copy.
    key.uses = 3;
    assert_eq!(to(&reader.enter(&mut key)), "/account?said=in");
    assert_eq!(reader.post("/account/sign-out", &[]).status, 303);
    key.uses = 0;
    let reply = reader.enter(&mut key);
    refused(&reader, &reply, "as if there were a copy", "a count that goes back");
}

fn staff_and_readers_do_not_open_each_others_doors(paper: &Served) {
    let desk = Browser::of(paper, "Ilse", Role::Editor);
    let mut hers = device(paper, 21);
    let asked = desk.post("/desk/passkeys/ask", &[]);
    let answer = hers.make(&serde_json::from_slice(&asked.body).unwrap());
    assert_eq!(desk.post("/desk/passkeys", &[("passkey", &answer)]).status, 303);
    let reader = Reader::new(paper);
    let reply = reader.enter(&mut hers);
    refused(&reader, &reply, "opens no account", "a passkey of the desk");
    let mut readers = device(paper, 22);
    Reader::with(paper, "Mette", &mut readers);
    let door = Browser::new(paper);
    let asked = door.send("/desk/sign-in/ask", &[]);
    let answer = readers.answer(&serde_json::from_slice(&asked.body).unwrap());
    let reply = door.send("/desk/sign-in/passkey", &[("passkey", &answer)]);
    assert!(
        reply.status == 422 && reply.text().contains("does not open the desk"),
        "{}",
        words(&reply.text())
    );
}

fn two_ways_that_go_at_once_leave_one(paper: &Served) {
    let mut key = device(paper, 7);
    let reader = Reader::with(paper, "Mette", &mut key);
    let answer = device(paper, 8).make(&reader.question("/account/passkeys/ask", &[]));
    assert_eq!(reader.post("/account/passkeys", &[("passkey", &answer)]).status, 303);
    let id = now(paper.app.store.find_reader_passkey(&key.credential)).unwrap().unwrap().1.id;
    let ways = now(paper.app.store.ways_of(id)).unwrap();
    let store = &paper.app.store;
    let (one, two) = paper
        .wait(async { tokio::join!(store.remove_way(id, ways[0].id), store.remove_way(id, ways[1].id)) });
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    let left = now(store.ways_of(id)).unwrap();
    assert_eq!((left.len(), now(store.passkeys_of_reader(id)).unwrap().len()), (1, 1));
    now(store.end_reader(id, true, Millis(9))).unwrap();
    assert!(now(store.passkeys_of_reader(id)).unwrap().is_empty());
}

fn without_accounts_nothing_is_offered(paper: &Served) {
    let reader = Reader::new(paper);
    let door = reader.get("/account").text();
    assert!(door.contains("no accounts for readers") && !door.contains("passkey"), "{}", words(&door));
    for path in
        ["/account/passkey/ask", "/account/passkey", "/account/passkey/new/ask", "/account/passkey/new"]
    {
        assert_eq!(reader.post(path, &[("name", "Mette"), ("passkey", "{}")]).status, 404, "{path}");
    }
    assert_eq!(reader.post("/account/passkeys/ask", &[]).status, 401);
}

crate::on_both!(super::open:
    made_entered_added_removed_and_ended,
    forged_and_repeated_answers_open_nothing,
    staff_and_readers_do_not_open_each_others_doors,
    two_ways_that_go_at_once_leave_one,
);

mod closed {
    use super::without_accounts_nothing_is_offered;
    crate::on_both!(crate::paper: without_accounts_nothing_is_offered);
}
