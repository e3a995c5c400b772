//! `/metrics` on a listener of its own, away from readers.

use crate::{app::AppState, clock, failure::Failure};
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
    look(&app).await;
    const KIND: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    match app.figures.render() {
        Ok(text) => (StatusCode::OK, [(header::CONTENT_TYPE, KIND)], text),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, [(header::CONTENT_TYPE, KIND)], String::new()),
    }
}

/// What waits at the desk is counted when it is asked for, and by no reader's request.
async fn look(app: &AppState) {
    let now = clock::now();
    let looked = async {
        let waits = app.store.waits().await?;
        let overdue = app.store.overdue(app.policy.reports_before(now), now).await?;
        for (what, count) in [
            ("held", waits.held),
            ("unread", waits.unread),
            ("reported", waits.reported),
            ("reported_overdue", overdue.reported),
            ("appealed", waits.appealed),
            ("appealed_overdue", overdue.appealed),
        ] {
            app.figures.undecided(what, count);
        }
        Ok::<(), store::Error>(())
    };
    if let Err(e) = looked.await {
        tracing::warn!(error = %e, "what waits at the desk could not be counted");
    }
}
