//! A walk through papers of other languages, past all that they say when something is asked wrongly, too: no sentence of
//! the English paper is among it.

use crate::{
    House,
    accounts::Reader,
    browser::{Browser, to},
    house_with,
    support::{Database, Reply},
};
use newsroom::{Language, staff::Role};
use pages::Words;

/// Pieces of the English paper's sentences that its own does not say: of some length, so that none is a name.
fn english(language: Language) -> Vec<(&'static str, &'static str)> {
    let own: String = Words::of(language).each().map(|(_, said)| format!("{said}\n")).collect();
    let pieces = |said: &'static str| said.split(['|', '{', '}']).map(str::trim);
    let all = Words::of(Language::English).each();
    let all = all.flat_map(|(name, said)| pieces(said).map(move |piece| (name, piece)));
    all.filter(|(_, piece)| piece.len() >= 9 && piece.contains(' ') && !own.contains(piece)).collect()
}

/// What everybody finds wherever they walk.
struct Walk<'a> {
    house: &'a House,
    english: Vec<(&'static str, &'static str)>,
    seen: usize,
}

impl Walk<'_> {
    fn heard(&mut self, what: &str, said: &str) {
        // As it is read: what stands in markup is meant so.
        let said = said.replace("&#39;", "'").replace("&#x27;", "'").replace("&amp;", "&").replace('\n', " ");
        assert!(said.len() > 10, "{what} says nothing: {said:?}");
        for (name, piece) in &self.english {
            assert!(!said.contains(piece), "{what} says “{piece}” ({name}): {said}");
        }
        self.seen += 1;
    }

    fn told(&mut self, what: &str, status: u16, reply: &Reply) {
        assert_eq!(reply.status, status, "{what}: {}", reply.text());
        self.heard(what, &reply.text());
    }

    fn get(&mut self, path: &str, status: u16) -> String {
        let reply = self.house.paper.ask("GET", path, &[]);
        self.told(path, status, &reply);
        reply.text()
    }

    fn post(&mut self, path: &str, fields: &[(&str, &str)], headers: &[&str], status: u16) {
        let reply = self.house.post(path, fields, headers);
        self.told(&format!("POST {path}"), status, &reply);
    }

    /// Each letter, its head apart.
    fn letters(&mut self) -> Vec<crate::letter_box::Received> {
        let all = self.house.letters();
        for letter in &all {
            self.heard("a letter", &letter.text);
        }
        all
    }
}

fn nothing_of_the_english_paper_is_said(house: &House) {
    let language = Language::of(&house.paper.app.paper.language).unwrap();
    let mut walk = Walk { house, english: english(language), seen: 0 };
    assert!(walk.english.len() > 300, "{} pieces to look for", walk.english.len());
    let desk = Browser::of(&house.paper, "Ilse", Role::Editor);
    let copy = [("headline", "渡轮"), ("body", "Ö."), ("byline", "By Ilse Brandt"), ("topics", "Fähren")];
    let story = desk.story(&copy);
    let path = desk.publish(story, &copy);
    let killed = desk.story(&copy);
    let gone = desk.publish(killed, &copy);
    let notice = [("confirm", "KILL"), ("kill_notice", "Ö.")];
    assert_eq!(desk.post(&format!("/desk/stories/{killed}/kill"), &notice).status, 303);

    // What is read.
    let section = house.paper.app.paper.sections[0].slug.to_string();
    for page in ["/", &path, "/search", "/search?q=%E6%B8%A1", "/search?q=x", "/search?q=%2C", "/account"] {
        walk.get(page, 200);
    }
    for file in ["feed.xml", "atom.xml", "feed.json", "comments.xml"] {
        walk.get(&format!("/{file}"), 200);
        walk.get(&format!("/section/{section}/{file}"), 200);
    }
    walk.get(&format!("{path}/comments.xml"), 200);
    walk.get("/author/ilse-brandt/comments.xml", 200);
    for page in ["author/ilse-brandt", &format!("section/{section}"), "topic/fahren", &path[1..11]] {
        walk.get(&format!("/{page}"), 200);
    }
    house.paper.wait(dateline::discussion_rules::keep(&house.paper.app)).unwrap();
    walk.get("/discussion-rules", 200);
    let lines = r#"[["comments written","",1200],["rulings: removed","insult",3]]"#;
    let (from, until) = (newsroom::Millis(0), newsroom::Millis(newsroom::clock::DAY));
    house.paper.wait(house.paper.app.store.publish_account(from, until, lines, "test", until)).unwrap();
    walk.get("/transparency", 200);

    // What is not there, not allowed, not understood.
    walk.get("/2026/01/01/nowhere", 404);
    walk.get(&gone, 410);
    walk.get("/receipt/1-0", 404);
    walk.get("/embed/unheard-of?url=https://blog.example/a", 404);
    let comments = format!("{path}/comments");
    walk.post(&comments, &[("name", "A"), ("text", "B")], &["origin: https://evil.example"], 403);
    walk.post(&comments, &[("name", "A"), ("text", "B"), ("reply_to", "x")], &[], 400);
    walk.post(&path, &[], &[], 405);
    let mut line = house.paper.line();
    line.send(format!(
        "POST {comments} HTTP/1.1\r\nhost: paper.example\r\ncontent-type: text/plain\r\ncontent-length: 1\r\n\r\na"
    ));
    walk.told("an unknown form", 415, &line.reply(false));
    let long = "x".repeat(house.paper.app.config.limits.body_bytes + 1);
    let mut line = house.paper.line();
    line.send(format!(
        "POST {comments} HTTP/1.1\r\nhost: paper.example\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{long}",
        long.len()
    ));
    walk.told("too much", 413, &line.reply(false));
    for fields in [
        [("name", ""), ("text", "B")],
        [("name", "Moderator"), ("text", "B")],
        [("name", "A"), ("text", "")],
        [("name", "A"), ("text", &*"y ".repeat(4_000))],
        [("name", &*"n".repeat(100)), ("text", "B")],
        [("name", "A"), ("text", &*"z\n".repeat(300))],
        [("name", "A"), ("text", &*"http://a.example ".repeat(30))],
    ] {
        walk.post(&comments, &fields, &[], 422);
    }
    walk.post(&comments, &[("name", "A"), ("text", "B"), ("email", "x")], &[], 422);
    walk.post(&comments, &[("name", "A"), ("text", "B"), ("reply_to", "999999")], &[], 422);
    walk.post(&format!("{path}/follow"), &[("email", "x")], &[], 422);
    walk.post(&format!("{path}/follow"), &[("email", "bo@post.example")], &[], 200);
    let yes = walk.letters()[0].link("yes");
    walk.get(&yes, 200);
    walk.post(&yes, &[], &[], 200);

    // One comment's way: said, changed, answered, reported, removed, appealed against, erased.
    let said = [("name", "Eva"), ("text", "Ä."), ("email", "eva@post.example"), ("answers", "yes")];
    let id = house.comment(&path, &said);
    walk.post(&comments, &said, &[], 422);
    let yes = walk.letters().iter().find(|l| l.to == ["<eva@post.example>"]).unwrap().link("yes");
    walk.post(&yes, &[], &[], 200);
    let receipt = house.paper.app.receipts.path(id);
    walk.get(&receipt, 200);
    walk.post(&format!("{receipt}/edit"), &[("text", "")], &[], 422);
    walk.post(&format!("{receipt}/erase"), &[], &[], 422);
    assert_eq!(house.post(&format!("{receipt}/edit"), &[("text", "Ä, Ü.")], &[]).status, 303);
    let links = "http://a.example http://b.example http://c.example";
    let held = house.comment(&path, &[("name", "Jens"), ("text", links)]);
    walk.get(&house.paper.app.receipts.path(held), 200);
    let answer = house.comment(&path, &[("name", "Jens"), ("text", "Ö!"), ("reply_to", &id.to_string())]);
    let stop = walk.letters().iter().find(|l| l.to == ["<eva@post.example>"]).unwrap().link("stop");
    walk.get(&stop, 200);
    walk.get(&format!("{path}/comments/{id}"), 200);
    walk.get(&format!("{path}/comments/{answer}/reply"), 200);
    let form = format!("{path}/comments/{id}/report");
    walk.get(&form, 200);
    walk.post(&form, &[("reason", "")], &[], 422);
    let report = [("reason", "insult"), ("text", "Ü"), ("email", "ida@post.example")];
    let fate = to(&house.post(&form, &report, &[]));
    walk.get(&fate, 200);
    walk.post(&form, &report, &[], 422);
    let yes = walk.letters()[0].link("yes");
    walk.post(&yes, &[], &[], 200);
    walk.post(&format!("{receipt}/erase"), &[("sure", "yes")], &[], 422);
    assert_eq!(desk.post(&format!("/desk/comments/{id}/remove"), &[("reason", "insult")]).status, 303);
    assert!(walk.letters().len() >= 2, "to the writer and to the reporter");
    walk.get(&receipt, 200);
    walk.get(&fate, 200);
    walk.get(&format!("{path}/rulings"), 200);
    walk.post(&format!("{receipt}/edit"), &[("text", "Ö")], &[], 422);
    walk.post(&format!("{receipt}/appeal"), &[("text", "")], &[], 422);
    assert_eq!(house.post(&format!("{receipt}/appeal"), &[("text", "Ü")], &[]).status, 303);
    walk.get(&receipt, 200);
    let bo = Browser::of(&house.paper, "Bo", Role::Moderator);
    assert_eq!(bo.post(&format!("/desk/comments/{id}/show"), &[]).status, 303);
    assert_eq!(walk.letters().len(), 1, "of the appeal");
    walk.get(&receipt, 200);
    assert_eq!(house.post(&format!("{receipt}/erase"), &[("sure", "yes")], &[]).status, 303);
    walk.get(&receipt, 200);
    walk.get(&path, 200);
    walk.post(&stop, &[], &[], 200);
    for mode in ["slow", "new-held", "held-first", "closed"] {
        assert_eq!(desk.post(&format!("/desk/stories/{story}/discussion"), &[("mode", mode)]).status, 303);
        walk.get(&path, 200);
    }
    walk.post(&comments, &[("name", "A"), ("text", "B")], &[], 422);

    // The account's door, and too much of everything.
    let reader = Reader::new(house);
    let refused = reader.post("/account/letter", &[("email", "x")]);
    walk.told("no address", 422, &refused);
    let link = reader.link("mette@post.example");
    walk.get(&link, 200);
    assert_eq!(reader.post(&link, &[("name", "Mette Holm")]).status, 303);
    let own = reader.get("/account");
    walk.told("the account", 200, &own);
    walk.told("a link again", 410, &reader.get(&link));
    let mut last = reader.post("/account/letter", &[("email", "x@post.example")]);
    for n in 0..8 {
        last = reader.post("/account/letter", &[("email", &format!("x{n}@post.example"))]);
    }
    walk.told("too many letters", 429, &last);
    let mut last = house.post(&form, &report, &[]);
    for _ in 0..32 {
        last = house.post(&format!("{path}/comments/{answer}/report"), &report, &[]);
    }
    walk.told("too many reports", 429, &last);
    let mut last = reader.ask("POST", "/account/passkey/ask", &["origin: http://paper.example"], "");
    for _ in 0..32 {
        last = reader.ask("POST", "/account/passkey/ask", &["origin: http://paper.example"], "");
    }
    walk.told("too many questions", 429, &last);
    assert!(walk.seen > 80, "{} pages and letters", walk.seen);
}

fn paper(home: Database, language: &str) -> House {
    house_with(home, |config| {
        config.paper.language = language.into();
        config.paper.contact = "desk@paper.example".into();
        config.identity.passkeys = true;
    })
}

macro_rules! walks {
    ($($name:ident: $language:literal),*) => {$(
        mod $name {
            fn paper(home: crate::support::Database) -> crate::House {
                super::paper(home, $language)
            }
            use super::nothing_of_the_english_paper_is_said;
            crate::on_both!(crate::walk::$name::paper: nothing_of_the_english_paper_is_said);
        }
    )*};
}

walks!(in_german: "de-AT", in_spanish: "es", in_russian: "ru", in_chinese: "zh-Hans");
