//! Tells one webhook what happened, or notes why not.

use crate::{
    app::AppState,
    clock,
    failure::Failure,
    webhook::{self, NotTaken},
};
use newsroom::clock::MINUTE;
use store::letter::State;

/// A delivery in hand is left to its sender this long, in milliseconds.
const HELD: i64 = 2 * MINUTE;

pub async fn deliver(app: &AppState, id: i64, last: bool) -> Result<(), Failure> {
    let failed = |e: store::Error| Failure(e.to_string());
    let now = clock::now();
    let put = async |state, error: &str| {
        app.store.put_delivery(id, state, error, clock::now()).await.map_err(failed)
    };
    if !app.store.take_delivery(id, now, now.plus(HELD)).await.map_err(failed)? {
        let waits = app.store.delivery(id).await.map_err(failed)?.is_some_and(|d| d.state == State::Queued);
        return if waits { Err(Failure("somebody else is sending it".into())) } else { Ok(()) };
    }
    let Some(delivery) = app.store.delivery(id).await.map_err(failed)? else { return Ok(()) };
    let keys = app.store.webhook_keys(delivery.webhook, now).await.map_err(failed)?;
    let body = webhook::body(app, &delivery).await.map_err(failed)?;
    match webhook::post(&app.config.webhooks, &app.trust, &delivery, &body, &keys, now).await {
        Ok(()) => put(State::Sent, "").await,
        Err(NotTaken::ForGood(words)) => put(State::Failed, &words).await,
        Err(NotTaken::ForNow(words)) => {
            put(if last { State::Failed } else { State::Queued }, &words).await?;
            Err(Failure(words))
        }
    }
}
