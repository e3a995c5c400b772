//! The moderator's lists: what waits, what was removed, what is shown.

use super::{
    appeal::Appeal,
    find::{comment, comments},
    report::Report,
};
use crate::{Store, args, error::Result};
use newsroom::{
    Millis,
    discussion::{Comment, CommentId, View},
};

/// One comment with what a moderator must see to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub comment: Comment,
    pub headline: String,
    /// `None` while readers cannot see the story.
    pub path: Option<String>,
    pub parent: Option<Comment>,
    /// Why it was held, in words; empty where it was not.
    pub why: String,
    /// What the screen saw, as JSON.
    pub risks: Option<String>,
    /// The latest ruling: when, by whom, with what note.
    pub ruled: Option<(Millis, String, String)>,
    /// Its number; 0 where there is none.
    pub last_ruling: i64,
    /// Undecided ones, the oldest first.
    pub reports: Vec<Report>,
    /// The one that waits.
    pub appeal: Option<Appeal>,
}

const HELD: &str = comments!("WHERE c.state = 'held' AND c.id > $1 ORDER BY c.id LIMIT $2");
const REMOVED: &str = comments!("WHERE c.state = 'removed' AND c.id < $1 ORDER BY c.id DESC LIMIT $2");
// Both are as long as what waits for a moderator, not as the archive.
const REPORTED: &str = comments!(
    "JOIN (SELECT comment_id, count(*) AS reports, MIN(at) AS since FROM report WHERE decided_at IS NULL \
     GROUP BY comment_id) AS r ON r.comment_id = c.id WHERE c.id > $1 ORDER BY r.reports DESC, r.since, c.id LIMIT $2"
);
const APPEALED: &str = comments!(
    "JOIN appeal a ON a.comment_id = c.id AND a.decided_at IS NULL WHERE c.id > $1 ORDER BY a.due, c.id LIMIT $2"
);
const SHOWN: &str = comments!("WHERE c.state = 'shown' AND c.id < $1 ORDER BY c.id DESC LIMIT $2");

impl Store {
    /// Held: numbers above `after`. Removed and shown: numbers below it. Reported and appealed have no
    /// second page: ruling on the first makes room.
    pub async fn queue(&self, view: View, after: Option<CommentId>, most: u32) -> Result<Vec<Waiting>> {
        let (sql, start) = match view {
            View::Held => (HELD, after.unwrap_or(0)),
            View::Reported => (REPORTED, 0),
            View::Appealed => (APPEALED, 0),
            View::Removed => (REMOVED, after.unwrap_or(i64::MAX)),
            View::Shown => (SHOWN, after.unwrap_or(i64::MAX)),
        };
        let comments = self.all(sql, &args![start, most], comment).await?;
        futures_util::future::try_join_all(comments.into_iter().map(|c| self.waiting(c))).await
    }

    /// With what a moderator must see.
    pub async fn waiting(&self, comment: Comment) -> Result<Waiting> {
        let story = self
            .one(
                "SELECT headline, day, slug, status FROM story WHERE id = $1",
                &args![comment.story],
                |row| {
                    let path = match (row.opt_text(1)?, row.opt_text(2)?, row.text(3)?.as_str()) {
                        (Some(day), Some(slug), "published") => {
                            Some(format!("/{}/{slug}", day.replace('-', "/")))
                        }
                        _ => None,
                    };
                    Ok((row.text(0)?, path))
                },
            )
            .await?;
        let (headline, path) = story.unwrap_or_default();
        let (why, risks) = self.why_held(comment.id).await?;
        let ruled = self
            .one(
                "SELECT at, staff, note, id FROM ruling WHERE comment_id = $1 ORDER BY id DESC LIMIT 1",
                &args![comment.id],
                |row| Ok(((row.moment(0)?, row.text(1)?, row.text(2)?), row.int(3)?)),
            )
            .await?;
        let last_ruling = ruled.as_ref().map_or(0, |(_, id)| *id);
        let ruled = ruled.map(|(ruled, _)| ruled);
        let reports = self.open_reports(comment.id).await?;
        let appeal = self.appeals_of(comment.id).await?.into_iter().find(|a| a.decided_at.is_none());
        let parent = match comment.parent {
            Some(id) => self.comment(id).await?,
            None => None,
        };
        Ok(Waiting {
            comment,
            headline,
            path,
            parent,
            why: why.unwrap_or_default(),
            risks,
            ruled,
            last_ruling,
            reports,
            appeal,
        })
    }

    /// Comments in each state: held, removed, shown.
    pub async fn count_comments(&self) -> Result<[u64; 3]> {
        let counts = self
            .one(
                "SELECT CAST(COALESCE(SUM(held), 0) AS BIGINT), CAST(COALESCE(SUM(removed), 0) AS BIGINT), \
                 CAST(COALESCE(SUM(shown), 0) AS BIGINT) FROM discussion",
                &[],
                |row| Ok([row.int(0)?, row.int(1)?, row.int(2)?].map(i64::unsigned_abs)),
            )
            .await?;
        Ok(counts.unwrap_or_default())
    }

    /// Comments with undecided reports, and appeals that wait.
    pub async fn count_complaints(&self) -> Result<[u64; 2]> {
        let counts = self
            .one(
                "SELECT (SELECT count(DISTINCT comment_id) FROM report WHERE decided_at IS NULL), \
                 (SELECT count(*) FROM appeal WHERE decided_at IS NULL)",
                &[],
                |row| Ok([row.int(0)?, row.int(1)?].map(i64::unsigned_abs)),
            )
            .await?;
        Ok(counts.unwrap_or_default())
    }

    /// Comments that wait, counted up to 1,000.
    pub async fn count_held(&self) -> Result<u64> {
        let count = self
            .one(
                "SELECT count(*) FROM (SELECT id FROM comment WHERE state = 'held' LIMIT 1000) AS waiting",
                &[],
                |row| row.int(0),
            )
            .await?;
        Ok(count.unwrap_or(0).unsigned_abs())
    }
}
