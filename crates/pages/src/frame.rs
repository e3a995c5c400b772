//! What stands around every page: masthead, sections, and the head for machines.

use minijinja::Value;
use newsroom::{
    Language, Millis,
    paper::{Paper, right_to_left},
};
use serde::Serialize;

use crate::{markup, words::Words};

/// The part of a context that `base.html` reads, as `frame`.
#[derive(Serialize)]
pub(crate) struct Frame {
    /// The paper's name.
    pub name: String,
    pub tagline: String,
    /// Language and direction of the words around; a story in another says so itself.
    pub lang: String,
    pub dir: &'static str,
    /// All of these words, `w.search`.
    pub w: Value,
    /// On what is in the paper's own language where that is another: ` lang="fr" dir="ltr"`.
    pub own: Value,
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
    /// The frame of a page in the paper's words. `path` is its canonical path; empty for pages that search
    /// engines should leave alone.
    pub fn new(paper: &Paper, title: String, description: String, path: &str) -> Frame {
        Frame::speaking(Words::of_paper(paper), paper, title, description, path)
    }

    /// The same in other words.
    pub fn speaking(words: &Words, paper: &Paper, title: String, description: String, path: &str) -> Frame {
        let lang = tag(words, paper).to_owned();
        let own = match other(words, paper, &paper.language) {
            Some(lang) => format!(" lang=\"{}\" dir=\"{}\"", markup::escape(lang), direction(lang)),
            None => String::new(),
        };
        let doors = paper.sections.iter().map(|section| {
            let href = format!("/section/{}", section.slug);
            Door { name: section.name.clone(), current: path == href, href }
        });
        Frame {
            name: paper.name.clone(),
            tagline: paper.tagline.clone(),
            dir: direction(&lang),
            lang,
            w: words.value(),
            own: Value::from_safe_string(own),
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

/// The language of these words as `lang` has it, the paper's own way of writing it where it is the same: `de-AT`.
pub(crate) fn tag<'a>(words: &Words, paper: &'a Paper) -> &'a str {
    match Language::of(&paper.language) {
        Some(language) if language == words.language => &paper.language,
        _ => words.language.tag(),
    }
}

/// The language of a text, the paper's where it says none, where that is not the language around it.
pub(crate) fn other<'a>(words: &Words, paper: &'a Paper, language: &'a str) -> Option<&'a str> {
    let language = if language.is_empty() { &paper.language } else { language };
    (!language.is_empty() && language != tag(words, paper)).then_some(language)
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
        Time::told(paper, Words::of_paper(paper), at)
    }

    pub fn told(paper: &Paper, words: &Words, at: Millis) -> Time {
        Time { iso: paper.zone.rfc3339(at), words: words.moment(&paper.zone, at) }
    }
}
