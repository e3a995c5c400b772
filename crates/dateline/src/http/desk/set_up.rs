//! The first account: made by whoever holds the link that `serve` prints on a paper without staff.

use super::{
    door,
    sent_form::SentForm,
    turned::{Answer, Turned, page},
    ways,
};
use crate::{
    app::{App, AppState},
    clock,
    edge::{Origin, origin},
    failure::Failure,
    problem::Fault,
    staff::{fit, fit_name},
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
};
use pages::desk::{Refusal, SetUp};

/// Opens the one-time link where there is no staff yet; its whole address, to be printed for whoever started
/// the paper. `None` where somebody works here already.
pub async fn invite(app: &App) -> Result<Option<String>, Failure> {
    let failed = |e: String| Failure(format!("the set-up link cannot be made: {e}"));
    if app.store.count_people().await.map_err(|e| failed(e.to_string()))? > 0 {
        return Ok(None);
    }
    let path = app.set_up.open().map_err(|e| failed(e.to_string()))?;
    Ok(Some(app.paper.url(&path)))
}

pub async fn show(State(app): State<AppState>, Path(token): Path<String>) -> Answer {
    still_open(&app, &token)?;
    Ok(form(&app, StatusCode::OK, &token, "", None)?)
}

pub async fn set_up(
    State(app): State<AppState>,
    Path(token): Path<String>,
    headers: HeaderMap,
    sent: SentForm,
) -> Answer {
    if origin(&headers, &app.paper.address) == Origin::Foreign {
        return Err(Fault::ForeignOrigin.into());
    }
    still_open(&app, &token)?;
    let password = sent.text("password");
    let again =
        |words: &str| form(&app, StatusCode::UNPROCESSABLE_ENTITY, &token, sent.text("name"), Some(words));
    let name = match fit_name(sent.text("name")) {
        Ok(name) => name,
        Err(words) => return Ok(again(&words)?),
    };
    if let Some(words) = fit(password) {
        return Ok(again(&words)?);
    }
    let hash = app.passwords.hash(password.to_owned()).await.map_err(Fault::broken)?;
    let id = match app.store.add_first_person(&name, &hash, clock::now()).await {
        Ok(id) => id,
        Err(store::Error::Taken(_)) => {
            // Somebody was quicker, perhaps on the command line.
            app.set_up.close();
            return Err(void(&app));
        }
        Err(e) => return Err(e.into()),
    };
    app.set_up.close();
    let person = app.store.person(id).await?.ok_or_else(|| Fault::broken("the first account is gone"))?;
    let (seat, cookie) = door::begin(&app, person, None, &headers).await?;
    let mut reply = ways::go(seat.home());
    reply.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(reply)
}

fn form(
    app: &App,
    status: StatusCode,
    token: &str,
    name: &str,
    words: Option<&str>,
) -> Result<axum::response::Response, Fault> {
    let action = format!("/desk/set-up/{token}");
    let view = SetUp { desk: &door::outside(app), action: &action, name, words };
    Ok(page(status, app.theme.desk_set_up(&view)?))
}

fn still_open(app: &App, token: &str) -> Result<(), Turned> {
    if app.set_up.fits(token) { Ok(()) } else { Err(void(app)) }
}

fn void(app: &App) -> Turned {
    let view = Refusal {
        title: "This link is void",
        what: "It makes the first account of a paper, once, and is void when used or when the paper is started again.",
        mend: "If nobody has an account yet, start the paper again: it prints a new link.",
        typed: &[],
    };
    match app.theme.desk_refusal(&door::outside(app), &view) {
        Ok(html) => page(StatusCode::NOT_FOUND, html).into(),
        Err(fault) => fault.into(),
    }
}
