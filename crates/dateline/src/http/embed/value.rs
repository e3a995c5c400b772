//! `POST /api/v1/sites/{key}/comments/{id}/value`: marks a comment as valuable, once for each voter's word,
//! which the page's own storage keeps.

use super::thread::shown_of_site;
use crate::{
    app::AppState,
    edge::ReaderAddress,
    http::discussion::value::{mark, read_voter},
    problem::Fault,
};
use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use newsroom::discussion::{CommentId, value::Voter};
use serde_json::json;
use std::sync::Arc;
use store::site::Site;

/// `{"voter":"32 hexadecimal digits"}`
pub async fn value(
    State(app): State<AppState>,
    Extension(site): Extension<Arc<Site>>,
    Path((_, id)): Path<(String, CommentId)>,
    reader: ReaderAddress,
    body: Bytes,
) -> Result<Response, Fault> {
    let (_, comment) = shown_of_site(&app, &site, id).await?;
    let sent = serde_json::from_slice::<serde_json::Value>(&body).ok();
    let voter = sent.as_ref().and_then(|sent| sent.get("voter")).and_then(|word| word.as_str());
    let voter = voter.and_then(read_voter).ok_or_else(|| {
        let detail = "voter is a random word of 32 hexadecimal digits, kept by the page.".into();
        Fault::BadRequest { detail, field: Some("voter") }
    })?;
    mark(&app, &comment, &voter, Voter::Browser, reader).await?;
    let valued = app.store.comment(id).await?.map_or(0, |c| c.valued);
    let body = json!({ "id": id, "valued": valued });
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response())
}
