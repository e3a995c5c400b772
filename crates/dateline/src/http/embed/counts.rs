//! `GET /api/v1/counts?site=KEY&url=…&id=…`: how many comments are shown under each page of a site.

use crate::{app::App, http::api::counts::MOST, problem::Fault};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use newsroom::site;
use serde_json::json;
use store::site::Site;

pub async fn counts(app: &App, site: &Site, query: &str) -> Result<Response, Fault> {
    let asked: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| name == "url" || name == "id")
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .take(MOST + 1)
        .collect();
    if asked.len() > MOST {
        let detail = format!("At most {MOST} pages are counted in one request.");
        return Err(Fault::refused("too-many-urls", detail, Some("url")));
    }
    // What cannot be a page of this site has no comments.
    let key = |(name, value): &(String, String)| match name.as_str() {
        "id" => site::id_key(value).unwrap_or_default(),
        _ => site::page("", value, &site.origins).map(|page| page.key).unwrap_or_default(),
    };
    let keys: Vec<String> = asked.iter().map(key).collect();
    let shown = app.store.outside_counts(&site.key, &keys).await?;
    let counts: Vec<_> = (asked.iter().zip(shown))
        .map(|((name, value), shown)| json!({ name.as_str(): value, "shown": shown }))
        .collect();
    Ok(([(header::CACHE_CONTROL, "no-cache")], axum::Json(json!({ "counts": counts }))).into_response())
}
