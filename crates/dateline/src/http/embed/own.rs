//! `PUT` and `DELETE /api/v1/sites/{key}/comments/{id}`: a writer changes or withdraws their own comment. The
//! word of its receipt, given with the answer to the post, is the right to do so: no cookie, no account.

use super::{asked::Asked, thread::of_site};
use crate::{
    app::{App, AppState},
    edge::ReaderAddress,
    http::discussion::{
        draft, edit, mine,
        post::{NotTaken, fault_of},
        receipt::words_of,
    },
    problem::Fault,
};
use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use newsroom::discussion::{CommentId, admit::Door};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use store::site::Site;

pub async fn change(
    State(app): State<AppState>,
    Extension(site): Extension<Arc<Site>>,
    Path((_, id)): Path<(String, CommentId)>,
    reader: ReaderAddress,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    own(&app, &site, id, &headers).await?;
    let draft = draft::read_json(&headers, &body)?;
    match edit::change(&app, id, &draft.text, reader, Door::Embed).await {
        Ok(taken) => {
            let body = json!({ "id": id, "state": taken.state.as_str() });
            Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response())
        }
        Err(NotTaken::Refused(refusal)) => Err(fault_of(&app, &refusal, words_of(&app, id).await?)),
        Err(NotTaken::Fault(fault)) => Err(fault),
    }
}

pub async fn withdraw(
    State(app): State<AppState>,
    Extension(site): Extension<Arc<Site>>,
    Path((_, id)): Path<(String, CommentId)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    own(&app, &site, id, &headers).await?;
    edit::withdraw(&app, id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /api/v1/sites/{key}/own`, `{"url":…,"id":…,"receipts":["12-4f…"]}`: what became of the comments under a page
/// whose receipts are shown, the latest first. Nobody else is told of what was removed or waits.
pub async fn list(
    State(app): State<AppState>,
    Extension(site): Extension<Arc<Site>>,
    body: Bytes,
) -> Result<Response, Fault> {
    #[derive(Deserialize)]
    struct Sent {
        receipts: Vec<String>,
    }
    let asked = Asked::of_json(&body)?;
    let page = asked.page(&site)?;
    let sent: Sent = serde_json::from_slice(&body).map_err(|_| {
        let detail = "receipts is a list of receipts' words, 12-4f….".into();
        Fault::BadRequest { detail, field: Some("receipts") }
    })?;
    let all: Vec<Value> = match app.store.outside(&site.key, &page.key).await? {
        None => vec![],
        Some(outside) => {
            let words = sent.receipts.iter().map(String::as_str);
            let here = mine::of_words(&app, words, Some(outside.story)).await?;
            here.iter().map(|(_, past)| mine::told(&app, past)).collect()
        }
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(json!({ "comments": all }))).into_response())
}

/// Whether the receipt that is shown is this comment's, and the comment this site's.
async fn own(app: &App, site: &Site, id: CommentId, headers: &HeaderMap) -> Result<(), Fault> {
    let sign_in = |detail: &str| Fault::SignIn { detail: detail.into() };
    let shown = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
    let token = shown
        .and_then(|v| v.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .ok_or_else(|| sign_in("Show the comment's receipt: Authorization: Bearer 12-4f…"))?;
    if app.receipts.comment(token) != Some(id) {
        return Err(sign_in("This is not the receipt of this comment."));
    }
    of_site(app, site, id).await.map(|_| ())
}
