//! `GET /embed.js`: the one script that a page of another site needs, and `GET /embed-words/{language}`, which it
//! asks for where the page does not speak English.

use crate::{app::AppState, problem::Fault, ready::Rendered};
use axum::{
    extract::{Path, Request, State},
    http::{HeaderName, HeaderValue, header},
    response::Response,
};
use newsroom::touch::Touch;
use pages::assets::{embed_js, embed_words};

pub async fn script(State(app): State<AppState>, request: Request) -> Result<Response, Fault> {
    let page = app
        .ready
        .get_or_render("/embed.js", async || Ok(for_all("text/javascript; charset=utf-8", embed_js())))
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}

pub async fn words(
    State(app): State<AppState>,
    Path(language): Path<String>,
    request: Request,
) -> Result<Response, Fault> {
    let words = embed_words(&language).ok_or(Fault::NotFound)?;
    let path = format!("/embed-words/{language}");
    let page =
        app.ready.get_or_render(&path, async || Ok(for_all("text/plain; charset=utf-8", words))).await?;
    Ok(page.respond(request.method(), request.headers()))
}

/// What pages of every site may load.
fn for_all(kind: &'static str, text: &'static str) -> Rendered {
    let mut rendered = Rendered::of(kind, text, vec![Touch::Paper]);
    for (name, value) in [
        // Its address never changes, its content may with the program.
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
        // So that a page may name its digest, and is told of its faults.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ] {
        rendered.headers.push((name, HeaderValue::from_static(value)));
    }
    rendered
}
