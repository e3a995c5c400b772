//! The moderator's lists: what waits, what was removed, what is shown.

use super::find::{comment, comments};
use crate::{Store, args, error::Result};
use newsroom::{
    Millis,
    discussion::{Comment, CommentId, State},
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
}

const HELD: &str = comments!("WHERE c.state = 'held' AND c.id > $1 ORDER BY c.id LIMIT $2");
const REMOVED: &str = comments!("WHERE c.state = 'removed' AND c.id < $1 ORDER BY c.id DESC LIMIT $2");
const SHOWN: &str = comments!("WHERE c.state = 'shown' AND c.id < $1 ORDER BY c.id DESC LIMIT $2");

impl Store {
    /// Held: oldest first, numbers above `after`. Removed and shown: latest first, numbers below it.
    pub async fn queue(&self, state: State, after: Option<CommentId>, most: u32) -> Result<Vec<Waiting>> {
        let (sql, start) = match state {
            State::Held => (HELD, 0),
            State::Removed => (REMOVED, i64::MAX),
            State::Shown => (SHOWN, i64::MAX),
        };
        let comments = self.all(sql, &args![after.unwrap_or(start), most], comment).await?;
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
                "SELECT at, staff, note FROM ruling WHERE comment_id = $1 ORDER BY at DESC, id DESC LIMIT 1",
                &args![comment.id],
                |row| Ok((row.moment(0)?, row.text(1)?, row.text(2)?)),
            )
            .await?;
        let parent = match comment.parent {
            Some(id) => self.comment(id).await?,
            None => None,
        };
        Ok(Waiting { comment, headline, path, parent, why: why.unwrap_or_default(), risks, ruled })
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
