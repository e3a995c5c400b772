//! What stands around every page: masthead, sections, and the head for machines.

use minijinja::Value;
use newsroom::{
    Millis,
    paper::{Paper, right_to_left},
};
use serde::Serialize;

/// The part of a context that `base.html` reads, as `frame`.
#[derive(Serialize)]
pub(crate) struct Frame {
    /// The paper's name.
    pub name: String,
    pub tagline: String,
    /// Language and direction of the paper's own words; a story in another says so itself.
    pub lang: String,
    pub dir: &'static str,
    pub nav: Vec<Door>,
    /// What stands in the browser's tab.
    pub title: String,
    pub description: String,
    /// Absolute; empty where the page is not to be found by search engines.
    pub canonical: String,
    pub feeds: Vec<FeedLink>,
    /// OpenGraph and its kin, in order.
    pub meta: Vec<Meta>,
    /// Structured data, ready to stand inside a script element; empty where there is none.
    pub data: Value,
    /// Whether the masthead is the page's `h1`: only on the front.
    pub front: bool,
    /// The day on the masthead of the front, in words.
    pub day: String,
    pub day_iso: String,
    /// Whether the reader's script has anything to do here.
    pub script: bool,
}

/// One way into the paper.
#[derive(Serialize)]
pub(crate) struct Door {
    pub name: String,
    pub href: String,
    pub current: bool,
}

#[derive(Serialize)]
pub(crate) struct FeedLink {
    pub kind: &'static str,
    pub title: String,
    pub href: String,
}

#[derive(Serialize)]
pub(crate) struct Meta {
    /// `property` for OpenGraph, `name` for the rest.
    pub attribute: &'static str,
    pub key: &'static str,
    pub value: String,
}

impl Meta {
    pub fn property(key: &'static str, value: impl Into<String>) -> Meta {
        Meta { attribute: "property", key, value: value.into() }
    }

    pub fn name(key: &'static str, value: impl Into<String>) -> Meta {
        Meta { attribute: "name", key, value: value.into() }
    }
}

impl Frame {
    /// The frame of a page in the paper's own language. `path` is its canonical path; empty for pages that
    /// search engines should leave alone.
    pub fn new(paper: &Paper, title: String, description: String, path: &str) -> Frame {
        let lang = if paper.language.is_empty() { "en".to_owned() } else { paper.language.clone() };
        let doors = paper.sections.iter().map(|section| {
            let href = format!("/section/{}", section.slug);
            Door { name: section.name.clone(), current: path == href, href }
        });
        Frame {
            name: paper.name.clone(),
            tagline: paper.tagline.clone(),
            dir: direction(&lang),
            lang,
            nav: doors.collect(),
            title,
            description,
            canonical: if path.is_empty() { String::new() } else { paper.url(path) },
            feeds: vec![FeedLink::rss(paper, paper.name.clone(), "/feed.xml")],
            meta: Vec::new(),
            data: Value::from_safe_string(String::new()),
            front: false,
            day: String::new(),
            day_iso: String::new(),
            script: false,
        }
    }

    /// Marks the section whose page or story this is.
    pub fn stand_in(&mut self, section: &str) {
        for door in &mut self.nav {
            door.current = door.href.strip_prefix("/section/") == Some(section);
        }
    }
}

impl FeedLink {
    pub fn rss(paper: &Paper, title: String, path: &str) -> FeedLink {
        FeedLink { kind: "application/rss+xml", title, href: paper.url(path) }
    }
}

pub(crate) fn direction(language: &str) -> &'static str {
    if right_to_left(language) { "rtl" } else { "ltr" }
}

/// A moment as machines and as readers have it, in the paper's zone.
#[derive(Serialize)]
pub(crate) struct Time {
    pub iso: String,
    pub words: String,
}

impl Time {
    pub fn of(paper: &Paper, at: Millis) -> Time {
        Time { iso: paper.zone.rfc3339(at), words: paper.zone.format(at, "%H:%M, %-d %B %Y") }
    }
}

/// `1 comment`, `23 comments`.
pub(crate) fn counted(n: u32, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// Thousands set apart: `12,345`.
pub(crate) fn grouped(n: u32) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words() {
        assert_eq!(counted(1, "comment", "comments"), "1 comment");
        assert_eq!(counted(1234567, "comment", "comments"), "1,234,567 comments");
        assert_eq!(counted(0, "comment", "comments"), "0 comments");
    }
}
