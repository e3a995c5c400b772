//! The account of a time's moderation as a page: to be put online, or at `/transparency` once it was made public.

use minijinja::{Value, context, value::Serde};
use newsroom::{Millis, paper::Paper};

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
    /// Its number where the paper made it public, and all that it made public: number, from, until.
    pub public: Option<(i64, &'a [Public])>,
}

/// An account that was made public: its number, from when, until when.
pub type Public = (i64, Millis, Millis);

/// One number.
pub struct Line {
    pub what: String,
    /// A reason's code; empty where none belongs to it.
    pub code: String,
    pub number: u64,
}

impl Theme {
    pub fn transparency(&self, page: &Transparency<'_>) -> Result<String, Fault> {
        let title = format!("How comments were moderated – {}", page.paper.name);
        let day = |at| page.paper.zone.format(at, "%-d %B %Y");
        let line =
            |l: &Line| context! { what => l.what.as_str(), code => l.code.as_str(), number => l.number };
        let other = |(id, from, until): &Public| context! { id, from => day(*from), until => day(*until) };
        let others = page
            .public
            .map(|(this, all)| all.iter().filter(|a| a.0 != this).map(other).collect::<Vec<Value>>());
        let path = if page.public.is_some() { "/transparency" } else { "" };
        let context = context! {
            frame => Value::from(Serde(Frame::new(page.paper, title, String::new(), path))),
            id => page.public.map(|(id, _)| id),
            others => others.unwrap_or_default(),
            from => day(page.from),
            until => day(page.until),
            lines => page.lines.iter().map(line).collect::<Vec<Value>>(),
        };
        self.render("transparency.html", &context)
    }
}
