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
        let (title, what) = (app.words().no_address_title, app.words().no_address);
        return page(&app, StatusCode::UNPROCESSABLE_ENTITY, app.words(), title, what, None, None);
    };
    let now = clock::now();
    let print = app.edge.near(reader);
    if !app.policy.limits_off && app.complaints.count(print, now).last_hour >= MOST_PER_HOUR {
        let detail = app.words().too_many_letters.into();
        return Err(Fault::TooMany { detail, wait: 3600 });
    }
    app.store.follow_story(facts.id, &email, now).await?;
    // The same whoever is asked: nobody learns here who follows what.
    page(&app, StatusCode::OK, app.words(), app.words().asked_title, app.words().asked, None, None)
}
