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
    http::question::{self, NoProof},
    passkey::{Added, RelyingParty, ask_to_add},
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
    passkey::{Counted, Door, NewPasskey},
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
    question::may_ask(&app, reader, Door::Account, app.words())?;
    let handle = has.first().map(|p| p.handle.as_slice());
    let others: Vec<Vec<u8>> = has.iter().map(|p| p.credential.clone()).collect();
    let new = ask_to_add(paper, &holder.reader.name, handle, &others).map_err(Fault::broken)?;
    question::put(&app, new, Door::Account, asked(&holder)).await
}

pub async fn add(State(app): State<AppState>, headers: HeaderMap, body: Bytes) -> Result<Response, Fault> {
    let holder = posted(&app, &headers).await?;
    offered(&app)?;
    let words = app.words();
    let refuse = async |refusal: &str| {
        let told = Told { refusal, fault: "passkey", ..Told::default() };
        own(&app, &holder, StatusCode::UNPROCESSABLE_ENTITY, &told).await
    };
    if app.store.passkeys_of_reader(holder.reader.id).await?.len() >= MOST {
        return refuse(&too_many(&app)).await;
    }
    let added = match question::added(&app, &field(&body, "passkey"), &asked(&holder)).await {
        Ok(added) => added,
        Err(NoProof::Late) => return refuse(words.passkey_late).await,
        Err(NoProof::Wrong | NoProof::CountedBack(..)) => return refuse(words.passkey_wrong).await,
        Err(NoProof::Fault(fault)) => return Err(fault),
    };
    let digest = passkey_digest(&app.receipts, &added.credential);
    let passkey = new_passkey(added, label(&field(&body, "passkey_name"), &headers));
    match app.store.add_reader_passkey(holder.reader.id, &passkey, &digest, clock::now()).await {
        Ok(()) => on(Said::WayAdded, &[]),
        Err(Error::Taken(_)) => refuse(words.passkey_taken).await,
        Err(e) => Err(e.into()),
    }
}
