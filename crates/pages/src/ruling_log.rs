//! What the moderators decided in one discussion, for anybody to read: no texts, no names.

use crate::{
    frame::{Frame, Time},
    theme::{Fault, Theme},
    words::Voice,
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
        let reason = self.reason.map(|r| format!(" {}", voice.sentence(r))).unwrap_or_default();
        match (self.ruling.as_str(), self.by_reports) {
            ("show", _) => "Shown.".into(),
            ("remove", _) => format!("Removed.{reason}"),
            ("cut", _) => format!("A passage was cut.{reason}"),
            ("hold", true) => "Held, after readers had reported it.".into(),
            ("hold", false) => "Held, to be decided later.".into(),
            _ => "The ruling before was taken back.".into(),
        }
    }
}

impl Theme {
    pub fn ruling_log(&self, page: &RulingLog<'_>) -> Result<String, Fault> {
        let title = format!("Decisions of the moderators: {} – {}", page.headline, page.paper.name);
        let ruling = |r: &PublicRuling| {
            context! {
                time => Value::from(Serde(Time::of(page.paper, r.at))),
                comment => r.comment,
                words => r.words(page.voice),
            }
        };
        let context = context! {
            frame => Value::from(Serde(Frame::new(page.paper, title, String::new(), ""))),
            path => page.path,
            headline => page.headline,
            rulings => page.rulings.iter().map(ruling).collect::<Vec<Value>>(),
        };
        self.render("ruling_log.html", &context)
    }
}
