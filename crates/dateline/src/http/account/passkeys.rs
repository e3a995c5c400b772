//! `/account/passkeys`: a passkey as one more way into the account that is signed in.

use super::{
    field,
    holder::posted,
    on,
    page::{Said, Told, own},
};
use crate::{
    app::{App, AppState},
    clock,
    edge::ReaderAddress,
    http::question,
    passkey::{Added, Adding, NotProved, RelyingParty, ask_to_add},
    problem::Fault,
    readers::passkey_digest,
};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use newsroom::{discussion::name::clean_line, passkey::MOST};
use pages::words::fill;
use store::{
    Error,
    passkey::{Counted, NewPasskey},
    reader::SignedInReader,
};

/// Of a passkey's name, in characters.
const LONGEST: usize = 60;

/// Where browsers can have passkeys of the paper, for readers.
pub(super) fn origin(app: &App) -> Option<&str> {
    question::origin(app).filter(|_| app.policy.accounts)
}

/// The paper as browsers know it, where readers can have accounts.
pub(super) fn offered(app: &App) -> Result<&RelyingParty, Fault> {
    if app.policy.accounts { question::party(app) } else { Err(Fault::NotFound) }
}

/// By which its holder knows it again: as typed, or the browser's name.
pub(super) fn label(typed: &str, headers: &HeaderMap) -> String {
    let start: String = typed.chars().take(1_000).collect();
    let label: String = clean_line(&start).chars().take(LONGEST).collect();
    let label = label.trim();
    if label.is_empty() { super::browser(headers) } else { label.to_owned() }
}

pub(super) fn new_passkey(added: Added, name: String) -> NewPasskey {
    NewPasskey {
        credential: added.credential,
        handle: added.handle,
        key: added.key,
        counted: Counted { uses: added.uses, backup: added.backup.into() },
        name,
    }
}

/// Whose question it is: that of this session alone.
fn asked(holder: &SignedInReader) -> String {
    format!("reader session {}", holder.session)
}

fn too_many(app: &App) -> String {
    fill(app.words().passkey_too_many, &[("most", &MOST.to_string())])
}

pub async fn ask(
    State(app): State<AppState>,
    reader: ReaderAddress,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let holder = posted(&app, &headers).await?;
    let paper = offered(&app)?;
    let has = app.store.passkeys_of_reader(holder.reader.id).await?;
    if has.len() >= MOST {
        return Err(Fault::refused("no-more-passkeys", too_many(&app), None));
    }
    question::may_ask(&app, reader, app.words())?;
    let handle = has.first().map(|p| p.handle.as_slice());
    let others: Vec<Vec<u8>> = has.iter().map(|p| p.credential.clone()).collect();
    let new = ask_to_add(paper, &holder.reader.name, handle, &others).map_err(Fault::broken)?;
    question::put(&app, new, asked(&holder)).await
}

pub async fn add(State(app): State<AppState>, headers: HeaderMap, body: Bytes) -> Result<Response, Fault> {
    let holder = posted(&app, &headers).await?;
    let paper = offered(&app)?;
    let words = app.words();
    let refuse = async |refusal: &str| {
        let told = Told { refusal, fault: "passkey", ..Told::default() };
        own(&app, &holder, StatusCode::UNPROCESSABLE_ENTITY, &told).await
    };
    if app.store.passkeys_of_reader(holder.reader.id).await?.len() >= MOST {
        return refuse(&too_many(&app)).await;
    }
    let adding = match Adding::read(&field(&body, "passkey")) {
        Ok(adding) => adding,
        Err(why) => {
            tracing::info!(?why, "a reader's new passkey was refused");
            return refuse(words.passkey_wrong).await;
        }
    };
    let now = clock::now();
    let Some(state) = app.store.take_challenge(&adding.challenge, &asked(&holder), now).await? else {
        return refuse(words.passkey_late).await;
    };
    let added = match adding.prove(paper, &state) {
        Ok(added) => added,
        Err(NotProved::Broken(why)) => return Err(Fault::broken(why)),
        Err(why) => {
            tracing::info!(?why, "a reader's new passkey was refused");
            return refuse(words.passkey_wrong).await;
        }
    };
    let digest = passkey_digest(&app.receipts, &added.credential);
    let passkey = new_passkey(added, label(&field(&body, "passkey_name"), &headers));
    match app.store.add_reader_passkey(holder.reader.id, &passkey, &digest, now).await {
        Ok(()) => on(Said::WayAdded, &[]),
        Err(Error::Taken(_)) => refuse(words.passkey_taken).await,
        Err(e) => Err(e.into()),
    }
}
