//! `/metrics` on a listener of its own, away from readers.

use crate::{app::AppState, failure::Failure};
use axum::{Router, extract::State, http::StatusCode, http::header, response::IntoResponse, routing::get};
use std::net::SocketAddr;

/// Serves the figures until the runtime ends; returns the address when it listens.
pub async fn serve_metrics(address: SocketAddr, app: AppState) -> Result<SocketAddr, Failure> {
    let refused =
        |e| Failure(format!("{address} cannot be listened on for metrics: {e}; see metrics.listen"));
    let listener = tokio::net::TcpListener::bind(address).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    let router = Router::new().route("/metrics", get(figures)).with_state(app);
    tokio::spawn(async move {
        if let Err(e) = axum::serve(listener, router).await {
            tracing::error!(why = %e, "metrics are no longer served");
        }
    });
    Ok(address)
}

async fn figures(State(app): State<AppState>) -> impl IntoResponse {
    const KIND: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    match app.figures.render() {
        Ok(text) => (StatusCode::OK, [(header::CONTENT_TYPE, KIND)], text),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, [(header::CONTENT_TYPE, KIND)], String::new()),
    }
}
