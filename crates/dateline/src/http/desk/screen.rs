//! `/desk/screen?days=…`: how thresholds, learning and word lists would have agreed with the moderators.

use super::{
    seat::Seat,
    turned::{Answer, page},
};
use crate::{app::AppState, clock, problem::Fault, screening::rehearsal};
use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use newsroom::{clock::DAY, discussion::Label, staff::Act};
use pages::desk::{AgreementRow, ScreenDesk};
use screen::{WordList, learned::Agreement};
use std::collections::HashMap;

/// Rulings looked at, the latest: some tenths of a second.
const MOST: u32 = 5_000;
const DAYS: u32 = 30;
/// Longest list that is tried, in characters.
const LONGEST: usize = 4_000;

pub async fn screen(
    State(app): State<AppState>,
    seat: Seat,
    Query(asked): Query<HashMap<String, String>>,
) -> Answer {
    seat.needs(&app, Act::Moderate)?;
    let asked = |name: &str| asked.get(name).map_or("", |text| text.trim());
    let days = asked("days").parse().unwrap_or(DAYS).clamp(1, 365);
    let label = Label::parse(asked("label")).unwrap_or(Label::Insult);
    let words: String = asked("words").chars().take(LONGEST).collect();
    let list = (!words.is_empty()).then(|| WordList::read(label, &words)).transpose();
    let (list, fault) = match list {
        Ok(list) => (list, None),
        Err(why) => (None, Some(why.to_string())),
    };
    let ruled = app.store.ruled_texts(clock::now().plus(-i64::from(days) * DAY), MOST).await?;
    let lists = app.clone();
    let went = tokio::task::spawn_blocking(move || {
        rehearsal::go_through(&ruled, lists.screening.lists(), list.as_ref())
    });
    let went = went.await.map_err(Fault::broken)?;
    let tried = fault.map(Err).or(went.tried.as_ref().map(|a| Ok(row(a))));
    let desk = seat.desk(&app).await?;
    let html = app.theme.desk_screen(&ScreenDesk {
        desk: &desk,
        days,
        shown: went.shown,
        removed: went.removed,
        screen: &went.screen.iter().map(row).collect::<Vec<_>>(),
        learned: &went.learned.iter().map(row).collect::<Vec<_>>(),
        label: label.as_str(),
        words: &words,
        tried,
        hold_at: app.policy.hold_at,
        learned_hold_at: app.config.discussion.learned_hold_at,
    })?;
    Ok(page(StatusCode::OK, html))
}

fn row(a: &Agreement) -> AgreementRow {
    AgreementRow {
        threshold: a.threshold,
        held_removed: a.held_removed,
        held_shown: a.held_shown,
        precision: a.precision(),
        recall: a.recall(),
    }
}
