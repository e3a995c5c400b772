//! Asks the outside scorer about comments that are in, and holds those that the rule then holds.

use crate::{
    app::AppState,
    clock,
    failure::Failure,
    http::{risks, risks_json},
    outside::NotTaken,
    scorer,
};
use newsroom::discussion::{
    CommentId, State, rank,
    second_look::{Standing, join, second_look},
};
use store::comment::SecondLook;

/// Tries before a comment stands as the own screen saw it.
pub const TRIES: u32 = 4;

pub async fn comment(app: &AppState, id: CommentId, last: bool) -> Result<(), Failure> {
    match one(app, id).await {
        Ok(()) => Ok(()),
        Err(NotTaken::ForNow(why)) if !last => Err(Failure(format!("the scorer: {why}"))),
        Err(NotTaken::ForNow(why) | NotTaken::ForGood(why)) => {
            tracing::warn!(comment = id, why, "the scorer was not heard; the own screen's word stands");
            Ok(())
        }
    }
}

async fn one(app: &AppState, id: CommentId) -> Result<(), NotTaken> {
    let busy = |e: store::Error| NotTaken::ForNow(e.to_string());
    let Some(comment) = app.store.comment(id).await.map_err(busy)? else { return Ok(()) };
    // What a person decided, or its writer took back, needs no second look.
    if !matches!(comment.state, State::Shown | State::Held) {
        return Ok(());
    }
    let ruled = !app.store.rulings_of(id).await.map_err(busy)?.is_empty();
    if ruled {
        return Ok(());
    }
    let language = app.paper.language.split('-').next().unwrap_or("en");
    let said = scorer::ask(&app.config.scorer, &app.trust, &comment.text, language).await?;
    let (_, seen) = app.store.why_held(id).await.map_err(busy)?;
    let all = join(seen.as_deref().map(risks::read).unwrap_or_default(), said);
    let Some(story) = app.store.facts_of(comment.story).await.map_err(busy)? else { return Ok(()) };
    let standing = Standing { state: comment.state, ruled, staff: comment.staff, mode: story.mode };
    let policy = app.policy.with(story.own);
    let hold = second_look(standing, &all, &policy).map(|why| why.stored());
    let look = SecondLook {
        comment: &comment,
        rank: rank(&all, 0.0),
        risks: &risks_json(&all),
        hold: hold.as_deref(),
        now: clock::now(),
    };
    match app.store.look_again(&look).await {
        // A moderator was quicker, or its writer changed it: then it is asked about anew.
        Ok(()) | Err(store::Error::Taken(_) | store::Error::Gone(_)) => Ok(()),
        Err(e) => Err(busy(e)),
    }
}
