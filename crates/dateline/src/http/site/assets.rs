//! The few files that pages ask for, under names that change with their content.

use crate::{app::AppState, problem::Fault, ready::Rendered};
use axum::{
    extract::{Path, Request, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use newsroom::touch::Touch;
use pages::{assets, desk::script};

const JS: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";

pub async fn asset(
    State(app): State<AppState>,
    Path(_): Path<String>,
    request: Request,
) -> Result<Response, Fault> {
    let path = request.uri().path().to_owned();
    let files = [
        (assets::reader_js_path(), JS, assets::READER_JS),
        (script::desk_js_path(), JS, script::DESK_JS),
        (script::desk_css_path(), CSS, script::DESK_CSS),
        (assets::work_js_path(), JS, assets::WORK_JS),
    ];
    let (_, kind, text) = files.into_iter().find(|(p, ..)| *p == path).ok_or(Fault::NotFound)?;
    let page = app
        .ready
        .get_or_render(&path, async || {
            let mut file = for_ever(kind, text);
            if path == assets::work_js_path() {
                // Pages of other sites take it in as well.
                for (name, value) in [
                    (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
                    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
                ] {
                    file.headers.push((name, HeaderValue::from_static(value)));
                }
            }
            Ok(file)
        })
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}

fn for_ever(kind: &'static str, text: &'static str) -> Rendered {
    let mut rendered = Rendered::of(kind, text, vec![Touch::Paper]);
    let keep = HeaderValue::from_static("public, max-age=31536000, immutable");
    rendered.headers.push((header::CACHE_CONTROL, keep));
    rendered
}

pub async fn favicon(State(app): State<AppState>, request: Request) -> Result<Response, Fault> {
    let page = app
        .ready
        .get_or_render("/favicon.svg", async || {
            let mut icon = Rendered::of("image/svg+xml", assets::FAVICON_SVG, vec![Touch::Paper]);
            icon.headers.push((header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400")));
            Ok(icon)
        })
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}

pub async fn old_favicon() -> Response {
    Redirect::permanent("/favicon.svg").into_response()
}
