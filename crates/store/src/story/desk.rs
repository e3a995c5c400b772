//! Stories as the desk lists them: by status, the latest first.

use crate::{Store, args, error::Result};
use newsroom::{
    Millis,
    story::{Status, StoryId},
};

/// One line of the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskRow {
    pub id: StoryId,
    pub urgency: u8,
    pub slugline: String,
    pub headline: String,
    pub language: String,
    pub agency: String,
    pub section: String,
    pub created_at: Millis,
    pub scheduled_for: Option<Millis>,
    pub published_at: Option<Millis>,
    pub changed_at: Option<Millis>,
    pub embargo_until: Option<Millis>,
    /// What the reader of its format wanted the desk to know, a line each; of the latest item.
    pub notes: Vec<String>,
    /// The sender's latest word is: not now.
    pub withheld: bool,
}

/// A line of a thing's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    pub at: Millis,
    pub who: String,
    pub act: String,
}

/// In the cases in which words stand in a paper: small, as typed, with a capital, in capitals. The databases
/// themselves fold no letters but ASCII's.
fn cases(filter: &str) -> [String; 4] {
    let typed: String = filter.trim().chars().filter(|c| !matches!(c, '%' | '_' | '\\')).collect();
    let small = typed.to_lowercase();
    let mut letters = small.chars();
    let capital = letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect());
    [small, typed.clone(), capital, typed.to_uppercase()]
}

impl Store {
    /// Received before (`before`: time and id), with `filter` somewhere in headline, slugline, agency or
    /// section; empty for all.
    pub async fn desk_stories(
        &self,
        status: Status,
        filter: &str,
        before: Option<(Millis, StoryId)>,
        most: u32,
    ) -> Result<Vec<DeskRow>> {
        let (at, id) = before.unwrap_or((Millis(i64::MAX), i64::MAX));
        let cases = cases(filter);
        let like = |at: usize| format!("%{}%", cases[at]);
        self.all(
            "SELECT s.id, s.urgency, s.slugline, s.headline, s.language, s.agency, n.name, s.created_at, \
             s.scheduled_for, s.published_at, s.changed_at, s.embargo_until, COALESCE(i.note, ''), \
             COALESCE(i.outcome, '') FROM story s JOIN section n ON n.slug = s.section \
             LEFT JOIN item i ON i.id = (SELECT MAX(id) FROM item WHERE item.story_id = s.id) \
             WHERE s.status = $1 AND (s.created_at, s.id) < ($2, $3) \
             AND ($4 = '' OR lower(s.headline || ' ' || s.slugline || ' ' || s.agency || ' ' || n.name) LIKE $4 \
             OR s.headline || ' ' || s.slugline || ' ' || s.agency || ' ' || n.name LIKE $5 \
             OR s.headline || ' ' || s.slugline || ' ' || s.agency || ' ' || n.name LIKE $6 \
             OR s.headline || ' ' || s.slugline || ' ' || s.agency || ' ' || n.name LIKE $7) \
             ORDER BY s.created_at DESC, s.id DESC LIMIT $8",
            &args![
                status.as_str(),
                at,
                id,
                if cases[0].is_empty() { String::new() } else { like(0) },
                like(1),
                like(2),
                like(3),
                most
            ],
            |row| {
                Ok(DeskRow {
                    id: row.int(0)?,
                    urgency: u8::try_from(row.int(1)?).unwrap_or(0),
                    slugline: row.text(2)?,
                    headline: row.text(3)?,
                    language: row.text(4)?,
                    agency: row.text(5)?,
                    section: row.text(6)?,
                    created_at: row.moment(7)?,
                    scheduled_for: row.opt_moment(8)?,
                    published_at: row.opt_moment(9)?,
                    changed_at: row.opt_moment(10)?,
                    embargo_until: row.opt_moment(11)?,
                    notes: row.text(12)?.lines().map(str::to_owned).collect(),
                    withheld: row.text(13)? == "withheld",
                })
            },
        )
        .await
    }

    /// In the order of [`Status::ALL`].
    pub async fn count_stories_by_status(&self) -> Result<[u64; 5]> {
        let mut counts = [0; 5];
        let rows = self
            .all("SELECT status, count(*) FROM story GROUP BY status", &[], |row| {
                Ok((row.word(0, Status::parse)?, row.int(1)?))
            })
            .await?;
        for (status, count) in rows {
            if let Some(at) = Status::ALL.iter().position(|s| *s == status) {
                counts[at] = count.unsigned_abs();
            }
        }
        Ok(counts)
    }

    /// What was done with it, the latest first.
    pub async fn story_history(&self, id: StoryId) -> Result<Vec<Deed>> {
        self.all(
            "SELECT at, who, act FROM log WHERE what = $1 ORDER BY at DESC, id DESC LIMIT 200",
            &args![format!("story {id}")],
            |row| Ok(Deed { at: row.moment(0)?, who: row.text(1)?, act: row.text(2)? }),
        )
        .await
    }

    /// What the readers of formats wanted the desk to know of it, the latest item's words.
    pub async fn story_notes(&self, id: StoryId) -> Result<Vec<String>> {
        let notes = self
            .one("SELECT note FROM item WHERE story_id = $1 ORDER BY id DESC LIMIT 1", &args![id], |row| {
                row.text(0)
            })
            .await?;
        Ok(notes.unwrap_or_default().lines().map(str::to_owned).collect())
    }
}
