//! The discussion of the paper on pages of other sites: the script, what it asks for, and the hosted thread
//! for readers without it. No cookie is set or read here.

mod asked;
mod cors;
mod counts;
mod hosted;
mod own;
mod post;
mod script;
mod thread;
pub mod token;
mod value;

pub use counts::counts;

use super::api;
use crate::app::AppState;
use axum::{Router, middleware, routing};

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/embed.js", routing::get(script::script))
        .route("/embed-words/{language}", routing::get(script::words))
        .route("/embed/{key}", routing::get(hosted::hosted).post(hosted::post))
}

/// What pages of other origins may ask for, behind the look at their origin.
pub fn shared(app: &AppState) -> Router<AppState> {
    let of_path = middleware::from_fn_with_state(app.clone(), cors::by_path);
    let of_query = middleware::from_fn_with_state(app.clone(), cors::by_query);
    let sites = Router::new()
        .route("/api/v1/sites/{key}/comments", routing::get(thread::list).post(post::post))
        .route(
            "/api/v1/sites/{key}/comments/{id}",
            routing::get(thread::one).put(own::change).delete(own::withdraw),
        )
        .route("/api/v1/sites/{key}/comments/{id}/value", routing::post(value::value))
        .route("/api/v1/sites/{key}/own", routing::post(own::list))
        .route_layer(of_path);
    let counts =
        Router::new().route("/api/v1/counts", routing::get(api::counts::counts)).route_layer(of_query);
    sites.merge(counts)
}
