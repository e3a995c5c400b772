//! `GET /search?q=`: stories and comments with these words, the newest first.

use crate::{app::AppState, problem::Fault};
use axum::{
    extract::{Request, State},
    http::header,
    response::{Html, IntoResponse, Response},
};
use newsroom::discussion::admit::clean_text;
use pages::{Found, Piece, Search, markup};
use std::time::Instant;
use store::search::{Hit, analyse};

/// Hits on one page.
const HITS: usize = 20;
/// Longest extract, in characters.
const EXTRACT: usize = 220;
/// Longest question, in characters.
const LONGEST: usize = 200;

pub async fn search(State(app): State<AppState>, request: Request) -> Result<Response, Fault> {
    let began = Instant::now();
    let mut asked = String::new();
    let mut below = None;
    for (name, value) in form_urlencoded::parse(request.uri().query().unwrap_or("").as_bytes()) {
        match &*name {
            "q" => asked = clean_text(&value).replace('\n', " "),
            "before" => below = value.parse::<i64>().ok(),
            _ => {}
        }
    }
    let mut trouble = "";
    if asked.chars().count() > LONGEST {
        asked = asked.chars().take(LONGEST).collect();
        trouble = app.words().search_long;
    }
    let query = analyse::query(&asked);
    let hits = app.store.search(&query, below, HITS).await?;
    if !asked.is_empty() && query.fts5().is_none() {
        trouble = app.words().search_no_word;
    }
    let mut extracts = Vec::with_capacity(hits.hits.len());
    for hit in &hits.hits {
        extracts.push(extract(&app, hit, &query).await?);
    }
    let found: Vec<Found<'_>> = hits
        .hits
        .iter()
        .zip(&extracts)
        .map(|(hit, extract)| Found { card: &hit.card, comment: hit.comment.as_ref(), extract })
        .collect();
    let encoded: String = form_urlencoded::byte_serialize(asked.as_bytes()).collect();
    let older = hits.next.map(|below| format!("/search?q={encoded}&before={below}"));
    let newer = below.map(|_| format!("/search?q={encoded}"));
    let html = app.theme.search(&Search {
        paper: &app.paper,
        query: &asked,
        found: &found,
        total: None,
        older: older.as_deref(),
        newer: newer.as_deref(),
        trouble,
    })?;
    let took = format!("total;dur={:.3}", began.elapsed().as_secs_f64() * 1000.0);
    let headers = [("server-timing", took), (header::CACHE_CONTROL.as_str(), "no-cache".to_owned())];
    Ok((headers, Html(html)).into_response())
}

async fn extract(app: &AppState, hit: &Hit, query: &analyse::Query) -> Result<Vec<Piece>, Fault> {
    let text = match &hit.comment {
        Some(comment) => markup::plain(&comment.text),
        None => match app.store.body(hit.card.id).await? {
            Some(body) => markup::plain(&body),
            None => return Ok(vec![]),
        },
    };
    let pieces = analyse::extract(&text, query, EXTRACT);
    Ok(pieces.into_iter().map(|(text, found)| Piece { text, found }).collect())
}
