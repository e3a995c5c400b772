//! A person's own sessions and password.

use super::{
    passkeys,
    posted::Posted,
    seat::Seat,
    turned::{Answer, page},
    ways,
};
use crate::{
    app::{App, AppState},
    clock,
    edge::ReaderAddress,
    http::question,
    problem::Fault,
    staff::{SPAN, SignInDoor, SignInTries, fit},
};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
};
use newsroom::passkey::NotAdded;
use pages::desk::{FieldFault, PasskeyList, PasskeyRow, Said, SessionRow, SessionsPage};
use store::{Error, passkey::Passkey};

pub async fn list(State(app): State<AppState>, seat: Seat) -> Answer {
    screen(&app, &seat, StatusCode::OK, &[]).await
}

pub(super) async fn screen(app: &App, seat: &Seat, status: StatusCode, faults: &[FieldFault]) -> Answer {
    let row = |s: store::staff::Session| SessionRow {
        id: s.id,
        browser: s.browser,
        since: s.created_at,
        used: s.seen_at,
        this: s.id == seat.session,
    };
    let found = app.store.list_sessions(seat.person.id, SPAN, clock::now()).await?;
    let sessions: Vec<SessionRow> = found.into_iter().map(row).collect();
    let has = app.store.passkeys_of(seat.person.id).await?;
    let passkeys = PasskeyList {
        rows: &has.iter().map(passkey_row).collect::<Vec<_>>(),
        origin: question::origin(app).unwrap_or(""),
        closed: match &app.passkeys {
            Err(why) => Some(why.words()),
            Ok(_) => passkeys::may_add(app, seat, &has).err().map(NotAdded::words),
        },
        wanted: !app.config.staff.passkeys.opens(seat.by),
        keeps_last: passkeys::keeps_last(app, seat).await?,
    };
    let desk = seat.desk(app).await?;
    let view = SessionsPage { desk: &desk, sessions: &sessions, passkeys, faults };
    Ok(page(status, app.theme.desk_sessions(&view)?))
}

fn passkey_row(kept: &Passkey) -> PasskeyRow {
    PasskeyRow {
        id: kept.id,
        name: kept.name.clone(),
        since: kept.created_at,
        used: kept.used_at,
        copied: kept.counted.backup == "kept",
    }
}

pub async fn end(State(app): State<AppState>, Path(id): Path<i64>, posted: Posted) -> Answer {
    let seat = posted.seat;
    match app.store.end_session(&seat.person, id, "ended a session", clock::now()).await {
        // Over meanwhile: what was asked for is so. A colleague's cannot be ended this way.
        Ok(()) | Err(Error::Gone(_)) => Ok(ways::on("/desk/sessions", Said::SessionEnded)),
        Err(e) => Err(e.into()),
    }
}

pub async fn end_others(State(app): State<AppState>, posted: Posted) -> Answer {
    let seat = posted.seat;
    app.store.end_other_sessions(&seat.person, seat.session, clock::now()).await?;
    Ok(ways::on("/desk/sessions", Said::OthersEnded))
}

pub async fn change_password(State(app): State<AppState>, reader: ReaderAddress, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    let refuse = async |status, field, words: String| {
        screen(&app, &seat, status, &[FieldFault::new(field, words)]).await
    };
    let new = form.text("password");
    if let Some(words) = fit(new) {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, "password", words).await;
    }
    // A stolen session must not be a way to guess the password.
    let tries = SignInTries {
        flood: &app.sign_ins,
        door: SignInDoor::Desk,
        address: app.edge.near(reader),
        name: seat.name(),
    };
    if let Some(wait) = tries.wait(clock::now()) {
        let words = format!("Too many tries. Please wait {wait} seconds.");
        let mut reply = refuse(StatusCode::TOO_MANY_REQUESTS, "current", words).await?;
        reply.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        return Ok(reply);
    }
    let hash = app.store.password_of(seat.person.id).await?;
    let right = app.passwords.check(form.text("current").to_owned(), hash).await.map_err(Fault::broken)?;
    if !right {
        let words = "This is not your present password.".to_owned();
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, "current", words).await;
    }
    tries.forget();
    let hash = app.passwords.hash(new.to_owned()).await.map_err(Fault::broken)?;
    app.store.change_password(seat.person.id, &hash, seat.session, clock::now()).await?;
    Ok(ways::on("/desk/sessions", Said::PasswordChanged))
}
