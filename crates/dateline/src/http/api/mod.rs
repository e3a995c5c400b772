//! The API under `/api/v1`, for programs: JSON in and out, bearer tokens, problem documents.

pub mod bearer;
pub(in crate::http) mod comments;
pub(in crate::http) mod counts;
pub mod description;
mod moderation;
mod stories;
mod wire;

use crate::app::AppState;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

pub fn routes() -> Router<AppState> {
    Router::new()
        .merge(moderation::routes())
        .route("/api/v1/openapi.json", get(description::openapi))
        .route("/api/v1/stories", get(stories::list))
        .route("/api/v1/stories/{id}", get(stories::one))
        .route("/api/v1/stories/{id}/comments", get(comments::list).post(comments::post))
        .route(
            "/api/v1/wire", // It has its own limit, which is the paper's to set.
            post(wire::push).layer(DefaultBodyLimit::disable()),
        )
}
