//! The account of a time's moderation as a page: to be put online, or at `/transparency` once it was made public.

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
    /// As the paper has it.
    pub reason: Option<HouseReason>,
}

/// As CSV, a line for each number, the first naming the columns.
pub fn csv(lines: &[Line]) -> String {
    let mut out = String::from("what,code,number,reason,ground,source\n");
    for Line { what, code, number, reason } in lines {
        let ground = reason.as_ref().map_or("", |r| r.ground.as_str());
        let (label, source) = reason.as_ref().map_or(("", ""), |r| (r.label.as_str(), r.source.as_str()));
        out.push_str(&format!("{what},{code},{number},{},{ground},{}\n", cell(label), cell(source)));
    }
    out
}

/// What the paper has worded itself, as one cell: quoted where it must be, and never a formula to a spreadsheet.
fn cell(text: &str) -> String {
    let text = match text.starts_with(['=', '+', '-', '@', '\t']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    match text.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

impl Theme {
    pub fn transparency(&self, page: &Transparency<'_>) -> Result<String, Fault> {
        let title = format!("How comments were moderated – {}", page.paper.name);
        let day = |at| page.paper.zone.format(at, "%-d %B %Y");
        let line = |l: &Line| {
            let reason = l.reason.as_ref().map(|r| {
                context! { label => r.label.as_str(), law => r.ground == Ground::Law, source => r.source.as_str() }
            });
            context! { what => l.what.as_str(), code => l.code.as_str(), number => l.number, reason }
        };
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
