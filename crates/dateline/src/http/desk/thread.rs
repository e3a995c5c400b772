//! `POST /desk/comments/{id}/thread`: closes the thread in which a comment stands, or opens it again.

use super::{posted::Posted, rule::back, turned::Answer, ways};
use crate::{app::AppState, clock};
use axum::extract::{Path, State};
use newsroom::{discussion::CommentId, staff::Act};
use pages::desk::Said;
use store::Error;

pub async fn close(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted.may(&app, Act::Moderate)?;
    let closed = !form.text("closed").is_empty();
    match app.store.close_thread(id, closed, seat.name(), clock::now()).await {
        Ok(_) => Ok(ways::on(back(&form), if closed { Said::ThreadClosed } else { Said::ThreadOpened })),
        Err(Error::Gone(_)) => Err(seat.not_here(&app, &format!("There is no comment {id}."))),
        Err(e) => Err(e.into()),
    }
}
