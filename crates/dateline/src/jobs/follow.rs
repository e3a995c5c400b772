//! Forgets pages that other nodes, or commands beside this one, have made stale.

use crate::app::AppState;
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(100);

pub async fn follow(app: AppState) {
    let mut follower = loop {
        match app.store.follow().await {
            Ok(follower) => break follower,
            Err(e) => tracing::warn!(error = %e, "the list of changes cannot be read"),
        }
        tokio::time::sleep(PAUSE * 10).await;
    };
    loop {
        tokio::time::sleep(PAUSE).await;
        match app.store.foreign_touches(&mut follower).await {
            Ok(touches) => app.touched(&touches),
            Err(e) => {
                tracing::warn!(error = %e, "the list of changes cannot be read");
                tokio::time::sleep(PAUSE * 10).await;
            }
        }
    }
}
