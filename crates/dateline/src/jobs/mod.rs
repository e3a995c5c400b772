//! What happens after the answer: jobs that changes left in the database, what other nodes changed, and
//! the sweeping of what nobody needs any more. Each job may run twice.

mod follow;
mod index;
mod learn;
mod publish;
mod renditions;
mod run;
mod sweep;

pub use learn::round as learn;
pub use publish::save_published;
pub use renditions::make_ready;

use crate::app::AppState;

/// Starts all of it on the current runtime; it ends with the runtime.
pub fn start(app: AppState) {
    tokio::spawn(run::run(app.clone()));
    tokio::spawn(follow::follow(app.clone()));
    tokio::spawn(learn::learn(app.clone()));
    tokio::spawn(sweep::sweep(app));
}

/// Does every job that is due, and those that these leave; for commands and tests.
pub async fn finish(app: &AppState) -> store::Result<()> {
    while run::round(app).await? > 0 {}
    Ok(())
}
