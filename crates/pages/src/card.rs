//! A story in a list: what a template needs of it.

use newsroom::{Millis, paper::Paper, story::Card};
use serde::Serialize;

use crate::{
    figure::Figure,
    frame::{Time, counted, direction},
};

#[derive(Serialize)]
pub(crate) struct CardView {
    pub path: String,
    pub headline: String,
    /// The kicker, or the section's name where there is none.
    pub kicker: String,
    pub summary: String,
    pub byline: String,
    pub time: Time,
    /// `23 comments`; empty where there are none yet.
    pub comments: String,
    pub photo: Option<Figure>,
    /// Language and direction, where they are not the paper's.
    pub lang: String,
    pub dir: &'static str,
}

impl CardView {
    /// `beside`: the moment of the page it stands on, where a time of the same day is enough.
    pub fn of(paper: &Paper, card: &Card, beside: Option<Millis>) -> CardView {
        let mut time = Time::of(paper, card.published_at);
        if let Some(at) = beside {
            let pattern = if paper.zone.day(at) == paper.zone.day(card.published_at) {
                "%H:%M"
            } else if paper.zone.day(at).year() == paper.zone.day(card.published_at).year() {
                "%-d %B"
            } else {
                "%-d %B %Y"
            };
            time.words = paper.zone.format(card.published_at, pattern);
        }
        let other = !card.language.is_empty() && card.language != paper.language;
        CardView {
            path: card.path.clone(),
            headline: card.headline.clone(),
            kicker: if card.kicker.is_empty() { card.section.name.clone() } else { card.kicker.clone() },
            summary: card.summary.clone(),
            byline: if card.byline.is_empty() { card.agency.clone() } else { card.byline.clone() },
            time,
            comments: match card.comments {
                0 => String::new(),
                n => counted(n, "comment", "comments"),
            },
            photo: card.photo.as_ref().filter(|p| p.is_ready()).map(Figure::of),
            lang: if other { card.language.clone() } else { String::new() },
            dir: if other { direction(&card.language) } else { "" },
        }
    }

    pub fn all(paper: &Paper, cards: &[Card], beside: Option<Millis>) -> Vec<CardView> {
        cards.iter().map(|card| CardView::of(paper, card, beside)).collect()
    }
}
