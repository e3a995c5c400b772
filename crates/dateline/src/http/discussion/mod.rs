//! Readers talk: posting, marking as valuable, and the private receipt.

pub mod draft;
pub mod post;
mod receipt;
mod value;

use crate::app::AppState;
use axum::{
    Router,
    routing::{get, post as posting},
};

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/{year}/{month}/{day}/{slug}/comments", posting(post::post).get(post::to_story))
        .route("/{year}/{month}/{day}/{slug}/comments/{id}/value", posting(value::value))
        .route("/receipt/{token}", get(receipt::receipt))
}
