//! The router: everything that is not a ready page, under the layers that all replies share.

mod account;
pub mod api;
pub mod desk;
mod discussion;
mod embed;
mod guard;
mod letters;
pub use discussion::post::risks_json;
pub use embed::token::alg_of_pem;
pub use guard::wants_json;
mod operation;
mod question;
pub mod risks;
pub mod security;
pub mod site;

use crate::app::AppState;
use axum::{Router, extract::DefaultBodyLimit, middleware};

/// The paper's own routes.
pub fn paper() -> Router<AppState> {
    Router::new()
        .merge(site::routes())
        .merge(discussion::routes())
        .merge(letters::routes())
        .merge(account::routes())
        .merge(desk::routes())
        .merge(api::routes())
        .merge(embed::routes())
}

/// All routes: `more` are the paper's, made with the same state.
pub fn router(app: AppState, more: Router<AppState>) -> Router {
    let most = app.config.limits.body_bytes;
    Router::new()
        .merge(operation::routes())
        .merge(more)
        .merge(embed::shared(&app))
        .fallback(site::spelling::elsewhere)
        .layer(DefaultBodyLimit::max(most))
        .layer(middleware::from_fn_with_state(app.clone(), guard::guard))
        .with_state(app)
}
