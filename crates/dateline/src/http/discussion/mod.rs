//! Readers talk: posting, marking as valuable, reporting, and the private receipt with its appeal.

mod appeal;
pub mod draft;
pub mod edit;
pub(super) mod mine;
pub(super) mod own_data;
pub mod post;
pub mod receipt;
pub mod report;
pub mod value;
pub mod writer;

use crate::app::AppState;
use axum::{
    Router,
    routing::{get, post as posting},
};

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/{year}/{month}/{day}/{slug}/comments", posting(post::post).get(post::to_story))
        .route("/{year}/{month}/{day}/{slug}/comments/{id}/value", posting(value::value))
        .route("/{year}/{month}/{day}/{slug}/comments/{id}/report", get(report::form).post(report::send))
        .route("/report/{token}", get(report::fate))
        .route("/receipt", get(mine::list))
        .route("/receipt/forget", get(mine::to_list).post(mine::forget))
        .route("/receipt/{token}", get(receipt::receipt))
        .route("/receipt/{token}/edit", get(appeal::to_receipt).post(edit::edit))
        .route("/receipt/{token}/withdraw", get(appeal::to_receipt).post(edit::take_back))
        .route("/receipt/{token}/data", get(own_data::data))
        .route("/receipt/{token}/erase", get(appeal::to_receipt).post(own_data::erase))
        .route("/receipt/{token}/appeal", get(appeal::to_receipt).post(appeal::appeal))
}
