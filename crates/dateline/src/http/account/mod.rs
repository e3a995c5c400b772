//! A reader's account: ways in, its page, and its end. Nothing here is ever kept by a cache, and no page of the
//! paper depends on it.

mod data;
mod door;
mod enter;
mod holder;
mod own;
mod page;
mod passkey_door;
mod passkeys;
mod with;

use crate::{
    app::{App, AppState},
    http::discussion::post::see_other,
    problem::Fault,
};
use axum::{
    Router,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/account", get(page::account))
        .route("/account/me", get(page::me))
        .route("/account/data", get(data::data))
        .route("/account/letter", get(to_account).post(door::letter))
        .route("/account/enter/{token}", get(enter::ask).post(enter::enter))
        .route("/account/with/{provider}", get(with::depart))
        .route("/account/with/{provider}/back", get(with::arrive))
        .route("/account/passkey", get(to_account).post(passkey_door::enter))
        .route("/account/passkey/ask", post(passkey_door::ask))
        .route("/account/passkey/new", get(to_account).post(passkey_door::make))
        .route("/account/passkey/new/ask", post(passkey_door::ask_to_make))
        .route("/account/passkeys", get(to_account).post(passkeys::add))
        .route("/account/passkeys/ask", post(passkeys::ask))
        .route("/account/sign-out", get(to_account).post(own::sign_out))
        .route("/account/name", get(to_account).post(own::rename))
        .route("/account/ways/{id}/remove", get(to_account).post(own::remove_way))
        .route("/account/sessions/{id}/end", get(to_account).post(own::end_session))
        .route("/account/sessions/end-others", post(own::end_others))
        .route("/account/erase", get(to_account).post(own::erase))
}

/// A form's address leads to its page.
async fn to_account() -> Result<Response, Fault> {
    see_other("/account")
}

fn private(status: StatusCode, html: String) -> Response {
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    (status, headers, Html(html)).into_response()
}

/// On to a page, with what the browser is to carry from now on.
fn go(path: &str, cookies: &[String]) -> Result<Response, Fault> {
    let mut reply = see_other(path)?;
    let headers = reply.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    for cookie in cookies {
        headers.append(header::SET_COOKIE, HeaderValue::try_from(cookie).map_err(Fault::broken)?);
    }
    Ok(reply)
}

/// On to the account's page, which says what was done.
fn on(said: page::Said, cookies: &[String]) -> Result<Response, Fault> {
    go(&format!("/account?said={}", said.code()), cookies)
}

/// In words, from what a browser says of itself.
fn browser(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or("");
    pages::desk::sessions::browser_words(agent)
}

/// The ways to each provider, with its label.
fn providers(app: &App) -> Vec<(String, &str)> {
    app.providers.iter().map(|p| (format!("/account/with/{}", p.key), p.label.as_str())).collect()
}

/// A field of a form; of one sent twice the first.
fn field(body: &[u8], name: &str) -> String {
    let found = form_urlencoded::parse(body).find(|(key, _)| key == name);
    found.map(|(_, value)| value.into_owned()).unwrap_or_default()
}
