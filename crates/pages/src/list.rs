//! Lists of stories: a section, a topic, an author, a day.

use newsroom::{
    Millis,
    byline::Author,
    paper::Paper,
    section::{Section, Topic},
    story::Card,
};
use serde::Serialize;

use crate::{
    card::CardView,
    frame::{FeedLink, Frame},
    theme::{Fault, Theme},
    words::{Words, fill},
};

/// What a list is of.
#[derive(Clone, Copy)]
pub enum ListKind<'a> {
    Section(&'a Section),
    Topic(&'a Topic),
    Author(&'a Author),
    /// The paper of a day: any moment of it.
    Day(Millis),
}

/// One page of a list, newest first.
pub struct List<'a> {
    pub paper: &'a Paper,
    pub kind: ListKind<'a>,
    pub cards: &'a [Card],
    /// Address of the page with earlier stories.
    pub older: Option<&'a str>,
    /// Address of the page with later ones; `None` on the first page.
    pub newer: Option<&'a str>,
}

#[derive(Serialize)]
struct Context<'a> {
    frame: Frame,
    /// `section`, `topic`, `author`, `day`.
    kind: &'static str,
    /// What kind of list it is, in a word above the title.
    label: &'static str,
    title: String,
    cards: Vec<CardView>,
    older: &'a str,
    newer: &'a str,
}

impl Theme {
    pub fn list(&self, list: &List<'_>) -> Result<String, Fault> {
        let (paper, words) = (list.paper, Words::of_paper(list.paper));
        let (kind, label, title, path) = match list.kind {
            ListKind::Section(s) => {
                ("section", words.list_section, s.name.clone(), format!("/section/{}", s.slug))
            }
            ListKind::Topic(t) => ("topic", words.list_topic, t.name.clone(), format!("/topic/{}", t.slug)),
            ListKind::Author(a) => {
                ("author", words.list_author, a.name.clone(), format!("/author/{}", a.slug))
            }
            ListKind::Day(at) => {
                ("day", words.list_day, words.weekday(&paper.zone, at), paper.zone.format(at, "/%Y/%m/%d"))
            }
        };
        let description = match list.kind {
            ListKind::Author(_) => words.about_author,
            ListKind::Day(_) => words.about_day,
            _ => words.about_list,
        };
        let description = fill(description, &[("name", &title), ("paper", &paper.name)]);
        // A later page of a list moves with every new story; search engines follow it but do not keep it.
        let canonical = if list.newer.is_none() { path.as_str() } else { "" };
        let mut frame = Frame::new(paper, format!("{title} – {}", paper.name), description, canonical);
        if let ListKind::Section(section) = list.kind {
            frame.stand_in(section.slug.as_str());
            let feed_title = format!("{} – {}", paper.name, section.name);
            frame.feeds.push(FeedLink::rss(paper, feed_title, &format!("{path}/feed.xml")));
        }
        if matches!(list.kind, ListKind::Section(_) | ListKind::Author(_)) {
            let feed_title = format!("{} – {}", fill(words.comments_of, &[("name", &title)]), paper.name);
            frame.feeds.push(FeedLink::rss(paper, feed_title, &format!("{path}/comments.xml")));
        }
        let beside = match list.kind {
            ListKind::Day(at) => Some(at),
            _ => None,
        };
        let context = Context {
            frame,
            kind,
            label,
            title,
            cards: CardView::all(paper, list.cards, beside),
            older: list.older.unwrap_or_default(),
            newer: list.newer.unwrap_or_default(),
        };
        self.render("list.html", &context)
    }
}
