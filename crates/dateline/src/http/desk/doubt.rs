//! `POST /desk/comments/{id}/doubt`: asks the other moderators for a second opinion.

use super::{posted::Posted, rule::back, turned::Answer, ways};
use crate::{app::AppState, clock};
use axum::extract::{Path, State};
use newsroom::{discussion::CommentId, staff::Act};
use pages::desk::Said;
use store::Error;

/// Longest question, in characters.
const LONGEST: usize = 500;

pub async fn ask(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted.may(&app, Act::Moderate)?;
    let note: String = form.text("note").trim().chars().take(LONGEST).collect();
    match app.store.doubt(id, &note, seat.name(), clock::now()).await {
        Ok(()) => Ok(ways::on(back(&form), Said::Doubted)),
        Err(Error::Gone(_)) => Err(seat.not_here(&app, &format!("There is no comment {id}."))),
        Err(e) => Err(e.into()),
    }
}
