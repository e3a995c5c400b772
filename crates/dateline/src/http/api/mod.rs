//! The API under `/api/v1`, for programs: JSON in and out, bearer tokens, problem documents.

pub mod bearer;
mod moderation;

use crate::app::AppState;
use axum::Router;

pub fn routes() -> Router<AppState> {
    Router::new().merge(moderation::routes())
}
