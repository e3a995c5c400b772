//! Sends one letter, or notes why not.

use crate::{app::AppState, clock, failure::Failure, letters};
use letters::NotSent;
use newsroom::clock::MINUTE;
use store::letter::State;

/// A letter in hand is left to its sender this long, in milliseconds; longer than any server may take.
const HELD: i64 = 2 * MINUTE;

pub async fn send(app: &AppState, id: i64, last: bool) -> Result<(), Failure> {
    let failed = |e: store::Error| Failure(e.to_string());
    let now = clock::now();
    let put =
        async |state, error: &str| app.store.put_letter(id, state, error, clock::now()).await.map_err(failed);
    if !app.store.take_letter(id, now, now.plus(HELD)).await.map_err(failed)? {
        let waits = app.store.letter(id).await.map_err(failed)?.is_some_and(|l| l.state == State::Queued);
        // In another's hands, who may have ended in the middle: looked at again.
        return if waits { Err(Failure("somebody else is sending it".into())) } else { Ok(()) };
    }
    let Some(letter) = app.store.letter(id).await.map_err(failed)? else { return Ok(()) };
    let Some(post) = &app.post else {
        return put(State::Dropped, "the paper sends no letters any more").await;
    };
    let composed = match letters::compose(app, &letter, now).await {
        Ok(Some(composed)) => composed,
        Ok(None) => return put(State::Dropped, "").await,
        Err(why) => {
            put(if last { State::Failed } else { State::Queued }, &why.0).await?;
            return Err(why);
        }
    };
    match post.send(&letter.recipient, id, &composed).await {
        Ok(()) => {
            put(State::Sent, "").await?;
            app.store.forget_digest_lines(&composed.lines).await.map_err(failed)
        }
        Err(NotSent::ForGood(words)) => put(State::Failed, &words).await,
        Err(NotSent::ForNow(words)) => {
            put(if last { State::Failed } else { State::Queued }, &words).await?;
            Err(Failure(words))
        }
    }
}
