//! A moderators' shift: what was ruled in it, what is left for the next, and what has waited too long.

use crate::{Store, args, error::Result, log, write::Write};
use newsroom::{
    Millis,
    discussion::shift::{Overdue, Waits, Worked},
};

/// Rulings of a shift that are gone through, the latest.
pub const MOST: u32 = 20_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftNote {
    pub at: Millis,
    pub staff: String,
    pub text: String,
}

impl Store {
    /// The latest [`MOST`] rulings since then, the latest first.
    pub async fn worked(&self, since: Millis) -> Result<Vec<Worked>> {
        self.all(
            "SELECT r.staff, r.ruling, r.reason, r.at, c.at, CAST(CASE WHEN c.held_why IS NULL THEN 0 ELSE 1 END AS BIGINT), \
             CAST(CASE WHEN EXISTS (SELECT 1 FROM ruling e WHERE e.comment_id = r.comment_id AND e.id < r.id) THEN 0 ELSE 1 END \
             AS BIGINT) \
             FROM ruling r JOIN comment c ON c.id = r.comment_id WHERE r.at >= $1 ORDER BY r.at DESC LIMIT $2",
            &args![since, MOST],
            |row| {
                let (at, written, held, first) = (row.int(3)?, row.int(4)?, row.flag(5)?, row.flag(6)?);
                Ok(Worked {
                    who: row.text(0)?,
                    ruling: row.text(1)?,
                    reason: row.opt_text(2)?,
                    waited: (held && first).then_some(at - written),
                })
            },
        )
        .await
    }

    /// What is undecided now.
    pub async fn waits(&self) -> Result<Waits> {
        let [held, ..] = self.count_comments().await?;
        let unread = self.count_unread().await?;
        let [reported, appealed, doubted] = self.count_complaints().await?;
        let since = self
            .one(
                "SELECT (SELECT MIN(at) FROM report WHERE decided_at IS NULL), \
                 (SELECT MIN(due) FROM appeal WHERE decided_at IS NULL), (SELECT count(*) FROM (SELECT id FROM tip \
                 WHERE done_at IS NULL LIMIT 1001) AS t)",
                &[],
                |row| Ok((row.opt_moment(0)?, row.opt_moment(1)?, row.int(2)?.unsigned_abs())),
            )
            .await?;
        let (oldest_report, next_appeal, tips) = since.unwrap_or_default();
        Ok(Waits { held, unread, reported, appealed, doubted, tips, oldest_report, next_appeal })
    }

    /// Reported comments undecided since before `before`, and appeals whose day is over at `now`.
    pub async fn overdue(&self, before: Option<Millis>, now: Millis) -> Result<Overdue> {
        let counts = self
            .one(
                "SELECT (SELECT count(DISTINCT comment_id) FROM report WHERE decided_at IS NULL AND at < $1), \
                 (SELECT count(*) FROM appeal WHERE decided_at IS NULL AND due < $2)",
                &args![before.unwrap_or(Millis(i64::MIN)), now],
                |row| Ok(Overdue { reported: row.int(0)?.unsigned_abs(), appealed: row.int(1)?.unsigned_abs() }),
            )
            .await?;
        Ok(counts.unwrap_or_default())
    }

    pub async fn leave_shift_note(&self, text: &str, who: &str, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step("INSERT INTO shift_note (at, staff, text) VALUES ($1, $2, $3)", args![now, who, text]);
        write.and(log::entry(now, who, "left a note", "next shift"));
        self.commit(write).await.map(|_| ())
    }

    /// The latest first.
    pub async fn shift_notes(&self, most: u32) -> Result<Vec<ShiftNote>> {
        self.all("SELECT at, staff, text FROM shift_note ORDER BY id DESC LIMIT $1", &args![most], |row| {
            Ok(ShiftNote { at: row.moment(0)?, staff: row.text(1)?, text: row.text(2)? })
        })
        .await
    }
}
