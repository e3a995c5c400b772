//! `GET /receipt/{token}`: the writer's private page on what became of a comment.

use crate::{app::AppState, http::site::thread::place, problem::Fault};
use axum::{
    extract::{Path, State},
    http::{HeaderName, header},
    response::{Html, IntoResponse, Response},
};
use newsroom::discussion::{Reason, State as Standing};
use pages::Receipt;

pub async fn receipt(State(app): State<AppState>, Path(token): Path<String>) -> Result<Response, Fault> {
    let id = app.receipts.comment(&token).ok_or(Fault::NotFound)?;
    let comment = app.store.comment(id).await?.ok_or(Fault::NotFound)?;
    let story = app.store.story(comment.story).await?.ok_or(Fault::NotFound)?;
    let address = story.address.as_ref().ok_or(Fault::NotFound)?;
    let why = match comment.state {
        Standing::Held => app.store.why_held(id).await?.0.unwrap_or_default(),
        Standing::Removed => comment.reason.map(Reason::words).unwrap_or_default().to_owned(),
        Standing::Shown => String::new(),
    };
    let ruled = match comment.state {
        Standing::Removed => app.store.waiting(comment.clone()).await?.ruled,
        _ => None,
    };
    let note = ruled.map(|(_, _, note)| note).unwrap_or_default();
    let url = match comment.state {
        Standing::Shown => place(&app, address, &comment).await?,
        _ => String::new(),
    };
    let html = app.theme.receipt(&Receipt {
        paper: &app.paper,
        comment: &comment,
        headline: &story.copy.headline,
        path: &address.path(),
        why_held: &why,
        note: &note,
        url: &url,
    })?;
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        // The address is the key: it must not travel to other pages or into an index.
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    Ok((headers, Html(html)).into_response())
}
