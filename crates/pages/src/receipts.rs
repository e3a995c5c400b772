//! The comments that were sent from one browser, with what became of each.

use minijinja::{Value, context, value::Serde};
use newsroom::{
    clock::DAY,
    discussion::{
        Comment, State,
        kept::{KEPT, MOST},
    },
    paper::Paper,
};

use crate::{
    frame::{Frame, Time},
    theme::{Fault, Theme},
    words::{Voice, Words, fill},
};

/// `/receipt`
pub struct Receipts<'a> {
    pub paper: &'a Paper,
    pub words: &'static Words,
    pub all: &'a [ReceiptLine<'a>],
}

pub struct ReceiptLine<'a> {
    pub comment: &'a Comment,
    pub headline: &'a str,
    /// Where its receipt is.
    pub receipt: &'a str,
    /// How it stands, and why; the second is empty where there is nothing to say.
    pub standing: (&'static str, String),
}

/// Characters of a comment by which its writer knows it again.
const BEGINNING: usize = 280;

fn beginning(text: &str) -> String {
    match text.char_indices().nth(BEGINNING) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl Voice<'_> {
    /// How a comment stands, to its writer, and why. `why_held` in words, where it waits.
    pub fn standing(&self, comment: &Comment, why_held: &str) -> (&'static str, String) {
        let (words, reason) = (self.words, || comment.reason.map_or("", |r| self.sentence(r)).to_owned());
        match comment.state {
            State::Shown if comment.reason.is_some() => (words.shown_cut_title, reason()),
            State::Shown => (words.shown_title, String::new()),
            State::Held => (words.waiting_title, why_held.to_owned()),
            State::Withdrawn if comment.text.is_empty() => (words.erased_title, String::new()),
            State::Withdrawn => (words.withdrawn_title, String::new()),
            State::Removed => (words.removed_title, reason()),
        }
    }
}

impl Theme {
    pub fn receipts(&self, page: &Receipts<'_>) -> Result<String, Fault> {
        let words = page.words;
        let title = format!("{} – {}", words.own_comments, page.paper.name);
        let line = |line: &ReceiptLine<'_>| {
            let time = Value::from(Serde(Time::told(page.paper, words, line.comment.at)));
            let (title, why) = (line.standing.0, line.standing.1.as_str());
            context! {
                time, title, why, receipt => line.receipt, headline => line.headline,
                text => beginning(&line.comment.text), id => line.comment.id,
            }
        };
        let days = (KEPT / DAY).to_string();
        let places = [("days", days.as_str()), ("most", &MOST.to_string())];
        let context = context! {
            frame => Value::from(Serde(Frame::speaking(words, page.paper, title, String::new(), ""))),
            all => page.all.iter().map(line).collect::<Vec<Value>>(),
            terms => fill(words.receipts_terms, &places),
            nothing => fill(words.receipts_none, &places),
        };
        self.render("receipts.html", &context)
    }
}
