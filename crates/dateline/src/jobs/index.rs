//! Comments into the search index, a few at a time, so that those who post never wait for it.

use super::Pace;
use crate::app::AppState;
use newsroom::discussion::CommentId;
use std::time::Instant;

/// Comments in one change of the index.
const AT_ONCE: usize = 64;
/// Many comments of one job were posted in one moment: the paper is under load, and the index may lag a
/// while. It then works for one part of the time and rests for so many.
const REST: u32 = 5;

pub async fn comments(app: &AppState, ids: &[CommentId], pace: Pace) -> store::Result<()> {
    for some in ids.chunks(AT_ONCE) {
        let began = Instant::now();
        app.store.index_comments(some).await?;
        if pace == Pace::Gentle && ids.len() > 8 {
            tokio::time::sleep(began.elapsed() * REST).await;
        }
    }
    Ok(())
}
