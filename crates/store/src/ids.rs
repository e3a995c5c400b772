//! Numbers for stories and comments: small, and given out in blocks, so that taking one costs nothing.

use crate::{
    Store, args,
    error::{Error, Result},
    write::Write,
};
use tokio::sync::Mutex;

/// The block in hand.
#[derive(Default)]
pub(crate) struct Ids(Mutex<Block>);

#[derive(Default)]
struct Block {
    next: i64,
    end: i64,
    size: i64,
}

/// Blocks grow with use, so that a quiet paper's numbers stay small.
const FIRST: i64 = 16;
const LARGEST: i64 = 8_192;

/// So far that no number given out after a copy was made, with its receipt, is given out again by the copy.
const LEAP: i64 = 1_000_000;

/// Where numbers go on in a copy of a paper that may have gone on itself.
pub fn after_a_leap(next: i64) -> i64 {
    (next.saturating_add(2 * LEAP - 1) / LEAP).saturating_mul(LEAP)
}

impl Store {
    /// Leaves out the numbers that this paper may have given out since it was copied.
    pub async fn leap_ids(&self) -> Result<()> {
        let next = after_a_leap(self.next_unused_id().await?);
        let mut write = Write::new();
        write.step("UPDATE id_block SET next = $1 WHERE one = 1 AND next < $1", args![next]);
        self.commit(write).await.map(|_| ())
    }

    /// A number that no other story or comment of this paper has.
    pub async fn next_id(&self) -> Result<i64> {
        self.next_ids(1).await
    }

    /// The first of so many that follow each other.
    pub(crate) async fn next_ids(&self, count: usize) -> Result<i64> {
        let count = count as i64;
        let mut block = self.0.ids.0.lock().await;
        if block.end - block.next < count {
            block.size = (block.size * 4).clamp(FIRST, LARGEST).max(count);
            let mut write = Write::new();
            write
                .step("UPDATE id_block SET next = next + $1 WHERE one = 1 RETURNING next", args![block.size]);
            let outcome = self.commit(write).await?;
            let end = outcome.returned.first().copied().flatten();
            block.end = end.ok_or_else(|| Error::Broken("id_block is empty".into()))?;
            block.next = block.end - block.size;
        }
        block.next += count;
        Ok(block.next - count)
    }
}
