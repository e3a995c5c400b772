//! Moderators' daily letter: its cause is the hour, not a change.

use crate::{app::AppState, clock, letters};
use newsroom::Millis;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(60);

pub async fn watch(app: AppState) {
    loop {
        tokio::time::sleep(EVERY).await;
        if let Err(e) = to_moderators(&app, clock::now()).await {
            tracing::warn!(error = %e, "moderators could not be written to");
        }
    }
}

/// Leaves the letters of the day, where they are due at `now` and something waits.
pub async fn to_moderators(app: &AppState, now: Millis) -> store::Result<()> {
    letters::to_moderators(app, now).await
}
