//! The moderator's lists: what waits, what was removed, what is shown.

use super::{
    appeal::Appeal,
    doubt::Doubt,
    edit::Revision,
    find::{comment, comments},
    report::Report,
    sought::Sought,
};
use crate::{Store, args, error::Result};
use newsroom::{
    Millis,
    discussion::{Comment, CommentId, State, View},
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
    pub doubt: Option<Doubt>,
    /// Whether its thread stands first in its discussion.
    pub pinned: bool,
    /// Of its writer's latest comments: shown, held, removed.
    pub standing: [u32; 3],
    /// What it said before its writer changed it, the oldest first.
    pub before: Vec<Revision>,
}

const HELD: &str =
    comments!("WHERE c.state = 'held' AND (c.rank, c.id) > ($1, $2) ORDER BY c.rank, c.id LIMIT $3");
const HELD_SOUGHT: &str = comments!(
    "WHERE c.state = 'held' AND (c.rank, c.id) > ($1, $2) AND (CAST($3 AS BIGINT) < 0 OR c.story_id = $3) \
     AND ($4 = '' OR c.risks LIKE $4) AND ($5 = '' OR lower(c.text) LIKE $5 ESCAPE '\\' OR lower(c.name) LIKE $5 \
     ESCAPE '\\') ORDER BY c.rank, c.id LIMIT $6"
);
const REMOVED: &str = comments!("WHERE c.state = 'removed' AND c.id < $1 ORDER BY c.id DESC LIMIT $2");
// Both are as long as what waits for a moderator, not as the archive.
const REPORTED: &str = comments!(
    "JOIN (SELECT comment_id, count(*) AS reports, MIN(at) AS since FROM report WHERE decided_at IS NULL \
     GROUP BY comment_id) AS r ON r.comment_id = c.id WHERE c.id > $1 ORDER BY r.reports DESC, r.since, c.id LIMIT $2"
);
const APPEALED: &str = comments!(
    "JOIN appeal a ON a.comment_id = c.id AND a.decided_at IS NULL WHERE c.id > $1 ORDER BY a.due, c.id LIMIT $2"
);
const DOUBTED: &str =
    comments!("JOIN doubt d ON d.comment_id = c.id WHERE c.id > $1 ORDER BY d.at, c.id LIMIT $2");
const MINE: &str = comments!(
    "JOIN ruling r ON r.comment_id = c.id WHERE r.staff = $1 AND r.id < $2 AND NOT EXISTS (SELECT 1 FROM ruling n \
     WHERE n.comment_id = r.comment_id AND n.staff = $1 AND n.id > r.id) ORDER BY r.id DESC LIMIT $3"
);
const SHOWN: &str = comments!("WHERE c.state = 'shown' AND c.id < $1 ORDER BY c.id DESC LIMIT $2");

impl Store {
    /// Those that stand after the comment `after`. Reported, appealed and doubted have no second page: ruling
    /// on the first makes room. `who` looks, for [`View::Mine`]; `sought` narrows [`View::Held`].
    pub async fn queue(
        &self,
        view: View,
        who: &str,
        sought: &Sought,
        after: Option<CommentId>,
        most: u32,
    ) -> Result<Vec<Waiting>> {
        let (sql, args) = match view {
            View::Held => {
                let (rank, id) = self.place_in_queue(after).await?;
                if *sought == Sought::default() {
                    (HELD, args![rank, id, most])
                } else {
                    let (risk, words) = (sought.risk_pattern(), sought.words_pattern());
                    (HELD_SOUGHT, args![rank, id, sought.story.unwrap_or(-1), risk, words, most])
                }
            }
            View::Reported => (REPORTED, args![0i64, most]),
            View::Appealed => (APPEALED, args![0i64, most]),
            View::Doubted => (DOUBTED, args![0i64, most]),
            View::Removed => (REMOVED, args![after.unwrap_or(i64::MAX), most]),
            View::Shown => (SHOWN, args![after.unwrap_or(i64::MAX), most]),
            View::Mine => (MINE, args![who, self.latest_of(who, after).await?, most]),
        };
        let comments = self.all(sql, &args, comment).await?;
        futures_util::future::try_join_all(comments.into_iter().map(|c| self.waiting(c))).await
    }

    /// Where a comment stands among the held, decided meanwhile or not; before all where there is none.
    async fn place_in_queue(&self, after: Option<CommentId>) -> Result<(i64, CommentId)> {
        let Some(id) = after else { return Ok((-1, 0)) };
        let rank = self.one("SELECT rank FROM comment WHERE id = $1", &args![id], |row| row.int(0)).await?;
        Ok((rank.unwrap_or(-1), id))
    }

    /// The number of somebody's latest ruling on a comment; beyond all where there is none.
    async fn latest_of(&self, who: &str, after: Option<CommentId>) -> Result<i64> {
        let Some(id) = after else { return Ok(i64::MAX) };
        let latest = self
            .one(
                "SELECT COALESCE(MAX(id), 0) FROM ruling WHERE comment_id = $1 AND staff = $2",
                &args![id, who],
                |row| row.int(0),
            )
            .await?;
        Ok(latest.filter(|n| *n > 0).unwrap_or(i64::MAX))
    }

    /// With what a moderator must see.
    pub async fn waiting(&self, comment: Comment) -> Result<Waiting> {
        let story = self
            .one(
                "SELECT s.headline, s.day, s.slug, s.status, d.pinned_id FROM story s \
                 LEFT JOIN discussion d ON d.story_id = s.id WHERE s.id = $1",
                &args![comment.story],
                |row| {
                    let path = match (row.opt_text(1)?, row.opt_text(2)?, row.text(3)?.as_str()) {
                        (Some(day), Some(slug), "published" | "outside") => {
                            Some(format!("/{}/{slug}", day.replace('-', "/")))
                        }
                        _ => None,
                    };
                    Ok((row.text(0)?, path, row.opt_int(4)?))
                },
            )
            .await?;
        let (headline, path, pinned) = story.unwrap_or_default();
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
        let doubt = self.doubt_on(comment.id).await?;
        let standing = self.standing_of(&comment.name, &comment.network).await?;
        let before = match comment.edited.is_some() || comment.state == State::Withdrawn {
            true => self.revisions_of(comment.id).await?,
            false => vec![],
        };
        Ok(Waiting {
            before,
            pinned: pinned == Some(comment.root),
            doubt,
            standing,
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

    /// Comments with undecided reports, appeals that wait, second opinions asked for.
    pub async fn count_complaints(&self) -> Result<[u64; 3]> {
        let counts = self
            .one(
                "SELECT (SELECT count(DISTINCT comment_id) FROM report WHERE decided_at IS NULL), \
                 (SELECT count(*) FROM appeal WHERE decided_at IS NULL), (SELECT count(*) FROM doubt)",
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
