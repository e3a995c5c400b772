//! `GET /desk/queue`: comments that wait for a moderator, and those removed or shown of late.

use super::{
    seat::Seat,
    turned::{Answer, page},
};
use crate::{
    app::{App, AppState},
    clock,
    http::risks,
    problem::Fault,
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use newsroom::{
    clock::HOUR,
    discussion::{CommentId, View, appeal::may_decide},
    staff::Act,
};
use pages::desk::{AppealRow, Desk, Queue, QueueRow, Ruled};
use std::collections::HashMap;
use store::comment::Waiting;

/// Comments on one page.
const ROWS: u32 = 30;
/// A ruling can be taken back so long, in milliseconds.
const UNDO_WITHIN: i64 = HOUR;

pub async fn queue(
    State(app): State<AppState>,
    seat: Seat,
    Query(asked): Query<HashMap<String, String>>,
) -> Answer {
    seat.needs(&app, Act::Moderate)?;
    let asked = |name: &str| asked.get(name).map_or("", String::as_str);
    let view = View::parse(asked("state")).unwrap_or(View::Held);
    screen(&app, &seat, view, asked("after").parse().ok(), None).await
}

/// One page of the queue; with `refused`, after a ruling that was not done.
pub(super) async fn screen(
    app: &App,
    seat: &Seat,
    view: View,
    after: Option<CommentId>,
    refused: Option<&str>,
) -> Answer {
    let mut found = app.store.queue(view, after, ROWS + 1).await?;
    let more = found.len() > ROWS as usize;
    found.truncate(ROWS as usize);
    let turns = !matches!(view, View::Reported | View::Appealed);
    let next = found.last().filter(|_| more && turns).map(|w| w.comment.id.to_string());
    let somebody_else = match view {
        View::Appealed => somebody_else(app, seat.name()).await?,
        _ => true,
    };
    let rows: Vec<QueueRow> =
        found.into_iter().map(|waiting| row(waiting, seat.name(), somebody_else)).collect();
    let [held, removed, shown] = app.store.count_comments().await?;
    let [reported, appealed] = app.store.count_complaints().await?;
    let since = clock::now().plus(-UNDO_WITHIN);
    let desk = Desk { refused, ..seat.desk(app).await? };
    let after = after.map(|id| id.to_string());
    let queue = Queue {
        desk: &desk,
        view,
        counts: [held, reported, appealed, removed, shown],
        undo: app.store.last_ruled_by(seat.name(), since).await?,
        rows: &rows,
        after: after.as_deref(),
        next: next.as_deref(),
    };
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page(status, app.theme.desk_queue(&queue)?))
}

/// Whether somebody besides this person may rule on comments.
pub(super) async fn somebody_else(app: &App, name: &str) -> Result<bool, Fault> {
    let people = app.store.list_people().await?;
    Ok(people.iter().any(|p| p.disabled_at.is_none() && p.name != name && p.role.may(Act::Moderate)))
}

fn row(waiting: Waiting, who: &str, somebody_else: bool) -> QueueRow {
    QueueRow {
        comment: waiting.comment,
        headline: waiting.headline,
        path: waiting.path,
        parent: waiting.parent,
        why: waiting.why,
        risks: waiting.risks.as_deref().map(risks::read).unwrap_or_default(),
        last_ruling: waiting.last_ruling,
        reports: waiting.reports.into_iter().map(|r| (r.reason, r.text)).collect(),
        appeal: waiting.appeal.map(|a| AppealRow {
            may: may_decide(&a.first, who, somebody_else),
            text: a.text,
            due: a.due,
            first: a.first,
        }),
        ruled: waiting.ruled.map(|(at, by, note)| Ruled { at, by, note }),
    }
}
