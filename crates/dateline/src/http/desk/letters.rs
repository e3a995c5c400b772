//! What became of letters and webhooks, for admins.

use super::{
    seat::Seat,
    turned::{Answer, page},
};
use crate::app::AppState;
use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use newsroom::staff::Act;
use pages::desk::{LettersPage, SentRow};
use std::collections::HashMap;

/// Letters, and deliveries, on one page.
const MOST: u32 = 100;

pub async fn list(
    State(app): State<AppState>,
    seat: Seat,
    Query(asked): Query<HashMap<String, String>>,
) -> Answer {
    seat.needs(&app, Act::Administer)?;
    let before = asked.get("before").and_then(|n| n.parse().ok());
    let found = app.store.list_letters(before, MOST).await?;
    let next = found.last().filter(|_| found.len() == MOST as usize).map(|l| l.id.to_string());
    let letters: Vec<SentRow> = found
        .into_iter()
        .map(|l| SentRow {
            at: l.at,
            kind: l.kind.as_str().into(),
            to: l.mask,
            state: l.state.as_str(),
            tries: l.tries,
            error: l.error,
        })
        .collect();
    let deliveries = app.store.list_deliveries(MOST).await?;
    let deliveries: Vec<SentRow> = deliveries
        .into_iter()
        .map(|d| SentRow {
            at: d.at,
            kind: d.event.as_str().into(),
            to: d.url,
            state: d.state.as_str(),
            tries: d.tries,
            error: d.error,
        })
        .collect();
    let desk = seat.desk(&app).await?;
    let view = LettersPage {
        desk: &desk,
        sends: app.post.is_some(),
        letters: &letters,
        deliveries: &deliveries,
        next: next.as_deref(),
    };
    Ok(page(StatusCode::OK, app.theme.desk_letters(&view)?))
}
