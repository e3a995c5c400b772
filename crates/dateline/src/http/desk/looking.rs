//! `POST /desk/comments/{id}/look`: the script says which comment somebody has before them; the answer, who had it
//! already. A hint and no lock: it ends by itself after a minute.

use super::{posted::Posted, turned::Answer};
use crate::{app::AppState, clock};
use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse,
};
use newsroom::{clock::MINUTE, discussion::CommentId, staff::Act};
use serde_json::json;

pub async fn look(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let seat = posted.seat;
    seat.needs(&app, Act::Moderate)?;
    let now = clock::now();
    let who = app.store.look_at(id, seat.name(), now, now.plus(MINUTE)).await?;
    let by = who.filter(|who| who != seat.name());
    Ok(Json(json!({ "by": by })).into_response())
}
