//! Who may ask: the origins that a site names, said back exactly, and never with credentials.

use crate::{
    app::{App, AppState},
    edge::{Origin, origin},
    problem::Fault,
};
use axum::{
    extract::{RawPathParams, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use newsroom::site::SiteOrigin;
use std::sync::Arc;
use store::site::Site;

/// Seconds for which a browser need not ask again whether it may ask.
const REMEMBERED: &str = "7200";

/// Around paths that name a site's key.
pub async fn by_path(
    State(app): State<AppState>,
    params: RawPathParams,
    request: Request,
    next: Next,
) -> Response {
    let key = params.iter().find(|(name, _)| *name == "key").map(|(_, key)| key.to_owned());
    around(&app, &key.unwrap_or_default(), request, next).await
}

/// Around a path that may name one in its query, `?site=…`.
pub async fn by_query(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or("").as_bytes();
    let key = form_urlencoded::parse(query).find(|(name, _)| name == "site").map(|(_, key)| key.into_owned());
    match key {
        Some(key) => around(&app, &key, request, next).await,
        None => next.run(request).await,
    }
}

async fn around(app: &App, key: &str, mut request: Request, next: Next) -> Response {
    let (mut reply, allowed) = match judge(app, key, request.headers()).await {
        Err(fault) => (fault.into_response(), None),
        Ok((_, allowed)) if request.method() == Method::OPTIONS => (preflight(), allowed),
        Ok((site, allowed)) => {
            request.extensions_mut().insert(site);
            (next.run(request).await, allowed)
        }
    };
    let headers = reply.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(allowed) = allowed {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
        let name = HeaderName::from_static("cross-origin-resource-policy");
        headers.insert(name, HeaderValue::from_static("cross-origin"));
    }
    reply
}

/// The site, and the origin to be named in the answer. Programs name none; the paper's own pages need none.
async fn judge(app: &App, key: &str, headers: &HeaderMap) -> Result<(Arc<Site>, Option<HeaderValue>), Fault> {
    let site = app.house.site(&app.store, key).await?.ok_or(Fault::NoSite)?;
    let Some(from) = headers.get(header::ORIGIN) else { return Ok((site, None)) };
    let known = from.to_str().ok().and_then(SiteOrigin::parse);
    if known.is_some_and(|known| site.origins.contains(&known)) {
        return Ok((site, Some(from.clone())));
    }
    if origin(headers, &app.paper.address) == Origin::Same {
        return Ok((site, None));
    }
    let from: String = from.to_str().unwrap_or("?").chars().take(200).collect();
    Err(Fault::OriginNotAllowed {
        detail: format!(
            "{from} is not an origin of this site; `dateline site set NAME --origin ORIGIN` names its origins."
        ),
    })
}

fn preflight() -> Response {
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type"),
        (header::ACCESS_CONTROL_MAX_AGE, REMEMBERED),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}
