//! A browser in short: two cookies, forms with the proof of the last page, no following of redirects.

use crate::support::{Reply, Served};
use newsroom::{Millis, staff::Role};
use std::cell::RefCell;

pub struct Browser<'a> {
    pub paper: &'a Served,
    /// The session's.
    pub cookie: RefCell<Option<String>>,
    /// That of the door, while it asks for a passkey.
    pub asked: RefCell<Option<String>>,
}

pub const PASSWORD: &str = "night ferry at ten";

/// Runs a future of the store to its end.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// An account with [`PASSWORD`], made past the desk.
pub fn account(paper: &Served, name: &str, role: Role) -> i64 {
    let hash = dateline::staff::Passwords::hash_now(PASSWORD).unwrap();
    now(paper.app.store.add_person(name, role, &hash, "test", Millis(1))).unwrap()
}

/// What the log says was done, the latest first: who, what act, to what.
pub fn log(paper: &Served) -> Vec<(String, String, String)> {
    let entries = now(paper.app.store.list_log(None, 200)).unwrap();
    entries.into_iter().map(|e| (e.who, e.act, e.what)).collect()
}

pub fn encode(fields: &[(&str, &str)]) -> String {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields);
    body.finish()
}

impl<'a> Browser<'a> {
    pub fn new(paper: &'a Served) -> Browser<'a> {
        Browser { paper, cookie: RefCell::new(None), asked: RefCell::new(None) }
    }

    /// Somebody with a new account, signed in.
    pub fn of(paper: &'a Served, name: &str, role: Role) -> Browser<'a> {
        account(paper, name, role);
        let browser = Browser::new(paper);
        let reply = browser.sign_in(name, PASSWORD);
        assert_eq!(reply.status, 303, "{}", reply.text());
        browser
    }

    pub fn sign_in(&self, name: &str, password: &str) -> Reply {
        self.send("/desk/sign-in", &[("name", name), ("password", password)])
    }

    pub fn get(&self, path: &str) -> Reply {
        let cookie = self.cookie.borrow().as_ref().map(|c| format!("cookie: {c}"));
        let headers: Vec<&str> = cookie.iter().map(String::as_str).collect();
        self.keep(self.paper.ask("GET", path, &headers))
    }

    /// A form as it stands on a page, with the page's proof.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let csrf = self.csrf();
        let fields: Vec<(&str, &str)> = [&[("csrf", csrf.as_str())], fields].concat();
        self.send(path, &fields)
    }

    /// Without anything that was not named.
    pub fn send(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.send_with(path, fields, &["origin: http://paper.example"])
    }

    pub fn send_with(&self, path: &str, fields: &[(&str, &str)], headers: &[&str]) -> Reply {
        let body = encode(fields);
        let mut lines: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
        for cookie in [&self.cookie, &self.asked] {
            if let Some(cookie) = &*cookie.borrow() {
                lines.push_str(&format!("cookie: {cookie}\r\n"));
            }
        }
        let mut line = self.paper.line();
        line.send(format!(
            "POST {path} HTTP/1.1\r\nhost: paper.example\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             user-agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/133.0\r\n{lines}content-length: {}\r\n\r\n{body}",
            body.len()
        ));
        self.keep(line.reply(false))
    }

    /// The proof that this session's forms carry.
    pub fn csrf(&self) -> String {
        let page = self.get("/desk/sessions");
        assert_eq!(page.status, 200, "signed in");
        value(&page.text(), "csrf")
    }

    fn keep(&self, reply: Reply) -> Reply {
        if let Some(set) = reply.header("set-cookie") {
            let pair = set.split(';').next().unwrap().to_owned();
            match pair.starts_with("dateline_asked=") {
                true => *self.asked.borrow_mut() = Some(pair),
                false => *self.cookie.borrow_mut() = Some(pair),
            }
        }
        reply
    }

    /// A new story with these fields over its own; its number.
    pub fn story(&self, fields: &[(&str, &str)]) -> i64 {
        let reply = self.post("/desk/stories", &[]);
        assert_eq!(reply.status, 303, "{}", reply.text());
        let id = to(&reply).strip_prefix("/desk/stories/").unwrap().parse().unwrap();
        let fields = [&[("edition", "1")], fields].concat();
        let saved = self.post(&format!("/desk/stories/{id}"), &fields);
        assert_eq!(to(&saved), format!("/desk/stories/{id}?said=saved"));
        id
    }

    /// Publishes what [`Browser::story`] made; the story's path for readers.
    pub fn publish(&self, id: i64, fields: &[(&str, &str)]) -> String {
        let fields = [&[("edition", "2")], fields].concat();
        let reply = self.post(&format!("/desk/stories/{id}/publish"), &fields);
        assert_eq!(reply.status, 303, "{}", words(&reply.text()));
        assert_eq!(to(&reply), format!("/desk/stories/{id}?said=published"));
        let story = now(self.paper.app.store.story(id)).unwrap().unwrap();
        story.path().unwrap()
    }
}

/// Where a redirect leads.
pub fn to(reply: &Reply) -> String {
    reply
        .header("location")
        .unwrap_or_else(|| panic!("{}: {}", reply.status, words(&reply.text())))
        .to_owned()
}

/// The value of the first input of that name.
pub fn value(html: &str, name: &str) -> String {
    let at = html.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name}: {html}"));
    let rest = &html[at..];
    let start = rest.find("value=\"").unwrap() + 7;
    rest[start..].split('"').next().unwrap().to_owned()
}

/// A page's text without its tags, to be read in a failed test.
pub fn words(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
