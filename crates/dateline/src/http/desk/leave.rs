//! `POST /desk/comments/{id}/leave`: a moderator has read what was shown at once, and has nothing against it.

use super::{posted::Posted, rule::back, turned::Answer, ways};
use crate::app::AppState;
use axum::extract::{Path, State};
use newsroom::{discussion::CommentId, staff::Act};
use pages::desk::Said;

pub async fn leave(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    app.store.mark_read(&[id]).await?;
    Ok(ways::on(back(&form), Said::Read))
}
