//! Comments into the search index, a few at a time, so that those who post never wait for it; and the words of what
//! was erased out of it.

use super::Pace;
use crate::{app::AppState, clock};
use newsroom::{Millis, clock::MINUTE, discussion::CommentId};
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

/// While somebody reads as of an earlier moment, the log keeps what was swept out; an export takes minutes.
const READ: i64 = 5 * MINUTE;

/// What is left to be done, and when.
pub async fn sweep(app: &AppState, begun: bool, pace: Pace) -> store::Result<Option<(Task, Millis)>> {
    let (all, mut begin) = (Instant::now(), !begun);
    let more = |at| Ok(Some((Task::SweepIndex { begun: true }, at)));
    loop {
        let began = Instant::now();
        if app.store.sweep_index(begin).await? {
            return match app.store.empty_write_log().await? {
                true => Ok(None),
                false => more(clock::now().plus(READ)),
            };
        }
        begin = false;
        if pace == Pace::Gentle {
            if all.elapsed() > SWEEP {
                return more(clock::now());
            }
            tokio::time::sleep(began.elapsed() * REST).await;
        }
    }
}
