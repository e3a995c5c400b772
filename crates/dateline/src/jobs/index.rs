//! Comments into the search index, a few at a time, so that those who post never wait for it.

use crate::app::AppState;
use newsroom::discussion::CommentId;

/// Comments in one change of the index.
const AT_ONCE: usize = 64;

pub async fn comments(app: &AppState, ids: &[CommentId]) -> store::Result<()> {
    for some in ids.chunks(AT_ONCE) {
        app.store.index_comments(some).await?;
        tokio::task::yield_now().await;
    }
    Ok(())
}
