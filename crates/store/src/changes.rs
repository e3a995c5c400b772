//! What other nodes, and commands beside a running paper, have changed: followed by reading the list that
//! every commit adds to.

use crate::{Store, args, error::Result, write::Write};
use newsroom::{
    Millis,
    clock::HOUR,
    touch::{self, Touch},
};
use std::collections::BTreeSet;

/// Now, for rows that only machines read.
pub(crate) fn moment() -> Millis {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

pub(crate) fn now() -> i64 {
    moment().0
}

/// A reader of the list, from where it stood when opened.
pub struct Follower {
    /// All up to here were seen, but for those that may still be committing.
    last: i64,
    seen: BTreeSet<i64>,
}

/// On PostgreSQL a lower number may be committed after a higher one; so many numbers back are read again.
const OVERLAP: i64 = 200;

impl Store {
    pub async fn follow(&self) -> Result<Follower> {
        let last = self.one("SELECT COALESCE(MAX(seq), 0) FROM change", &[], |row| row.int(0)).await?;
        Ok(Follower { last: last.unwrap_or(0), seen: BTreeSet::new() })
    }

    /// What others have touched since it was last asked.
    pub async fn foreign_touches(&self, follower: &mut Follower) -> Result<Vec<Touch>> {
        let from = follower.last - OVERLAP;
        let rows = self
            .all(
                "SELECT seq, node, touches FROM change WHERE seq > $1 ORDER BY seq LIMIT 1000",
                &args![from],
                |row| Ok((row.int(0)?, row.int(1)?, row.text(2)?)),
            )
            .await?;
        let opened_at = follower.seen.is_empty().then_some(follower.last);
        let mut touches = Vec::new();
        for (seq, node, line) in rows {
            if !follower.seen.insert(seq) || opened_at.is_some_and(|at| seq <= at) {
                continue;
            }
            follower.last = follower.last.max(seq);
            if node == self.node() {
                continue;
            }
            for touch in touch::parse(&line) {
                if !touches.contains(&touch) {
                    touches.push(touch);
                }
            }
        }
        let keep = follower.last - OVERLAP;
        follower.seen = follower.seen.split_off(&keep);
        Ok(touches)
    }

    /// Drops what every node has read long since.
    pub async fn trim_changes(&self, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step("DELETE FROM change WHERE at < $1", args![now.plus(-HOUR)]);
        self.commit(write).await.map(|_| ())
    }
}
