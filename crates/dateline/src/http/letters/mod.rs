//! Where the links of letters lead: saying yes, ending letters, ruling. Each GET only asks, for machines
//! follow links too; the POST does it.

mod follow;
mod rule;
mod stop;
mod yes;

use crate::{app::App, app::AppState, problem::Fault};
use axum::{
    Router,
    http::{HeaderName, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use newsroom::discussion::Comment;
use pages::{
    Words,
    letter::page::{Ask, LetterPage},
};

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/{year}/{month}/{day}/{slug}/follow", get(follow::to_story).post(follow::follow))
        .route("/letters/yes/{token}", get(yes::ask).post(yes::yes))
        .route("/letters/stop/{token}", get(stop::ask).post(stop::stop))
        .route("/letters/stop-all/{token}", get(stop::ask_all).post(stop::stop_all))
        .route("/letters/rule/{token}", get(rule::ask).post(rule::rule))
}

/// A page for one reader, whose address is a key.
fn page(
    app: &App,
    status: StatusCode,
    around: &'static Words,
    title: &str,
    words: &str,
    comment: Option<(&Comment, &str, &str)>,
    ask: Option<Ask<'_>>,
) -> Result<Response, Fault> {
    let html =
        app.theme.letter_page(&LetterPage { paper: &app.paper, around, title, words, comment, ask })?;
    let private = [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    Ok((status, private, Html(html)).into_response())
}
