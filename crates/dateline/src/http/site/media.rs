//! `GET /media/{digest}-{width}.jpg`: a rendition of a photo. Its name is its content's, so it never changes.

use crate::{app::AppState, problem::Fault};
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};

pub async fn photo(State(app): State<AppState>, Path(name): Path<String>) -> Result<Response, Fault> {
    let (digest, width) = name
        .strip_suffix(".jpg")
        .and_then(|stem| stem.split_once('-'))
        .and_then(|(digest, width)| Some((digest.to_owned(), width.parse::<u32>().ok()?)))
        .ok_or(Fault::NotFound)?;
    let bytes = tokio::task::spawn_blocking(move || app.media.rendition(&digest, width))
        .await
        .map_err(Fault::broken)?
        .map_err(Fault::broken)?
        .ok_or(Fault::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, bytes).into_response())
}
