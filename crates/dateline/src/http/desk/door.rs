//! The door: signing in and out, and going on with what was typed when a session had ended.

use super::{
    posted::Posted,
    seat::Seat,
    sent_form::SentForm,
    turned::{Answer, Turned, page},
    ways,
};
use crate::{
    app::{App, AppState},
    clock,
    edge::{Origin, ReaderAddress, origin},
    http::question,
    problem::Fault,
    staff::{SPAN, SessionToken, SignInDoor, SignInTries},
};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use newsroom::passkey::CameBy;
use pages::desk::{Carried, Desk, Resume, Said, SignIn, sessions::browser_words};
use std::collections::HashMap;
use store::{
    passkey::{Counted, Passkey},
    staff::Person,
};

/// What stands around the pages in front of the door: nobody, and no session whose proof they could carry.
pub(super) fn outside(app: &App) -> Desk<'_> {
    Desk { paper: &app.paper, person: None, csrf: "", now: clock::now(), held: 0, said: None, refused: None }
}

pub async fn show(
    State(app): State<AppState>,
    Query(asked): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Answer {
    let asked = |name: &str| asked.get(name).map_or("", String::as_str);
    let next = ways::own(asked("next")).unwrap_or("");
    if let Some(seat) = Seat::of(&app, &headers, "").await? {
        return Ok(ways::go(if next.is_empty() { seat.home() } else { next }));
    }
    let desk = Desk { said: Said::parse(asked("said")), ..outside(&app) };
    let html = app.theme.desk_sign_in(&SignIn {
        desk: &desk,
        passkeys: question::origin(&app),
        name: "",
        words: None,
        next,
        carried: &[],
    })?;
    Ok(page(StatusCode::OK, html))
}

/// The door for a form whose session had ended.
pub(super) fn ended(app: &App, path: &str, form: &SentForm) -> Result<Response, Fault> {
    let next = ways::own(path).unwrap_or("");
    // Signing out twice needs no words.
    if next == "/desk/sign-out" {
        return Ok(ways::on("/desk/sign-in", Said::SignedOut));
    }
    let carried = form.carried();
    let desk = outside(app);
    let html = app.theme.desk_sign_in(&SignIn {
        desk: &desk,
        passkeys: question::origin(app),
        name: "",
        words: None,
        next,
        carried: &carried,
    })?;
    Ok(page(StatusCode::FORBIDDEN, html))
}

/// What was typed, to be sent again by hand.
pub(super) fn resume(app: &App, seat: &Seat, action: &str, carried: &[Carried]) -> Result<Response, Fault> {
    let desk = seat.bare(app);
    let html = app.theme.desk_resume(&Resume { desk: &desk, action, carried })?;
    Ok(page(StatusCode::OK, html))
}

pub async fn sign_in(
    State(app): State<AppState>,
    reader: ReaderAddress,
    headers: HeaderMap,
    form: SentForm,
) -> Answer {
    if origin(&headers, &app.paper.address) == Origin::Foreign {
        return Err(Fault::ForeignOrigin.into());
    }
    let name = form.text("name").trim();
    let tries =
        SignInTries { flood: &app.sign_ins, door: SignInDoor::Desk, address: app.edge.near(reader), name };
    if let Some(wait) = tries.wait(clock::now()) {
        return Ok(too_many(&app, &form, wait)?);
    }
    let person = app.store.find_person(name).await?.filter(|p| p.disabled_at.is_none());
    let hash = match &person {
        Some(person) => app.store.password_of(person.id).await?,
        None => None,
    };
    let right = app.passwords.check(form.text("password").to_owned(), hash).await.map_err(Fault::broken)?;
    let Some(person) = person.filter(|_| right) else {
        tracing::info!("a sign-in was refused");
        let words = "There is no account with this name and password.";
        return Ok(again(&app, StatusCode::UNPROCESSABLE_ENTITY, &form, words)?);
    };
    if !app.config.staff.passkeys.takes_password(app.store.passkeys_of(person.id).await?.len()) {
        let words = "This paper asks for the passkey that you have. Without it, an admin can remove it with \
                     `dateline staff drop-passkeys`.";
        return Ok(again(&app, StatusCode::UNPROCESSABLE_ENTITY, &form, words)?);
    }
    tries.forget();
    let begun = begin(&app, person, None, &headers).await?;
    Ok(led_in(&app, begun, &form)?)
}

/// Where a sign-in leads, with the session's cookie: on, or to what was typed when the last one had ended.
pub(super) fn led_in(app: &App, begun: (Seat, HeaderValue), form: &SentForm) -> Result<Response, Fault> {
    let (seat, cookie) = begun;
    let next = ways::own(form.text("next")).unwrap_or(seat.home());
    let carried = form.uncarried();
    let mut reply = match carried.is_empty() || !seat.reaches(app, next) {
        // An act with nothing typed is not done by itself: its page is shown.
        true => ways::go(ways::page_of(next)),
        false => resume(app, &seat, next, &carried)?,
    };
    reply.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(reply)
}

pub(super) fn too_many(app: &App, form: &SentForm, wait: u32) -> Result<Response, Fault> {
    let words = format!("Too many tries. Please wait {wait} seconds.");
    let mut reply = again(app, StatusCode::TOO_MANY_REQUESTS, form, &words)?;
    reply.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
    Ok(reply)
}

/// The form once more, with all but the password.
pub(super) fn again(app: &App, status: StatusCode, form: &SentForm, words: &str) -> Result<Response, Fault> {
    let view = SignIn {
        desk: &outside(app),
        passkeys: question::origin(app),
        name: form.text("name"),
        words: Some(words),
        next: ways::own(form.text("next")).unwrap_or(""),
        carried: &form.uncarried(),
    };
    Ok(page(status, app.theme.desk_sign_in(&view)?))
}

/// A session with a token of its own, whatever the browser had before; that one ends. `used` is the passkey that
/// opened, and what the use changed in it.
pub(super) async fn begin(
    app: &App,
    person: Person,
    used: Option<(&Passkey, &Counted)>,
    headers: &HeaderMap,
) -> Result<(Seat, HeaderValue), Fault> {
    let now = clock::now();
    let before = Seat::of(app, headers, "").await?;
    let token = SessionToken::random().map_err(Fault::broken)?;
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or("");
    let browser = browser_words(agent);
    let digest = token.digest();
    let (session, by) = match used {
        Some(used) => {
            let begun = app.store.add_passkey_session(&person, used, &digest, &browser, SPAN, now).await;
            let at_once = |e| match e {
                store::Error::Gone("passkey") => {
                    let words =
                        "The passkey was removed or used elsewhere at the same moment. Please try again.";
                    Fault::refused("passkey-changed", words, None)
                }
                e => e.into(),
            };
            (begun.map_err(at_once)?, CameBy::Passkey)
        }
        None => (app.store.add_session(&person, &digest, &browser, SPAN, now).await?, CameBy::Password),
    };
    if let Some(old) = before {
        app.store.end_session(&old.person, old.session, "ended a session by signing in anew", now).await?;
    }
    let cookie = cookie(&token.cookie(app.paper.address.starts_with("https://")))?;
    Ok((Seat::new(person, session, by, token), cookie))
}

fn cookie(text: &str) -> Result<HeaderValue, Fault> {
    HeaderValue::try_from(text).map_err(Fault::broken)
}

pub async fn sign_out(State(app): State<AppState>, posted: Posted) -> Answer {
    let Posted { seat, .. } = posted;
    app.store.end_session(&seat.person, seat.session, "signed out", clock::now()).await?;
    let mut reply = ways::on("/desk/sign-in", Said::SignedOut);
    let farewell = SessionToken::farewell(app.paper.address.starts_with("https://"));
    reply.headers_mut().insert(header::SET_COOKIE, cookie(&farewell)?);
    Ok(reply)
}

impl From<Result<Response, Fault>> for Turned {
    fn from(made: Result<Response, Fault>) -> Turned {
        made.unwrap_or_else(IntoResponse::into_response).into()
    }
}
