//! `/letters/stop/{token}` and `/letters/stop-all/{token}`: the end of letters, with one click. Mail
//! programs post here themselves, without cookie or page (RFC 8058), so whoever holds the link may.

use super::page;
use crate::{
    app::{App, AppState},
    clock,
    problem::Fault,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use pages::letter::page::Ask;

pub async fn ask(State(app): State<AppState>, Path(token): Path<String>) -> Result<Response, Fault> {
    app.receipts.of_token("stop", &token).ok_or(Fault::NotFound)?;
    question(&app, "stop", &token, app.words().stop_title)
}

pub async fn ask_all(State(app): State<AppState>, Path(token): Path<String>) -> Result<Response, Fault> {
    app.receipts.of_token("stop-all", &token).ok_or(Fault::NotFound)?;
    question(&app, "stop-all", &token, app.words().stop_all_title)
}

pub async fn stop(State(app): State<AppState>, Path(token): Path<String>) -> Result<Response, Fault> {
    let of = app.receipts.of_token("stop", &token).ok_or(Fault::NotFound)?;
    app.store.end_subscription(of.id, of.at, clock::now()).await?;
    ended(&app)
}

pub async fn stop_all(State(app): State<AppState>, Path(token): Path<String>) -> Result<Response, Fault> {
    let of = app.receipts.of_token("stop-all", &token).ok_or(Fault::NotFound)?;
    app.store.end_all_subscriptions(of.id, of.at, clock::now()).await?;
    ended(&app)
}

fn question(app: &App, kind: &str, token: &str, title: &str) -> Result<Response, Fault> {
    let action = format!("/letters/{kind}/{token}");
    let ask = Ask { action: &action, button: app.words().stop_button, reasons: None };
    page(app, StatusCode::OK, app.words(), title, "", None, Some(ask))
}

fn ended(app: &App) -> Result<Response, Fault> {
    let words = app.words();
    page(app, StatusCode::OK, words, words.stop_button, words.stop_done, None, None)
}
