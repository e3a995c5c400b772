//! The moderator's lists: what waits, what nobody has read yet, what was removed, what is shown.

use super::{
    appeal::Appeal,
    doubt::Doubt,
    edit::Revision,
    find::{comment, comments},
    report::Report,
    sought::{Sought, says},
    tip::Tip,
};
use crate::{
    Store, args,
    error::Result,
    site::{mode_in_force, own_policy},
    write::Write,
};
use newsroom::discussion::{Comment, CommentId, Mode, OwnPolicy, PastRuling, State, View};

/// One comment with what a moderator must see to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub comment: Comment,
    pub headline: String,
    /// `None` while readers cannot see the story.
    pub path: Option<String>,
    /// How its discussion takes comments.
    pub mode: Mode,
    /// What the site of its page has set.
    pub own: OwnPolicy,
    /// What it answers, and what that answers, the nearest last: at most [`ABOVE`].
    pub above: Vec<Comment>,
    /// Why it was held, in words; empty where it was not.
    pub why: String,
    /// What the screen saw, as JSON.
    pub risks: Option<String>,
    /// All that was ruled on it, the oldest first.
    pub rulings: Vec<PastRuling>,
    /// Undecided ones, the oldest first.
    pub reports: Vec<Report>,
    /// The one that waits.
    pub appeal: Option<Appeal>,
    pub doubt: Option<Doubt>,
    /// What was passed on to the editors because of it.
    pub tips: Vec<Tip>,
    /// Whether its thread stands first in its discussion.
    pub pinned: bool,
    /// Whether its thread takes no more replies.
    pub closed: bool,
    /// Of its writer's latest comments: shown, held, removed.
    pub standing: [u32; 3],
    /// What it said before its writer changed it, the oldest first.
    pub before: Vec<Revision>,
}

impl Waiting {
    /// The number of the latest ruling; 0 where there is none.
    pub fn last_ruling(&self) -> i64 {
        self.rulings.last().map_or(0, |r| r.id)
    }

    /// What it answers.
    pub fn parent(&self) -> Option<&Comment> {
        self.above.last()
    }
}

/// Comments above one that are told with it.
pub const ABOVE: u32 = 8;

/// Of those that wait so many are looked through at once for words and risks; further ones on the next page.
pub const WINDOW: u32 = 2_000;

/// Nothing is counted further, so that no count grows with the archive; one more stands for more.
pub const COUNTED_TO: u64 = 1_000;

const HELD: &str =
    comments!("WHERE c.state = 'held' AND (c.rank, c.id) > ($1, $2) ORDER BY c.rank, c.id LIMIT $3");
// No list of candidates is longer than a window, however long the queue.
const HELD_SOUGHT: &str = comments!(
    "JOIN (SELECT h.id AS held_id FROM comment h WHERE h.state = 'held' AND (h.rank, h.id) > ($1, $2) \
     ORDER BY h.rank, h.id LIMIT $3) AS w ON w.held_id = c.id \
     WHERE ($4 = '' OR c.risks LIKE $4) ORDER BY c.rank, c.id LIMIT $5"
);
const HELD_SOUGHT_UNDER: &str = comments!(
    "JOIN (SELECT h.id AS held_id FROM comment h WHERE h.story_id = $1 AND h.state = 'held' \
     AND (h.rank, h.id) > ($2, $3) ORDER BY h.rank, h.id LIMIT $4) AS w ON w.held_id = c.id \
     WHERE ($5 = '' OR c.risks LIKE $5) ORDER BY c.rank, c.id LIMIT $6"
);
const NEW: &str = comments!(
    "WHERE c.unread = 1 AND c.state = 'shown' AND (c.rank, c.id) > ($1, $2) ORDER BY c.rank, c.id LIMIT $3"
);
const ALL: &str = comments!("WHERE c.id < $1 ORDER BY c.id DESC LIMIT $2");
const REMOVED: &str = comments!("WHERE c.state = 'removed' AND c.id < $1 ORDER BY c.id DESC LIMIT $2");
// Both are as long as what waits for a moderator, not as the archive.
const REPORTED: &str = comments!(
    "JOIN (SELECT comment_id, count(*) AS reports, MIN(at) AS since FROM report WHERE decided_at IS NULL \
     GROUP BY comment_id) AS r ON r.comment_id = c.id WHERE c.id > $1 ORDER BY r.reports DESC, r.since, c.id LIMIT $2"
);
const APPEALED: &str = comments!(
    "JOIN appeal a ON a.comment_id = c.id AND a.decided_at IS NULL WHERE c.id > $1 ORDER BY a.due, c.id LIMIT $2"
);
const DOUBTED: &str = comments!(
    "JOIN doubt d ON d.comment_id = c.id AND d.decided_at IS NULL WHERE c.id > $1 ORDER BY d.at, c.id LIMIT $2"
);
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
                    let risk = sought.risk_pattern();
                    // Words are looked for here: each database has small letters of its own.
                    let read = if sought.words.is_empty() { most } else { WINDOW };
                    match sought.story {
                        None => (HELD_SOUGHT, args![rank, id, WINDOW, risk, read]),
                        Some(story) => (HELD_SOUGHT_UNDER, args![story, rank, id, WINDOW, risk, read]),
                    }
                }
            }
            View::New => {
                let (rank, id) = self.place_in_queue(after).await?;
                (NEW, args![rank, id, most])
            }
            View::All => (ALL, args![after.unwrap_or(i64::MAX), most]),
            View::Reported => (REPORTED, args![0i64, most]),
            View::Appealed => (APPEALED, args![0i64, most]),
            View::Doubted => (DOUBTED, args![0i64, most]),
            View::Removed => (REMOVED, args![after.unwrap_or(i64::MAX), most]),
            View::Shown => (SHOWN, args![after.unwrap_or(i64::MAX), most]),
            View::Mine => (MINE, args![who, self.latest_of(who, after).await?, most]),
        };
        let comments = match view {
            View::Held => {
                let (words, mut found) = (sought.folded_words(), 0);
                let rows = self.all(sql, &args, |row| {
                    let one = if found < most { Some(comment(row)?) } else { None };
                    let one = one.filter(|c| says(c, &words));
                    found += u32::from(one.is_some());
                    Ok(one)
                });
                rows.await?.into_iter().flatten().collect()
            }
            _ => self.all(sql, &args, comment).await?,
        };
        futures_util::future::try_join_all(comments.into_iter().map(|c| self.waiting(c))).await
    }

    /// Where a comment stands among the held, decided meanwhile or not; before all where there is none.
    async fn place_in_queue(&self, after: Option<CommentId>) -> Result<(i64, CommentId)> {
        let Some(id) = after else { return Ok((-1, 0)) };
        let rank = self.one("SELECT rank FROM comment WHERE id = $1", &args![id], |row| row.int(0)).await?;
        Ok((rank.unwrap_or(-1), id))
    }

    /// The last comment of the window that [`Store::queue`] looks through after `after`; `None` where that window
    /// reaches the queue's end.
    pub async fn window_end(&self, sought: &Sought, after: Option<CommentId>) -> Result<Option<CommentId>> {
        let (rank, id) = self.place_in_queue(after).await?;
        let last = i64::from(WINDOW) - 1;
        let at = |row: &crate::value::Row<'_>| row.int(0);
        match sought.story {
            None => {
                let sql = "SELECT id FROM comment WHERE state = 'held' AND (rank, id) > ($1, $2) ORDER BY rank, id \
                           LIMIT 1 OFFSET $3";
                self.one(sql, &args![rank, id, last], at).await
            }
            Some(story) => {
                let sql = "SELECT id FROM comment WHERE story_id = $1 AND state = 'held' AND (rank, id) > ($2, $3) \
                           ORDER BY rank, id LIMIT 1 OFFSET $4";
                self.one(sql, &args![story, rank, id, last], at).await
            }
        }
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
                concat!(
                    "SELECT s.headline, s.day, s.slug, s.status, d.pinned_id, ",
                    mode_in_force!(),
                    ", COALESCE((SELECT r.closed FROM comment r WHERE r.id = $1), 0), t.hold_at, t.closes_after_days, \
                     t.first_held FROM story s LEFT JOIN discussion d ON d.story_id = s.id \
                     LEFT JOIN outside o ON o.story_id = s.id LEFT JOIN site t ON t.key = o.site_key WHERE s.id = $2"
                ),
                &args![comment.root, comment.story],
                |row| {
                    let path = match (row.opt_text(1)?, row.opt_text(2)?, row.text(3)?.as_str()) {
                        (Some(day), Some(slug), "published" | "outside") => {
                            Some(format!("/{}/{slug}", day.replace('-', "/")))
                        }
                        _ => None,
                    };
                    let own = own_policy(row, 7)?;
                    Ok((row.text(0)?, path, row.opt_int(4)?, row.word(5, Mode::parse)?, row.flag(6)?, own))
                },
            )
            .await?;
        let (headline, path, pinned, mode, closed, own) = story.unwrap_or_default();
        let (why, risks) = self.why_held(comment.id).await?;
        let rulings = self.rulings_of(comment.id).await?;
        let reports = self.open_reports(comment.id).await?;
        let appeal = self.appeals_of(comment.id).await?.into_iter().find(|a| a.decided_at.is_none());
        let above = match comment.parent {
            Some(id) => self.comments_above(id).await?,
            None => vec![],
        };
        let tips = self.tips_of(comment.id).await?;
        let doubt = self.doubt_on(comment.id).await?;
        let standing = self.standing_of(&comment.name, &comment.network).await?;
        let before = match comment.edited.is_some() || comment.state == State::Withdrawn {
            true => self.revisions_of(comment.id).await?,
            false => vec![],
        };
        Ok(Waiting {
            before,
            pinned: pinned == Some(comment.root),
            closed,
            doubt,
            standing,
            comment,
            headline,
            path,
            mode,
            own,
            above,
            why: why.unwrap_or_default(),
            risks,
            rulings,
            reports,
            appeal,
            tips,
        })
    }

    /// That comment, and what it answers upwards, the nearest last.
    async fn comments_above(&self, id: CommentId) -> Result<Vec<Comment>> {
        self.all(
            concat!(
                "WITH RECURSIVE up (id, parent_id, far) AS (SELECT c.id, c.parent_id, 1 FROM comment c WHERE c.id = $1 \
                 UNION ALL SELECT c.id, c.parent_id, up.far + 1 FROM comment c JOIN up ON c.id = up.parent_id \
                 WHERE up.far < $2) ",
                comments!("JOIN up ON up.id = c.id ORDER BY up.far DESC")
            ),
            &args![id, ABOVE],
            comment,
        )
        .await
    }

    /// Comments in each state: held, removed, shown; each counted up to one more than [`COUNTED_TO`].
    pub async fn count_comments(&self) -> Result<[u64; 3]> {
        let counts = self
            .one(
                "SELECT (SELECT count(*) FROM (SELECT id FROM comment WHERE state = 'held' LIMIT $1) AS h), \
                 (SELECT count(*) FROM (SELECT id FROM comment WHERE state = 'removed' LIMIT $1) AS r), \
                 (SELECT count(*) FROM (SELECT id FROM comment WHERE state = 'shown' LIMIT $1) AS s)",
                &args![COUNTED_TO as i64 + 1],
                |row| Ok([row.int(0)?, row.int(1)?, row.int(2)?].map(i64::unsigned_abs)),
            )
            .await?;
        Ok(counts.unwrap_or_default())
    }

    /// Comments with undecided reports, appeals that wait, second opinions asked for; counted so far as
    /// [`Store::count_comments`] does.
    pub async fn count_complaints(&self) -> Result<[u64; 3]> {
        let counts = self
            .one(
                "SELECT (SELECT count(*) FROM (SELECT DISTINCT comment_id FROM report WHERE decided_at IS NULL LIMIT $1) \
                 AS r), (SELECT count(*) FROM (SELECT id FROM appeal WHERE decided_at IS NULL LIMIT $1) AS a), \
                 (SELECT count(*) FROM (SELECT comment_id FROM doubt WHERE decided_at IS NULL LIMIT $1) AS d)",
                &args![COUNTED_TO as i64 + 1],
                |row| Ok([row.int(0)?, row.int(1)?, row.int(2)?].map(i64::unsigned_abs)),
            )
            .await?;
        Ok(counts.unwrap_or_default())
    }

    /// Comments that wait, counted so far.
    pub async fn count_held(&self) -> Result<u64> {
        self.count_so_far(
            "SELECT count(*) FROM (SELECT id FROM comment WHERE state = 'held' LIMIT $1) AS waiting",
        )
        .await
    }

    /// Shown comments that no moderator has read, counted so far.
    pub async fn count_unread(&self) -> Result<u64> {
        self.count_so_far(
            "SELECT count(*) FROM (SELECT id FROM comment WHERE unread = 1 AND state = 'shown' LIMIT $1) AS unread",
        )
        .await
    }

    async fn count_so_far(&self, sql: &'static str) -> Result<u64> {
        let count = self.one(sql, &args![COUNTED_TO as i64 + 1], |row| row.int(0)).await?;
        Ok(count.unwrap_or(0).unsigned_abs())
    }

    /// A moderator has read them and leaves them as they are.
    pub async fn mark_read(&self, ids: &[CommentId]) -> Result<()> {
        let mut write = Write::new();
        for id in ids {
            write.step("UPDATE comment SET unread = 0 WHERE id = $1 AND unread = 1", args![*id]);
        }
        self.commit(write).await.map(|_| ())
    }
}
