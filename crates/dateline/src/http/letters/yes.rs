//! `/letters/yes/{token}`: an address says that it wants the letters it was asked about.

use super::page;
use crate::{app::AppState, clock, edge::from_here, problem::Fault};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use pages::letter::page::Ask;
use store::Error;

pub async fn ask(State(app): State<AppState>, Path(token): Path<String>) -> Result<Response, Fault> {
    let of = app.receipts.of_token("yes", &token).ok_or(Fault::NotFound)?;
    match app.store.subscription(of.id).await?.filter(|s| s.at == of.at && !s.ended) {
        None => gone(&app),
        Some(_) => {
            let words = app.words();
            let action = format!("/letters/yes/{token}");
            let ask = Ask { action: &action, button: words.yes_button, reasons: None };
            page(&app, StatusCode::OK, words, words.yes_title, words.yes_words, None, Some(ask))
        }
    }
}

pub async fn yes(
    State(app): State<AppState>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let of = app.receipts.of_token("yes", &token).ok_or(Fault::NotFound)?;
    from_here(&headers, &app.paper.address)?;
    match app.store.confirm_subscription(of.id, of.at, clock::now()).await {
        Ok(()) => {
            let words = app.words();
            page(&app, StatusCode::OK, words, words.yes_done_title, words.yes_done, None, None)
        }
        Err(Error::Gone(_)) => gone(&app),
        Err(e) => Err(e.into()),
    }
}

fn gone(app: &crate::app::App) -> Result<Response, Fault> {
    let words = app.words();
    page(app, StatusCode::GONE, words, words.yes_over_title, words.yes_over, None, None)
}
