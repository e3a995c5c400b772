//! `/desk/writers?name=…&network=…`: what a writer has said, notes on them, and measures against the name.

use super::{
    posted::Posted,
    rule::refused,
    seat::Seat,
    story_fields::one_line,
    turned::{Answer, page},
    ways,
};
use crate::{app::AppState, clock};
use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use newsroom::{
    clock::DAY,
    discussion::{Comment, name::look},
    staff::Act,
};
use pages::desk::{Said, WriterDesk, sanctions::LONGEST_DAYS};
use std::collections::HashMap;
use store::sanction::Against;

/// Comments on the page.
const MOST: u32 = 50;
/// Longest note, in characters.
const LONGEST_NOTE: usize = 500;

pub async fn writer(
    State(app): State<AppState>,
    seat: Seat,
    Query(asked): Query<HashMap<String, String>>,
) -> Answer {
    seat.needs(&app, Act::Moderate)?;
    let asked = |name: &str| asked.get(name).map_or("", String::as_str);
    let (name, network) = (asked("name"), asked("network"));
    let mut said: Vec<(Comment, Option<String>, String)> = Vec::new();
    for comment in app.store.said_by(name, network, MOST).await? {
        let story = app.store.story(comment.story).await?;
        let path = story.as_ref().and_then(|s| s.path());
        said.push((comment, path, story.map_or_else(String::new, |s| s.copy.headline)));
    }
    let notes = app.store.notes_on(name, network).await?;
    let notes: Vec<_> = notes.into_iter().map(|n| (n.at, n.staff, n.text)).collect();
    let desk = seat.desk(&app).await?;
    let standing = app.store.standing_of(name, network).await?;
    let reasons = app.house.reasons(&app.store).await?;
    let html = app.theme.desk_writer(&WriterDesk {
        desk: &desk,
        reasons: &reasons,
        name,
        network,
        standing,
        said: &said,
        notes: &notes,
    })?;
    Ok(page(StatusCode::OK, html))
}

fn place(name: &str, network: &str) -> String {
    format!("/desk/writers?name={}&network={}", ways::encoded(name), ways::encoded(network))
}

pub async fn note(State(app): State<AppState>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    let text: String = one_line(form.text("text")).chars().take(LONGEST_NOTE).collect();
    let (name, network) = (form.text("name"), form.text("network"));
    // A note on nobody would be found by nobody.
    if text.is_empty() || app.store.said_by(name, network, 1).await?.is_empty() {
        return refused(&app, &seat, &form, "A note needs words, and a writer who has said something.").await;
    }
    app.store.note_writer(name, network, &text, seat.name(), clock::now()).await?;
    Ok(ways::on(&place(name, network), Said::Noted))
}

pub async fn sanction(State(app): State<AppState>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    let days = form.text("days").trim().parse::<u32>().ok().filter(|d| (1..=LONGEST_DAYS).contains(d));
    let folded = look(form.text("name"));
    let (Some(days), false) = (days, folded.is_empty()) else {
        let why = format!("A measure needs a name of letters, and days from 1 to {LONGEST_DAYS}.");
        return refused(&app, &seat, &form, &why).await;
    };
    let now = clock::now();
    let until = now.plus(i64::from(days) * DAY);
    let refuse = form.text("measure") == "refuse";
    let note = format!("For the name {}.", one_line(form.text("name")));
    app.store.add_sanction(Against::Name(&folded), refuse, until, &note, seat.name(), now).await?;
    Ok(ways::on("/desk/sanctions", Said::SanctionAdded))
}
