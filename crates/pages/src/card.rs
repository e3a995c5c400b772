//! A story in a list: what a template needs of it.

use newsroom::{Millis, paper::Paper, story::Card};
use serde::Serialize;

use crate::{
    figure::Figure,
    frame::{Time, direction, other},
    words::Words,
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
        let words = Words::of_paper(paper);
        let mut time = Time::of(paper, card.published_at);
        if let Some(at) = beside {
            let (zone, published) = (&paper.zone, card.published_at);
            time.words = if zone.day(at) == zone.day(published) {
                zone.format(published, "%H:%M")
            } else if zone.day(at).year() == zone.day(published).year() {
                words.day_of_year(zone, published)
            } else {
                words.day(zone, published)
            };
        }
        let other = other(words, paper, &card.language);
        CardView {
            path: card.path.clone(),
            headline: card.headline.clone(),
            kicker: if card.kicker.is_empty() { card.section.name.clone() } else { card.kicker.clone() },
            summary: card.summary.clone(),
            byline: if card.byline.is_empty() { card.agency.clone() } else { card.byline.clone() },
            time,
            comments: match card.comments {
                0 => String::new(),
                n => words.counted(words.comments, n),
            },
            photo: card.photo.as_ref().filter(|p| p.is_ready()).map(Figure::of),
            lang: other.unwrap_or_default().to_owned(),
            dir: other.map_or("", direction),
        }
    }

    pub fn all(paper: &Paper, cards: &[Card], beside: Option<Millis>) -> Vec<CardView> {
        cards.iter().map(|card| CardView::of(paper, card, beside)).collect()
    }
}
