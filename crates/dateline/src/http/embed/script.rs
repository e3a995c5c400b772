//! `GET /embed.js`: the one script that a page of another site needs.

use crate::{app::AppState, problem::Fault, ready::Rendered};
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    response::Response,
};
use newsroom::touch::Touch;
use pages::assets::embed_js;

pub async fn script(State(app): State<AppState>, request: Request) -> Result<Response, Fault> {
    let page = app
        .ready
        .get_or_render("/embed.js", async || {
            let mut script = Rendered::of("text/javascript; charset=utf-8", embed_js(), vec![Touch::Paper]);
            for (name, value) in [
                // Its address never changes, its content may with the program.
                (header::CACHE_CONTROL, "public, max-age=3600"),
                (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
                // So that a page may name its digest, and is told of its faults.
                (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            ] {
                script.headers.push((name, HeaderValue::from_static(value)));
            }
            Ok(script)
        })
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}
