//! What the moderators decided in one discussion, for anybody to read: no texts, no names.

use crate::{
    frame::{Frame, Time},
    theme::{Fault, Theme},
    words::{Voice, fill},
};
use minijinja::{Value, context, value::Serde};
use newsroom::{
    Millis,
    discussion::{CommentId, Reason},
    paper::Paper,
};

/// `…/rulings`
pub struct RulingLog<'a> {
    pub paper: &'a Paper,
    pub voice: Voice<'a>,
    /// The story's path and headline.
    pub path: &'a str,
    pub headline: &'a str,
    /// Where the rules that hold there are read.
    pub rules: &'a str,
    /// The newest first.
    pub rulings: &'a [PublicRuling],
}

pub struct PublicRuling {
    pub at: Millis,
    pub comment: CommentId,
    /// A word of `newsroom::discussion::Ruling`, or `undo`.
    pub ruling: String,
    pub reason: Option<Reason>,
    /// Readers' reports did it, not a person of the paper.
    pub by_reports: bool,
}

impl PublicRuling {
    fn words(&self, voice: Voice<'_>) -> String {
        let words = voice.words;
        let why = self.reason.map_or("", |r| voice.sentence(r));
        let what = match (self.ruling.as_str(), self.by_reports) {
            ("show", _) => words.log_shown,
            ("remove", _) => words.log_removed,
            ("cut", _) => words.log_cut,
            ("hold", true) => words.log_hold_reports,
            ("hold", false) => words.log_hold,
            _ => words.log_undo,
        };
        let what = fill(what, &[("why", why)]);
        fill(words.log_line, &[("id", &self.comment.to_string()), ("what", what.trim_end())])
    }
}

impl Theme {
    pub fn ruling_log(&self, page: &RulingLog<'_>) -> Result<String, Fault> {
        let words = page.voice.words;
        let title = format!("{}: {} – {}", words.log_title, page.headline, page.paper.name);
        let ruling = |r: &PublicRuling| {
            context! {
                time => Value::from(Serde(Time::told(page.paper, words, r.at))),
                words => r.words(page.voice),
            }
        };
        let context = context! {
            frame => Value::from(Serde(Frame::speaking(words, page.paper, title, String::new(), ""))),
            path => page.path,
            headline => page.headline,
            rules => page.rules,
            rulings => page.rulings.iter().map(ruling).collect::<Vec<Value>>(),
        };
        self.render("ruling_log.html", &context)
    }
}
