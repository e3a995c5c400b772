//! Letters and webhooks, to a letter server and to a receiver of the test's own.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

#[path = "../support/mod.rs"]
mod support;

mod accounts;
#[path = "../desk/browser.rs"]
mod browser;
mod delivery;
mod digest;
mod languages;
mod letter_box;
mod moderators;
mod moving_in;
mod names;
mod opt_in;
mod own_pages;
mod reasons;
mod restored;
mod rulings;
mod walk;
mod webhooks;

use browser::{Browser, encode};
use dateline::config::{Config, LetterServer};
use letter_box::{LetterBox, Manner};
use newsroom::staff::Role;
use support::{Database, Reply, Served};

/// A paper that sends letters, and the server that takes them.
struct House {
    paper: Served,
    letters: LetterBox,
}

fn house_with(home: Database, change: impl FnOnce(&mut Config)) -> House {
    let letters = LetterBox::open(Manner::Takes);
    let at = letters.address;
    let paper = Served::on(home, dateline::http::paper(), |config| {
        config.discussion.most_per_minute = 1_000;
        config.discussion.most_per_hour = 1_000;
        config.discussion.most_per_day = 10_000;
        config.letters.smtp = Some(LetterServer {
            wrapped: false,
            host: at.ip().to_string(),
            port: at.port(),
            user: String::new(),
        });
        config.letters.from = "The Courier – letters <letters@courier.example>".into();
        config.letters.seconds = 1;
        change(config);
    });
    House { paper, letters }
}

fn house(home: Database) -> House {
    house_with(home, |_| {})
}

impl House {
    /// A story open to comments; its path, with an editor.
    fn story(&self) -> (Browser<'_>, String) {
        let desk = Browser::of(&self.paper, "Ilse", Role::Editor);
        let copy = [("headline", "Night ferry – 渡轮"), ("body", "It leaves at ten.")];
        let id = desk.story(&copy);
        let path = desk.publish(id, &copy);
        (desk, path)
    }

    /// A comment as JSON answers it; its number.
    fn comment(&self, path: &str, fields: &[(&str, &str)]) -> i64 {
        let reply = self.post(&format!("{path}/comments"), fields, &["accept: application/json"]);
        assert_eq!(reply.status, 201, "{}", reply.text());
        let answer: serde_json::Value = serde_json::from_str(&reply.text()).unwrap();
        answer["id"].as_i64().unwrap()
    }

    fn post(&self, path: &str, fields: &[(&str, &str)], headers: &[&str]) -> Reply {
        let body = encode(fields);
        let lines: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
        let mut line = self.paper.line();
        line.send(format!(
            "POST {path} HTTP/1.1\r\nhost: paper.example\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             {lines}content-length: {}\r\n\r\n{body}",
            body.len()
        ));
        line.reply(false)
    }

    /// Does the jobs that are due; what came of them in the letter box.
    fn letters(&self) -> Vec<letter_box::Received> {
        self.paper.finish_jobs();
        self.letters.empty()
    }

    fn letter(&self) -> letter_box::Received {
        self.paper.finish_jobs();
        self.letters.one()
    }

    /// Says yes to the one letter that asks.
    fn say_yes(&self) {
        let yes = self.letter().link("yes");
        assert_eq!(self.post(&yes, &[], &[]).status, 200);
        self.paper.finish_jobs();
    }
}
