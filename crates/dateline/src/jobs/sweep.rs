//! Drops what has served its time.

use crate::{app::AppState, clock, readers};
use newsroom::clock::{DAY, HOUR};
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(600);

pub async fn sweep(app: AppState) {
    loop {
        if let Err(e) = crate::discussion_rules::keep(&app).await {
            tracing::warn!(error = %e, "the discussion's rules could not be noted down");
        }
        tokio::time::sleep(EVERY).await;
        let now = clock::now();
        let swept = async {
            let record = now.plus(-(app.config.letters.keep_days as i64 * DAY));
            app.store.sweep_letters(record).await?;
            app.store.sweep_subscriptions(now, record).await?;
            let first = app.prints.first_kept(now);
            app.prints.forget(first);
            app.store.destroy_print_keys(first).await?;
            app.store.forget_prints(first).await?;
            app.store.forget_ended_bans(now).await?;
            app.store.forget_spent_proofs(now).await?;
            app.store.forget_knocks(now.plus(-HOUR)).await?;
            app.store.sweep_reader_sessions(readers::SPAN, now).await?;
            app.store.free_rested_names(now).await?;
            app.store.end_readers_without_job(now).await?;
            app.store.trim_changes(now).await?;
            app.store.forget_recent_texts(now.plus(-app.policy.duplicate_within)).await
        };
        if let Err(e) = swept.await {
            tracing::warn!(error = %e, "what is old could not be swept");
        }
    }
}
