//! `GET /api/v1/openapi.json`: the API's description, from which clients are generated.

use crate::{app::AppState, problem::Fault, ready::Rendered};
use axum::{
    extract::{Request, State},
    response::Response,
};
use newsroom::touch::Touch;

/// OpenAPI 3.1; the server's address is filled in.
pub const DESCRIPTION: &str = include_str!("openapi.json");

pub async fn openapi(State(app): State<AppState>, request: Request) -> Result<Response, Fault> {
    let page = app
        .ready
        .get_or_render("/api/v1/openapi.json", async || {
            let text = DESCRIPTION.replace("https://paper.example", &app.paper.address);
            Ok(Rendered::of("application/json", text, vec![Touch::Paper]))
        })
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}
