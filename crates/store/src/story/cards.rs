//! Stories as they stand in a list: each list is one walk of an index, however large the archive.

use super::parts;
use crate::{
    Store,
    error::Result,
    value::{Row, Value},
};
use newsroom::{
    Millis,
    section::Section,
    slug::Slug,
    story::{Card, StoryId},
};

/// Which stories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListOf {
    All,
    Section(Slug),
    Topic(Slug),
    Author(Slug),
    /// Published from the first moment up to the second, exclusive.
    Between(Millis, Millis),
}

/// Where an older or newer page of a list begins: beyond the story published then with this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since {
    pub at: Millis,
    pub id: StoryId,
}

impl Since {
    pub fn of(card: &Card) -> Since {
        Since { at: card.published_at, id: card.id }
    }

    pub fn render(self) -> String {
        format!("{}-{}", self.at.0, self.id)
    }

    pub fn parse(text: &str) -> Option<Since> {
        let (at, id) = text.rsplit_once('-')?;
        Some(Since { at: Millis(at.parse().ok()?), id: id.parse().ok().filter(|id| *id >= 0)? })
    }
}

macro_rules! card_columns {
    ($from:literal) => {
        concat!(
            "SELECT s.id, s.day, s.slug, s.headline, s.kicker, s.summary, s.section, n.name, s.byline, s.agency, \
             s.language, s.published_at, s.changed_at, s.urgency, COALESCE(d.shown, 0), p.id, p.digest, p.width, \
             p.height, p.renditions, p.caption, p.alt, p.agency, p.photographer FROM ",
            $from,
            " JOIN section n ON n.slug = s.section LEFT JOIN discussion d ON d.story_id = s.id \
             LEFT JOIN photo p ON p.story_id = s.id AND p.position = 0 WHERE "
        )
    };
}

/// A list going down in time and one going up: by one thing ($1), from time and id ($2, $3), so many ($4).
macro_rules! cards_of {
    ($from:literal, $condition:literal, $at:literal, $id:literal) => {
        [
            concat!(
                card_columns!($from),
                $condition,
                " AND (",
                $at,
                ", ",
                $id,
                ") < ($2, $3) ORDER BY ",
                $at,
                " DESC, ",
                $id,
                " DESC LIMIT $4"
            ),
            concat!(
                card_columns!($from),
                $condition,
                " AND (",
                $at,
                ", ",
                $id,
                ") > ($2, $3) ORDER BY ",
                $at,
                " ASC, ",
                $id,
                " ASC LIMIT $4"
            ),
        ]
    };
}

const OF_SECTION: [&str; 2] =
    cards_of!("story s", "s.status = 'published' AND s.section = $1", "s.published_at", "s.id");
const OF_TOPIC: [&str; 2] = cards_of!(
    "story_topic t JOIN story s ON s.id = t.story_id",
    "t.topic = $1 AND t.published_at IS NOT NULL",
    "t.published_at",
    "t.story_id"
);
const OF_AUTHOR: [&str; 2] = cards_of!(
    "story_author a JOIN story s ON s.id = a.story_id",
    "a.author = $1 AND a.published_at IS NOT NULL",
    "a.published_at",
    "a.story_id"
);
// The first condition ends the walk at the day's beginning or end.
const BETWEEN: [&str; 2] =
    cards_of!("story s", "s.status = 'published' AND s.published_at >= $1", "s.published_at", "s.id");

const BY_ID: &str = concat!(card_columns!("story s"), "s.id = $1 AND s.status = 'published'");

pub(crate) fn card(row: &Row<'_>) -> Result<Card> {
    let photo = match row.opt_int(15)? {
        Some(_) => Some(parts::photo(row, 15)?),
        None => None,
    };
    Ok(Card {
        id: row.int(0)?,
        path: format!("/{}/{}", row.text(1)?.replace('-', "/"), row.text(2)?),
        headline: row.text(3)?,
        kicker: row.text(4)?,
        summary: row.text(5)?,
        section: Section { slug: row.word(6, Slug::parse)?, name: row.text(7)? },
        byline: row.text(8)?,
        agency: row.text(9)?,
        language: row.text(10)?,
        photo,
        published_at: row.moment(11)?,
        changed_at: row.opt_moment(12)?,
        urgency: u8::try_from(row.int(13)?).unwrap_or(0),
        comments: row.count(14)?,
    })
}

impl Store {
    /// Published stories of a list, the newest first, older than `before`.
    pub async fn cards(&self, of: &ListOf, before: Option<Since>, most: u32) -> Result<Vec<Card>> {
        let from = before.unwrap_or(Since { at: Millis(i64::MAX), id: i64::MAX });
        self.walk(of, from, most, 0).await
    }

    /// Those just newer than `after`, the newest first.
    pub async fn newer_cards(&self, of: &ListOf, after: Since, most: u32) -> Result<Vec<Card>> {
        let mut cards = self.walk(of, after, most, 1).await?;
        cards.reverse();
        Ok(cards)
    }

    async fn walk(&self, of: &ListOf, from: Since, most: u32, way: usize) -> Result<Vec<Card>> {
        let edge: [Value; 3] = [from.at.into(), from.id.into(), most.into()];
        let with = |first: Value| std::iter::once(first).chain(edge.clone()).collect::<Vec<_>>();
        let (sql, args) = match of {
            ListOf::All => (BETWEEN[way], with(i64::MIN.into())),
            ListOf::Section(slug) => (OF_SECTION[way], with(slug.as_str().into())),
            ListOf::Topic(slug) => (OF_TOPIC[way], with(slug.as_str().into())),
            ListOf::Author(slug) => (OF_AUTHOR[way], with(slug.as_str().into())),
            ListOf::Between(first, end) => {
                // Nothing at or after the end; the walk goes down from there.
                let at = from.at.min(*end);
                let id = if from.at < *end { from.id } else { 0 };
                (BETWEEN[way], vec![(*first).into(), at.into(), id.into(), most.into()])
            }
        };
        let mut cards = self.all(sql, &args, card).await?;
        if let ListOf::Between(_, end) = of {
            cards.retain(|c| c.published_at < *end);
        }
        Ok(cards)
    }

    /// One story as it stands in a list; `None` unless it is published.
    pub async fn card(&self, id: StoryId) -> Result<Option<Card>> {
        self.one(BY_ID, &crate::args![id], card).await
    }

    /// The printed name of a topic or an author that has published stories.
    pub async fn topic_name(&self, slug: &Slug) -> Result<Option<String>> {
        self.one(
            "SELECT t.name FROM topic t JOIN story_topic st ON st.topic = t.slug \
             WHERE t.slug = $1 AND st.published_at IS NOT NULL LIMIT 1",
            &crate::args![slug.as_str()],
            |row| row.text(0),
        )
        .await
    }

    pub async fn author_name(&self, slug: &Slug) -> Result<Option<String>> {
        self.one(
            "SELECT name FROM story_author WHERE author = $1 AND published_at IS NOT NULL LIMIT 1",
            &crate::args![slug.as_str()],
            |row| row.text(0),
        )
        .await
    }

    /// The printed name of a section that any story stands in.
    pub async fn section_name(&self, slug: &Slug) -> Result<Option<String>> {
        self.one("SELECT name FROM section WHERE slug = $1", &crate::args![slug.as_str()], |row| row.text(0))
            .await
    }
}
