//! A person's own passkeys: the question for a new one, adding it, removing one.

use super::{posted::Posted, seat::Seat, sessions, turned::Answer, ways};
use crate::{
    app::App,
    app::AppState,
    clock,
    edge::ReaderAddress,
    http::question::{self, NoProof},
    passkey::ask_to_add,
    problem::Fault,
    staff::fit_name,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
};
use newsroom::{Language, passkey::NotAdded};
use pages::{
    Words,
    desk::{FieldFault, Said, sessions::browser_words},
};
use store::{
    Error,
    passkey::{Counted, Door, NewPasskey, Passkey},
};

fn holder(seat: &Seat) -> String {
    format!("session {}", seat.session)
}

/// What stands against one more passkey in this session.
pub(super) fn may_add(app: &App, seat: &Seat, has: &[Passkey]) -> Result<(), NotAdded> {
    app.config.staff.passkeys.may_add(seat.by, has.len(), clock::now().since(seat.since))
}

pub async fn ask(State(app): State<AppState>, reader: ReaderAddress, posted: Posted) -> Answer {
    let Posted { seat, .. } = posted;
    let paper = question::party(&app)?;
    let has = app.store.passkeys_of(seat.person.id).await?;
    may_add(&app, &seat, &has).map_err(|why| Fault::refused("no-more-passkeys", why.words(), None))?;
    question::may_ask(&app, reader, Door::Desk, Words::of(Language::English))?;
    let handle = has.first().map(|p| p.handle.as_slice());
    let others: Vec<Vec<u8>> = has.iter().map(|p| p.credential.clone()).collect();
    let asked = ask_to_add(paper, seat.name(), handle, &others).map_err(Fault::broken)?;
    Ok(question::put(&app, asked, Door::Desk, holder(&seat)).await?)
}

pub async fn add(State(app): State<AppState>, headers: HeaderMap, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    let refuse = async |words: &str| {
        let faults = [FieldFault::new("passkey_name", words)];
        sessions::screen(&app, &seat, StatusCode::UNPROCESSABLE_ENTITY, &faults).await
    };
    question::party(&app)?;
    let typed = match form.text("passkey_name").trim() {
        "" => browser_words(headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or("")),
        typed => typed.to_owned(),
    };
    let name = match fit_name(&typed) {
        Ok(name) => name,
        Err(words) => return refuse(&words).await,
    };
    let has = app.store.passkeys_of(seat.person.id).await?;
    if let Err(why) = may_add(&app, &seat, &has) {
        return refuse(why.words()).await;
    }
    const LATE: &str = "That took too long, or was sent twice. Nothing was added; please try again.";
    const NOT_TAKEN: &str = "What the browser sent is not a passkey for this paper. Nothing was added.";
    let added = match question::added(&app, form.text("passkey"), &holder(&seat)).await {
        Ok(added) => added,
        Err(NoProof::Late) => return refuse(LATE).await,
        Err(NoProof::Wrong | NoProof::CountedBack(..)) => return refuse(NOT_TAKEN).await,
        Err(NoProof::Fault(fault)) => return Err(fault.into()),
    };
    let new = NewPasskey {
        credential: added.credential,
        handle: added.handle,
        key: added.key,
        counted: Counted { uses: added.uses, backup: added.backup.into() },
        name,
    };
    match app.store.add_passkey(&seat.person, new, seat.session, clock::now()).await {
        Ok(()) => Ok(ways::on("/desk/sessions", Said::PasskeyAdded)),
        Err(Error::Taken(_)) => refuse("This passkey is here already.").await,
        Err(e) => Err(e.into()),
    }
}

pub async fn drop_one(State(app): State<AppState>, Path(id): Path<i64>, posted: Posted) -> Answer {
    let seat = posted.seat;
    let keep = keeps_last(&app, &seat).await?;
    match app.store.drop_passkey(&seat.person, id, keep, clock::now()).await {
        // Gone before: what was asked for is so. A colleague's cannot be removed this way.
        Ok(()) | Err(Error::Gone("passkey")) => Ok(ways::on("/desk/sessions", Said::PasskeyDropped)),
        Err(Error::Gone(_)) => Err(seat.refusal(
            &app,
            StatusCode::CONFLICT,
            "Your last way in",
            "This is your only passkey, and nothing else opens the desk for you.",
            "Add another one first.",
        )),
        Err(e) => Err(e.into()),
    }
}

/// Whether nothing else would open the desk for them.
pub(super) async fn keeps_last(app: &App, seat: &Seat) -> Result<bool, Fault> {
    let password = app.store.password_of(seat.person.id).await?;
    let has_password = password.is_some_and(|hash| !hash.is_empty());
    Ok(app.config.staff.passkeys.keeps_last(has_password))
}
