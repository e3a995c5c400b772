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
    let id = app.receipts.of_token("yes", &token).ok_or(Fault::NotFound)?;
    match app.store.subscription(id).await?.filter(|s| !s.ended) {
        None => gone(&app),
        Some(_) => {
            let action = format!("/letters/yes/{token}");
            let ask = Ask { action: &action, button: "Yes, write to me", reasons: None };
            let words = "Every letter has a link that ends them.";
            page(&app, StatusCode::OK, "Do you want these letters?", words, None, Some(ask))
        }
    }
}

pub async fn yes(
    State(app): State<AppState>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let id = app.receipts.of_token("yes", &token).ok_or(Fault::NotFound)?;
    from_here(&headers, &app.paper.address)?;
    match app.store.confirm_subscription(id, clock::now()).await {
        Ok(()) => page(&app, StatusCode::OK, "You will be written to", "Thank you.", None, None),
        Err(Error::Gone(_)) => gone(&app),
        Err(e) => Err(e.into()),
    }
}

fn gone(app: &crate::app::App) -> Result<Response, Fault> {
    let words = "They were ended, or the question was not answered within a week. Ask for them again.";
    page(app, StatusCode::GONE, "These letters are not waiting any more", words, None, None)
}
