//! Comments into the search index, a few at a time, so that those who post never wait for it; and the words of what
//! was erased out of it.

use super::Pace;
use crate::{app::AppState, clock};
use newsroom::discussion::CommentId;
use std::time::{Duration, Instant};
use store::job::Task;

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

/// One job sweeps so long; then others have their turn.
const SWEEP: Duration = Duration::from_millis(500);

pub async fn sweep(app: &AppState, begun: bool, pace: Pace) -> store::Result<()> {
    let (all, mut begin) = (Instant::now(), !begun);
    loop {
        let began = Instant::now();
        if app.store.sweep_index(begin).await? {
            return app.store.empty_write_log().await;
        }
        begin = false;
        if pace == Pace::Gentle {
            if all.elapsed() > SWEEP {
                return app.store.leave_job(&Task::SweepIndex { begun: true }, clock::now()).await;
            }
            tokio::time::sleep(began.elapsed() * REST).await;
        }
    }
}
