//! `/desk/shift?since=…`: what was ruled since then, what is left for the next, and notes from shift to shift.

use super::{
    posted::Posted,
    queue::overdue,
    rule::refused,
    seat::Seat,
    turned::{Answer, page},
    ways,
};
use crate::{app::AppState, clock, reports::BY_READERS};
use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use jiff::civil::DateTime;
use newsroom::{
    clock::{DAY, HOUR},
    discussion::shift::account,
    staff::Act,
};
use pages::desk::{Said, ShiftDesk};
use std::collections::HashMap;

/// Where nothing is asked for, in milliseconds.
const USUAL: i64 = 8 * HOUR;
/// A count goes no further back, in milliseconds.
const FURTHEST: i64 = 14 * DAY;
/// Notes on the page.
const NOTES: u32 = 20;
/// Longest note, in characters.
const LONGEST: usize = 2_000;

pub async fn shift(
    State(app): State<AppState>,
    seat: Seat,
    Query(asked): Query<HashMap<String, String>>,
) -> Answer {
    seat.needs(&app, Act::Moderate)?;
    let now = clock::now();
    let since = asked.get("since").and_then(|at| at.parse::<DateTime>().ok());
    let since = since.and_then(|at| app.paper.zone.moment(at)).unwrap_or(now.plus(-USUAL));
    let since = since.clamp(now.plus(-FURTHEST), now);
    let worked = app.store.worked(since).await?;
    let notes = app.store.shift_notes(NOTES).await?;
    let notes: Vec<_> = notes.into_iter().map(|n| (n.at, n.staff, n.text)).collect();
    let waits = app.store.waits().await?;
    let desk = seat.desk(&app).await?;
    let html = app.theme.desk_shift(&ShiftDesk {
        desk: &desk,
        since,
        reasons: &*app.house.reasons(&app.store).await?,
        shift: &account(&worked, BY_READERS),
        cut_short: worked.len() >= store::shift::MOST as usize,
        waits: &waits,
        alarm: &overdue(&app, now).await?,
        notes: &notes,
    })?;
    Ok(page(StatusCode::OK, html))
}

pub async fn note(State(app): State<AppState>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted.may(&app, Act::Moderate)?;
    let text = form.text("text").trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        let why = format!("A note has 1 to {LONGEST} characters.");
        return refused(&app, &seat, &form, &why).await;
    }
    app.store.leave_shift_note(text, seat.name(), clock::now()).await?;
    Ok(ways::on("/desk/shift", Said::ShiftNoted))
}
