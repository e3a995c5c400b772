//! `GET /desk`: the inbox, and the other lists by status.

use super::{
    seat::Seat,
    turned::{Answer, page},
    ways,
};
use crate::app::AppState;
use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use newsroom::{
    Millis,
    staff::Act,
    story::{Status, StoryId},
};
use pages::desk::{Inbox, InboxRow};
use std::collections::HashMap;
use store::story::DeskRow;

/// Rows on one page.
const ROWS: u32 = 50;
/// Tips from discussions that are told of at once.
const TIPS: u32 = 50;

pub async fn inbox(
    State(app): State<AppState>,
    seat: Seat,
    Query(asked): Query<HashMap<String, String>>,
) -> Answer {
    if !seat.may(Act::Edit) && asked.is_empty() {
        return Ok(ways::go(seat.home()));
    }
    seat.needs(&app, Act::Edit)?;
    let asked = |name: &str| asked.get(name).map_or("", String::as_str);
    let tab = Status::parse(asked("tab")).unwrap_or(Status::Draft);
    let filter: String = asked("q").trim().chars().take(200).collect();
    let before = cursor(asked("before"));
    let mut found = app.store.desk_stories(tab, &filter, before, ROWS + 1).await?;
    let more = found.len() > ROWS as usize;
    found.truncate(ROWS as usize);
    let older = found.last().filter(|_| more).map(|row| format!("{}-{}", row.created_at.0, row.id));
    let rows: Vec<InboxRow> = found.into_iter().map(|row| line(row, tab)).collect();
    let desk = seat.desk(&app).await?;
    let view = Inbox {
        desk: &desk,
        tab,
        counts: app.store.count_stories_by_status().await?,
        filter: &filter,
        rows: &rows,
        tips: &app.store.stories_with_tips(TIPS).await?,
        older: older.as_deref(),
    };
    Ok(page(StatusCode::OK, app.theme.desk_inbox(&view)?))
}

/// `{milliseconds}-{id}` of the last row of the page before.
fn cursor(text: &str) -> Option<(Millis, StoryId)> {
    let (at, id) = text.split_once('-')?;
    Some((Millis(at.parse().ok()?), id.parse().ok()?))
}

fn line(row: DeskRow, tab: Status) -> InboxRow {
    let at = match tab {
        Status::Draft | Status::Spiked => None,
        Status::Scheduled => row.scheduled_for,
        Status::Published | Status::Outside => row.published_at,
        Status::Killed => row.changed_at,
    };
    InboxRow {
        id: row.id,
        urgency: row.urgency,
        slugline: row.slugline,
        headline: row.headline,
        language: row.language,
        agency: row.agency,
        section: row.section,
        at: at.unwrap_or(row.created_at),
        embargo_until: row.embargo_until,
        withheld: row.withheld,
        notes: row.notes,
    }
}
