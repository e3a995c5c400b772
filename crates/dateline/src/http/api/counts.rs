//! `GET /api/v1/counts?url=…&url=…`: how many comments are shown under each of these pages.

use crate::{
    app::AppState,
    http::{embed, site::path::story_address},
    problem::Fault,
};
use axum::{
    extract::{Request, State},
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::json;
use std::sync::Arc;
use store::site::Site;

/// Addresses in one request at most.
pub(in crate::http) const MOST: usize = 100;

pub async fn counts(State(app): State<AppState>, request: Request) -> Result<Response, Fault> {
    let query = request.uri().query().unwrap_or("");
    // Pages of another site; the layer around has looked at the origin.
    if let Some(site) = request.extensions().get::<Arc<Site>>() {
        return embed::counts(&app, site, query).await;
    }
    let urls: Vec<String> = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| name == "url")
        .map(|(_, url)| url.into_owned())
        .take(MOST + 1)
        .collect();
    if urls.len() > MOST {
        let detail = format!("At most {MOST} addresses are counted in one request.");
        return Err(Fault::refused("too-many-urls", detail, Some("url")));
    }
    // Absolute addresses of this paper, or bare paths; with or without fragment and query.
    let address = |url: &String| {
        let path = url.strip_prefix(&app.paper.address).unwrap_or(url);
        story_address(path.split(['?', '#']).next().unwrap_or(""))
    };
    let known: Vec<_> = urls.iter().filter_map(address).collect();
    let mut shown = app.store.shown_counts(&known).await?.into_iter();
    let counts: Vec<_> = urls
        .iter()
        .map(|url| {
            let count = address(url).and_then(|_| shown.next().flatten()).unwrap_or(0);
            json!({ "url": url, "shown": count })
        })
        .collect();
    Ok(([(header::CACHE_CONTROL, "no-cache")], axum::Json(json!({ "counts": counts }))).into_response())
}
