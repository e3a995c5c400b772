//! The router: everything that is not a ready page, under the layers that all replies share.

mod guard;
pub use guard::wants_json;
mod operation;
pub mod security;

use crate::{app::AppState, problem::Fault};
use axum::{Router, extract::DefaultBodyLimit, middleware};

/// All routes. `more` are those of the paper, the desk and the API, made with the same state.
pub fn router(app: AppState, more: Router<AppState>) -> Router {
    let most = app.config.limits.body_bytes;
    Router::new()
        .merge(operation::routes())
        .merge(more)
        .fallback(async || Fault::NotFound)
        .layer(DefaultBodyLimit::max(most))
        .layer(middleware::from_fn_with_state(app.clone(), guard::guard))
        .with_state(app)
}
