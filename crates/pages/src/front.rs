//! The front page: one lead, a row beside it in rank, and the river of the rest.

use minijinja::Value;
use newsroom::{Millis, paper::Paper, story::Card};
use serde::Serialize;
use serde_json::json;

use crate::{
    card::CardView,
    frame::{Frame, Meta},
    structured,
    theme::{Fault, Theme},
    words::{Words, fill},
};

/// The front page of a day.
pub struct Front<'a> {
    pub paper: &'a Paper,
    /// Any moment of the day on the masthead.
    pub at: Millis,
    /// In order of rank: the first is the lead, the next [`SECONDARY`] stand under it, the rest is the river.
    pub cards: &'a [Card],
    /// Where earlier stories are; `None` where there are none.
    pub older: Option<&'a str>,
}

/// Stories in the row under the lead.
pub const SECONDARY: usize = 4;

#[derive(Serialize)]
struct Context<'a> {
    frame: Frame,
    lead: Option<CardView>,
    secondary: Vec<CardView>,
    river: Vec<CardView>,
    older: &'a str,
}

impl Theme {
    pub fn front(&self, front: &Front<'_>) -> Result<String, Fault> {
        let (paper, words) = (front.paper, Words::of_paper(front.paper));
        let title = match paper.tagline.as_str() {
            "" => paper.name.clone(),
            tagline => format!("{} – {tagline}", paper.name),
        };
        let description = match paper.tagline.as_str() {
            "" => fill(words.about_front, &[("paper", &paper.name)]),
            tagline => format!("{}. {tagline}.", paper.name),
        };
        let mut frame = Frame::new(paper, title, description, "/");
        frame.front = true;
        frame.day = words.weekday(&paper.zone, front.at);
        frame.day_iso = paper.zone.day(front.at).to_string();
        frame.meta = vec![
            Meta::property("og:type", "website"),
            Meta::property("og:title", &paper.name),
            Meta::property("og:url", paper.url("/")),
            Meta::property("og:site_name", &paper.name),
        ];
        frame.data = Value::from_safe_string(structured::script(&json!({
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": paper.name,
            "url": paper.url("/"),
            "inLanguage": frame.lang,
        })));
        let mut cards = CardView::all(paper, front.cards, Some(front.at)).into_iter();
        let lead = cards.next();
        let secondary = cards.by_ref().take(SECONDARY).collect();
        let older = front.older.unwrap_or_default();
        self.render("front.html", &Context { frame, lead, secondary, river: cards.collect(), older })
    }
}
