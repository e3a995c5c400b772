//! What the desk puts forward in a discussion: editors' picks, and the thread that stands first.

use super::{
    posted::Posted,
    rule::{back, refused},
    turned::Answer,
    ways,
};
use crate::{app::AppState, clock};
use axum::extract::{Path, State};
use newsroom::{discussion::CommentId, staff::Act};
use pages::desk::Said;
use store::Error;

const NOT_SHOWN: &str = "Only a comment that is shown can be put forward.";

pub async fn feature(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    let on = !form.text("on").is_empty();
    match app.store.feature(id, on, seat.name(), clock::now()).await {
        Ok(()) => Ok(ways::on(back(&form), if on { Said::Featured } else { Said::Unfeatured })),
        Err(Error::Gone(_)) => refused(&app, &seat, &form, NOT_SHOWN).await,
        Err(e) => Err(e.into()),
    }
}

pub async fn pin(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    let on = !form.text("on").is_empty();
    match app.store.pin(id, on, seat.name(), clock::now()).await {
        Ok(()) => Ok(ways::on(back(&form), if on { Said::Pinned } else { Said::Unpinned })),
        Err(Error::Gone(_)) => refused(&app, &seat, &form, NOT_SHOWN).await,
        Err(e) => Err(e.into()),
    }
}
