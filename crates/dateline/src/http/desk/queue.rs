//! `GET /desk/queue`: comments that wait for a moderator, and those removed or shown of late.

use super::{
    seat::Seat,
    turned::{Answer, page},
};
use crate::{
    app::{App, AppState},
    http::risks,
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use newsroom::{
    discussion::{CommentId, State as CommentState},
    staff::Act,
};
use pages::desk::{Desk, Queue, QueueRow, Ruled};
use std::collections::HashMap;
use store::comment::Waiting;

/// Comments on one page.
const ROWS: u32 = 30;

pub async fn queue(
    State(app): State<AppState>,
    seat: Seat,
    Query(asked): Query<HashMap<String, String>>,
) -> Answer {
    seat.needs(&app, Act::Moderate)?;
    let asked = |name: &str| asked.get(name).map_or("", String::as_str);
    let state = CommentState::parse(asked("state")).unwrap_or(CommentState::Held);
    screen(&app, &seat, state, asked("after").parse().ok(), None).await
}

/// One page of the queue; with `refused`, after a ruling that was not done.
pub(super) async fn screen(
    app: &App,
    seat: &Seat,
    state: CommentState,
    after: Option<CommentId>,
    refused: Option<&str>,
) -> Answer {
    let mut found = app.store.queue(state, after, ROWS + 1).await?;
    let more = found.len() > ROWS as usize;
    found.truncate(ROWS as usize);
    let next = found.last().filter(|_| more).map(|w| w.comment.id.to_string());
    let rows: Vec<QueueRow> = found.into_iter().map(row).collect();
    let desk = Desk { refused, ..seat.desk(app).await? };
    let after = after.map(|id| id.to_string());
    let view = Queue {
        desk: &desk,
        state,
        counts: app.store.count_comments().await?,
        rows: &rows,
        after: after.as_deref(),
        next: next.as_deref(),
    };
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page(status, app.theme.desk_queue(&view)?))
}

fn row(waiting: Waiting) -> QueueRow {
    QueueRow {
        comment: waiting.comment,
        headline: waiting.headline,
        path: waiting.path,
        parent: waiting.parent,
        why: waiting.why,
        risks: waiting.risks.as_deref().map(risks::read).unwrap_or_default(),
        ruled: waiting.ruled.map(|(at, by, note)| Ruled { at, by, note }),
    }
}
