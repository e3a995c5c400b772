//! `POST …/follow`: an address that wants letters about a story's discussion.

use super::page;
use crate::{
    app::AppState,
    clock,
    edge::{ReaderAddress, from_here},
    http::site::path::StoryPath,
    problem::Fault,
};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use newsroom::mail;

/// Addresses taken from one reader's address in an hour, with reports and appeals.
const MOST_PER_HOUR: u32 = 30;

pub async fn to_story(at: StoryPath) -> Response {
    Redirect::to(&format!("{}#comments", at.address.path())).into_response()
}

pub async fn follow(
    State(app): State<AppState>,
    at: StoryPath,
    reader: ReaderAddress,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    from_here(&headers, &app.paper.address)?;
    let facts = app.house.story(&app.store, &at.address).await?.ok_or(Fault::NotFound)?;
    if app.post.is_none() || !facts.status.is_discussed() {
        return Err(Fault::NotFound);
    }
    let sent = form_urlencoded::parse(&body).find(|(key, _)| key == "email");
    let Some(email) = sent.and_then(|(_, value)| mail::address(&value)) else {
        let words = "Go back and look at it once more.";
        return page(&app, StatusCode::UNPROCESSABLE_ENTITY, "That is no mail address", words, None, None);
    };
    let now = clock::now();
    let print = app.edge.near(reader);
    if !app.policy.limits_off && app.complaints.count(print, now).last_hour >= MOST_PER_HOUR {
        let detail = "Many letters were asked for from here; please rest a while.".into();
        return Err(Fault::TooMany { detail, wait: 3600 });
    }
    app.store.follow_story(facts.id, &email, now).await?;
    // The same whoever is asked: nobody learns here who follows what.
    let words = "One letter is on its way to you. Follow its link to say yes; without that no other follows.";
    page(&app, StatusCode::OK, "Look into your letter box", words, None, None)
}
