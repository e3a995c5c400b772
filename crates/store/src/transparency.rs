//! What the moderators did within a time, counted: the facts of a transparency report (DSA Art. 15, 24).

use crate::{Store, args, error::Result, value::Row};
use newsroom::Millis;

/// All of it from `from` up to, not with, `until`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transparency {
    /// Comments written here: what an archive brought was said elsewhere, and nobody could hold it at first.
    pub comments: u64,
    /// Of these held by a rule or the screen before anybody saw them.
    pub held: u64,
    /// Reports by their reason's code.
    pub notices: Vec<(String, u64)>,
    /// Rulings by their word and, where they have one, their reason's code.
    pub rulings: Vec<(String, String, u64)>,
    /// Holds for the number of readers' reports: the only ruling that no person makes.
    pub automated: u64,
    pub appeals: u64,
    pub upheld: u64,
    pub kept: u64,
    /// Medians, in milliseconds; `None` where nothing was decided.
    pub notice_decided_within: Option<i64>,
    pub appeal_decided_within: Option<i64>,
}

/// Of numbers in order; of an even count the lower of the two in the middle.
fn median(sorted: &[i64]) -> Option<i64> {
    sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}

fn count(row: &Row<'_>, at: usize) -> Result<u64> {
    Ok(row.int(at)?.unsigned_abs())
}

impl Store {
    /// Walks all rulings and comments of the time: for a report now and then, not for a page of readers.
    /// `machine` is under whose name the paper itself holds comments.
    pub async fn transparency(&self, from: Millis, until: Millis, machine: &str) -> Result<Transparency> {
        let time = args![from, until];
        let (comments, held) = self
            .one(
                "SELECT count(*), count(held_why) FROM comment WHERE at >= $1 AND at < $2 AND brought = 0",
                &time,
                |row| Ok((count(row, 0)?, count(row, 1)?)),
            )
            .await?
            .unwrap_or_default();
        let notices = self
            .all(
                "SELECT reason, count(*) FROM report WHERE at >= $1 AND at < $2 GROUP BY reason ORDER BY reason",
                &time,
                |row| Ok((row.text(0)?, count(row, 1)?)),
            )
            .await?;
        let rulings = self
            .all(
                "SELECT ruling, COALESCE(reason, ''), count(*) FROM ruling WHERE at >= $1 AND at < $2 \
                 AND staff <> $3 GROUP BY ruling, COALESCE(reason, '') ORDER BY 1, 2",
                &args![from, until, machine],
                |row| Ok((row.text(0)?, row.text(1)?, count(row, 2)?)),
            )
            .await?;
        let automated = self
            .one(
                "SELECT count(*) FROM ruling WHERE at >= $1 AND at < $2 AND staff = $3",
                &args![from, until, machine],
                |row| count(row, 0),
            )
            .await?;
        let (appeals, upheld, kept) = self
            .one(
                "SELECT count(*), count(CASE WHEN outcome = 'upheld' THEN 1 END), \
                 count(CASE WHEN outcome = 'kept' THEN 1 END) FROM appeal WHERE at >= $1 AND at < $2",
                &time,
                |row| Ok((count(row, 0)?, count(row, 1)?, count(row, 2)?)),
            )
            .await?
            .unwrap_or_default();
        let notice_times = self
            .all(
                // A report also ends with the comment that its writer withdraws: nobody decided that.
                "SELECT decided_at - at FROM report WHERE at >= $1 AND at < $2 AND decided_at IS NOT NULL \
                 AND outcome <> 'withdrawn' ORDER BY 1",
                &time,
                |row| row.int(0),
            )
            .await?;
        let appeal_times = self
            .all(
                "SELECT decided_at - at FROM appeal WHERE at >= $1 AND at < $2 AND decided_at IS NOT NULL ORDER BY 1",
                &time,
                |row| row.int(0),
            )
            .await?;
        Ok(Transparency {
            comments,
            held,
            notices,
            rulings,
            automated: automated.unwrap_or(0),
            appeals,
            upheld,
            kept,
            notice_decided_within: median(&notice_times),
            appeal_decided_within: median(&appeal_times),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn in_the_middle() {
        assert_eq!(
            (median(&[]), median(&[4]), median(&[1, 3]), median(&[1, 2, 9])),
            (None, Some(4), Some(1), Some(2))
        );
    }
}
