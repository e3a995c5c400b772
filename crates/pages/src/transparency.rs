//! The account of a year's moderation as a page to be put online.

use minijinja::{Value, context, value::Serde};
use newsroom::{
    Millis,
    discussion::reason::{Ground, HouseReason},
    paper::Paper,
};

use crate::{
    frame::Frame,
    theme::{Fault, Theme},
};

pub struct Transparency<'a> {
    pub paper: &'a Paper,
    pub from: Millis,
    /// Not with it.
    pub until: Millis,
    pub lines: &'a [Line],
}

/// One number.
pub struct Line {
    pub what: &'static str,
    /// A reason's code; empty where none belongs to it.
    pub code: String,
    pub number: u64,
    /// As the paper has it.
    pub reason: Option<HouseReason>,
}

impl Theme {
    pub fn transparency(&self, page: &Transparency<'_>) -> Result<String, Fault> {
        let title = format!("How comments were moderated – {}", page.paper.name);
        let day = |at| page.paper.zone.format(at, "%-d %B %Y");
        let line = |l: &Line| {
            let reason = l.reason.as_ref().map(|r| {
                context! { label => r.label.as_str(), law => r.ground == Ground::Law, source => r.source.as_str() }
            });
            context! { what => l.what, code => l.code.as_str(), number => l.number, reason }
        };
        let context = context! {
            frame => Value::from(Serde(Frame::new(page.paper, title, String::new(), ""))),
            from => day(page.from),
            until => day(page.until),
            lines => page.lines.iter().map(line).collect::<Vec<Value>>(),
        };
        self.render("transparency.html", &context)
    }
}
