//! The private page on which a writer sees what became of a comment.

use minijinja::Value;
use newsroom::{
    discussion::{Comment, State},
    paper::Paper,
};
use serde::Serialize;

use crate::{
    frame::{Frame, Time},
    markup,
    theme::{Fault, Theme},
};

pub struct Receipt<'a> {
    pub paper: &'a Paper,
    pub comment: &'a Comment,
    /// The story it was written under.
    pub headline: &'a str,
    pub path: &'a str,
    /// Why it waits, in a sentence; empty where that is not known or not so.
    pub why_held: &'a str,
    /// What the moderator who removed it says to its writer; empty for most.
    pub note: &'a str,
    /// Where it stands when it is shown: path with its fragment.
    pub url: &'a str,
}

#[derive(Serialize)]
struct Context<'a> {
    frame: Frame,
    state: &'static str,
    headline: &'a str,
    path: &'a str,
    url: &'a str,
    why: &'a str,
    note: &'a str,
    name: &'a str,
    text: Value,
    time: Time,
}

impl Theme {
    pub fn receipt(&self, receipt: &Receipt<'_>) -> Result<String, Fault> {
        let comment = receipt.comment;
        let why = match comment.state {
            State::Shown => "",
            State::Held => receipt.why_held,
            State::Removed => comment.reason.map_or("", |r| r.words()),
        };
        let title = format!("Your comment – {}", receipt.paper.name);
        let context = Context {
            frame: Frame::new(receipt.paper, title, String::new(), ""),
            state: comment.state.as_str(),
            headline: receipt.headline,
            path: receipt.path,
            url: receipt.url,
            why,
            note: if comment.state == State::Removed { receipt.note } else { "" },
            name: &comment.name,
            text: Value::from_safe_string(markup::comment_html(&comment.text)),
            time: Time::of(receipt.paper, comment.at),
        };
        self.render("receipt.html", &context)
    }
}
