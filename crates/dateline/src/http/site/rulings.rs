//! `GET …/rulings`: what the moderators decided under a story, without texts and names.

use super::path::StoryPath;
use crate::{app::AppState, discussion_rules, problem::Fault, reports::BY_READERS};
use axum::{
    extract::State,
    http::{HeaderName, header},
    response::{Html, IntoResponse, Response},
};
use pages::{
    Voice,
    ruling_log::{PublicRuling, RulingLog},
};

/// Decisions on the page, the latest.
const MOST: u32 = 200;

pub async fn rulings(
    State(app): State<AppState>,
    StoryPath { address, .. }: StoryPath,
) -> Result<Response, Fault> {
    let facts = app.house.story(&app.store, &address).await?.ok_or(Fault::NotFound)?;
    let story = app.store.story(facts.id).await?.filter(|s| s.status.is_discussed());
    let story = story.ok_or(Fault::NotFound)?;
    let found = app.store.rulings_under(story.id, MOST).await?;
    let public = |(comment, ruling): (i64, store::comment::PastRuling)| PublicRuling {
        at: ruling.at,
        comment,
        ruling: ruling.ruling,
        reason: ruling.reason,
        by_reports: ruling.who == BY_READERS,
    };
    let rulings: Vec<PublicRuling> = found.into_iter().map(public).collect();
    let reasons = app.house.reasons(&app.store).await?;
    let words = app.words_under(&story).await?;
    let html = app.theme.ruling_log(&RulingLog {
        paper: &app.paper,
        voice: Voice { words, reasons: &reasons },
        path: &address.path(),
        headline: &story.copy.headline,
        rules: &discussion_rules::path_under(&app, &story, words).await?,
        rulings: &rulings,
    })?;
    let headers = [(header::CACHE_CONTROL, "no-cache"), (HeaderName::from_static("x-robots-tag"), "noindex")];
    Ok((headers, Html(html)).into_response())
}
