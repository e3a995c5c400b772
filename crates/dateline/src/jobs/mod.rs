//! What happens after the answer: jobs that changes left in the database, what other nodes changed, and
//! the sweeping of what nobody needs any more. Each job may run twice.

mod digest;
mod end_reader;
mod follow;
mod index;
mod learn;
mod letter;
mod publish;
mod renditions;
mod run;
mod score;
mod sweep;
mod tell;
mod webhook;

pub use digest::to_moderators;
pub use learn::round as learn;
pub use publish::save_published;
pub use renditions::make_ready;

use crate::{app::AppState, clock};
use newsroom::Millis;
use store::job::Lane;

/// Whether somebody may be waiting for the database meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pace {
    /// Readers post.
    Gentle,
    /// A command waits for the end.
    Brisk,
}

/// Starts all of it on the current runtime; it ends with the runtime.
pub fn start(app: AppState) {
    for lane in Lane::ALL {
        tokio::spawn(run::run(app.clone(), lane));
    }
    tokio::spawn(digest::watch(app.clone()));
    tokio::spawn(follow::follow(app.clone()));
    tokio::spawn(learn::learn(app.clone()));
    tokio::spawn(sweep::sweep(app));
}

/// Does every job that is due, and those that these leave; for commands and tests.
pub async fn finish(app: &AppState) -> store::Result<()> {
    finish_until(app, clock::now()).await
}

/// The same of every job due at that moment.
pub async fn finish_until(app: &AppState, now: Millis) -> store::Result<()> {
    loop {
        let mut done = 0;
        for lane in Lane::ALL {
            // What these leave is due a moment later than they were.
            done += run::round(app, lane, now.max(clock::now()), Pace::Brisk).await?;
        }
        if done == 0 {
            return Ok(());
        }
    }
}
