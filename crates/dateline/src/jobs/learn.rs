//! Learns what the paper's moderators remove, from their latest rulings. Made anew each time and kept in memory:
//! a ruling that was taken back leaves no trace, and nothing has to be kept in step between nodes.

use crate::{app::AppState, clock, screening::rehearsal::THRESHOLDS};
use newsroom::clock::DAY;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(600);
/// Rulings that are learnt from, the latest, within so many days.
const MOST: u32 = 20_000;
const DAYS: i64 = 365;

pub async fn learn(app: AppState) {
    // Where it is not switched on nobody asks it.
    if app.config.discussion.learned_hold_at <= 0.0 {
        return;
    }
    loop {
        if let Err(e) = round(&app).await {
            tracing::warn!(error = %e, "nothing could be learnt from the rulings");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// One lesson.
pub async fn round(app: &AppState) -> store::Result<()> {
    let ruled = app.store.ruled_texts(clock::now().plus(-DAYS * DAY), MOST).await?;
    let taught = tokio::task::spawn_blocking(move || {
        screen::learned::rehearse(ruled.iter().map(|r| (r.text.as_str(), r.removed)), &THRESHOLDS).0
    });
    match taught.await {
        Ok(learned) => app.screening.learns(learned),
        Err(e) => tracing::warn!(error = %e, "learning failed"),
    }
    Ok(())
}
