//! A question for a passkey, put to a browser; the same at the desk's doors and at readers'.

use crate::{
    app::App,
    clock,
    edge::ReaderAddress,
    passkey::{MOST_QUESTIONS, Question, RelyingParty, TIME_TO_ANSWER},
    problem::Fault,
    staff::AskedToken,
};
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use pages::{Words, words::counted};
use store::passkey::Asked;

/// Questions for one address in a minute. A page asks by itself when it opens, and again after some minutes.
const QUESTIONS_PER_MINUTE: u32 = 30;

/// The paper as browsers know it, or why they do not.
pub fn party(app: &App) -> Result<&RelyingParty, Fault> {
    app.passkeys.as_ref().map_err(|why| Fault::refused("no-passkeys", why.words(), None))
}

/// Where a browser must be for them; `None` where the paper can have none.
pub fn origin(app: &App) -> Option<&str> {
    app.passkeys.as_ref().ok().map(RelyingParty::origin)
}

/// A question is a row: nobody makes them by the thousand. One too many is refused in these words.
pub fn may_ask(app: &App, reader: ReaderAddress, words: &Words) -> Result<(), Fault> {
    let tally = app.asked.count(app.edge.near(reader), clock::now());
    if tally.last_minute < QUESTIONS_PER_MINUTE {
        return Ok(());
    }
    Err(Fault::TooMany { detail: counted(words, words.holder().many_tries, 60), wait: 60 })
}

/// Keeps the question for whoever is `holder`, and puts it to their browser.
pub async fn put(app: &App, question: Question, holder: String) -> Result<Response, Fault> {
    let now = clock::now();
    let Question { challenge, state, options } = question;
    let asked = Asked { challenge, holder, state, until: now.plus(TIME_TO_ANSWER) };
    app.store.ask_for_passkey(asked, MOST_QUESTIONS, now).await?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((StatusCode::OK, headers, options.to_string()).into_response())
}

/// The word that the asked browser brings back.
pub fn asked_token(headers: &HeaderMap) -> Option<AskedToken> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    cookies.filter_map(AskedToken::of_cookies).next()
}

/// Puts it to whoever stands at the door below `path`, where `holder` says for what the browser's word is. A browser
/// that was asked before keeps its word, so that two of its windows do not disturb each other.
pub async fn put_at_door(
    app: &App,
    question: Question,
    headers: &HeaderMap,
    path: &str,
    holder: impl FnOnce(&AskedToken) -> String,
) -> Result<Response, Fault> {
    let token = match asked_token(headers) {
        Some(token) => token,
        None => AskedToken::random().map_err(Fault::broken)?,
    };
    let mut reply = put(app, question, holder(&token)).await?;
    let cookie = token.cookie(path, TIME_TO_ANSWER / 1000, app.paper.address.starts_with("https://"));
    reply.headers_mut().insert(header::SET_COOKIE, HeaderValue::try_from(cookie).map_err(Fault::broken)?);
    Ok(reply)
}
