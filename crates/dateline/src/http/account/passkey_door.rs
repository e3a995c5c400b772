//! `/account/passkey`: coming in with a passkey, and an account that is made with one and nothing else.

use super::{
    field,
    holder::{Fresh, holder, leave},
    on,
    page::{DoorTold, Said, door_told},
    passkeys::{label, new_passkey, offered},
};
use crate::{
    app::{App, AppState},
    clock,
    edge::{ReaderAddress, from_here},
    http::question::{self, NoProof},
    passkey::{ask_to_add, ask_to_enter},
    problem::Fault,
    readers::passkey_digest,
    staff::{AskedToken, SignInDoor, SignInTries, TriesOf},
};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use newsroom::discussion::{
    account::{NameFault, fit_name},
    name::own_look,
};
use store::{
    Error,
    passkey::{Counted, Door as AskedAt, Passkey},
    reader::{NewReader, Reader},
};

const PATH: &str = "/account/passkey";
const ENTRANCE: AskedAt = AskedAt::AccountEntrance;

/// Accounts made with a passkey alone from one address in an hour: a campus makes that many, a program more.
const MOST_MADE: u32 = 20;

/// For what a browser's word is: an answer for one thing is none for the other.
fn entering(token: &AskedToken) -> String {
    format!("reader enters {}", token.digest())
}

fn making(token: &AskedToken) -> String {
    format!("reader begins {}", token.digest())
}

fn again(app: &App, words: &str) -> Result<Response, Fault> {
    door_told(app, StatusCode::UNPROCESSABLE_ENTITY, &DoorTold { refusal: words, ..DoorTold::default() })
}

pub async fn ask(
    State(app): State<AppState>,
    reader: ReaderAddress,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    from_here(&headers, &app.paper.address)?;
    let paper = offered(&app)?;
    question::may_ask(&app, reader, ENTRANCE, app.words())?;
    let asked = ask_to_enter(paper).map_err(Fault::broken)?;
    question::put_at_entrance(&app, asked, ENTRANCE, &headers, PATH, entering).await
}

pub async fn enter(
    State(app): State<AppState>,
    reader: ReaderAddress,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    from_here(&headers, &app.paper.address)?;
    offered(&app)?;
    let (words, now) = (app.words(), clock::now());
    // There is no name to guess; a forged answer costs its sender as much as a wrong password at the desk.
    let tries = SignInTries {
        flood: &app.sign_ins,
        door: SignInDoor::Passkey,
        address: app.edge.near(reader),
        name: "",
    };
    if let Some(wait) = tries.wait(now) {
        let told = DoorTold { refusal: words.passkey_tries, ..DoorTold::default() };
        let mut reply = door_told(&app, StatusCode::TOO_MANY_REQUESTS, &told)?;
        reply.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        return Ok(reply);
    }
    let (known, kept, counted) = match proved(&app, &headers, &field(&body, "passkey")).await? {
        Ok(proved) => proved,
        Err(refusal) => return again(&app, refusal),
    };
    tries.forget();
    let digest = passkey_digest(&app.receipts, &kept.credential);
    let fresh = Fresh::of(&app, &headers)?;
    let before = holder(&app, &headers).await?;
    let used = (&kept, &counted);
    match app.store.begin_session_by_passkey(&fresh.session(), known.id, &digest, used, now).await {
        Ok(()) => {
            leave(&app, before).await?;
            on(Said::SignedIn, &fresh.cookies)
        }
        // Removed, or used elsewhere, at the same moment.
        Err(Error::Gone(_)) => again(&app, words.passkey_late),
        Err(e) => Err(e.into()),
    }
}

/// Who answered, with what; or words that say no more than needed.
async fn proved(
    app: &App,
    headers: &HeaderMap,
    answer: &str,
) -> Result<Result<(Reader, Passkey, Counted), &'static str>, Fault> {
    let words = app.words();
    let asked = question::asked_token(headers).map(|token| entering(&token)).unwrap_or_default();
    let find = async |credential: Vec<u8>| -> Result<Option<(Reader, Passkey)>, Fault> {
        let found = app.store.find_reader_passkey(&credential).await?;
        Ok(found.map(|(kept, reader)| (reader, kept)))
    };
    match question::entered(app, answer, &asked, find).await {
        Ok(proved) => Ok(Ok(proved)),
        Err(NoProof::Late) => Ok(Err(words.passkey_late)),
        Err(NoProof::Wrong) => Ok(Err(words.passkey_opens_nothing)),
        Err(NoProof::CountedBack(..)) => Ok(Err(words.passkey_counted_back)),
        Err(NoProof::Fault(fault)) => Err(fault),
    }
}

/// The name for a new account, where it can be had now.
async fn free_name(app: &App, typed: &str) -> Result<Result<String, NameFault>, Fault> {
    let now = clock::now();
    let rules = app.house.rules(&app.store, now).await?;
    let name = match fit_name(typed, app.policy.longest_name, &rules.reserved) {
        Ok(name) => name,
        Err(fault) => return Ok(Err(fault)),
    };
    let taken = app.store.reader_of_name(&name, now).await?.is_some();
    Ok(if taken { Err(NameFault::Taken) } else { Ok(name) })
}

fn makes(app: &App) -> Result<(), Fault> {
    if app.config.identity.passkeys { Ok(()) } else { Err(Fault::NotFound) }
}

/// A name that cannot be had is refused before the device keeps a passkey for it.
pub async fn ask_to_make(
    State(app): State<AppState>,
    reader: ReaderAddress,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    from_here(&headers, &app.paper.address)?;
    let paper = offered(&app)?;
    makes(&app)?;
    question::may_ask(&app, reader, ENTRANCE, app.words())?;
    let name = free_name(&app, &field(&body, "name")).await?;
    let name = name.map_err(|fault| Fault::refused("name", app.words().name_fault(fault), Some("name")))?;
    let asked = ask_to_add(paper, &name, None, &[]).map_err(Fault::broken)?;
    question::put_at_entrance(&app, asked, ENTRANCE, &headers, PATH, making).await
}

pub async fn make(
    State(app): State<AppState>,
    reader: ReaderAddress,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    from_here(&headers, &app.paper.address)?;
    offered(&app)?;
    makes(&app)?;
    let (words, now, typed) = (app.words(), clock::now(), field(&body, "name"));
    let refuse = |status: StatusCode, refusal: &str| {
        door_told(&app, status, &DoorTold { refusal, name: &typed, ..DoorTold::default() })
    };
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let name = match free_name(&app, &typed).await? {
        Ok(name) => name,
        Err(fault) => return refuse(wrong, &words.name_fault(fault)),
    };
    let asked = question::asked_token(&headers).map(|token| making(&token)).unwrap_or_default();
    let added = match question::added(&app, &field(&body, "passkey"), &asked).await {
        Ok(added) => added,
        Err(NoProof::Late) => return refuse(wrong, words.passkey_late),
        Err(NoProof::Wrong | NoProof::CountedBack(..)) => return refuse(wrong, words.passkey_wrong),
        Err(NoProof::Fault(fault)) => return Err(fault),
    };
    let made = TriesOf::Address(SignInDoor::MadeByPasskey, app.edge.near(reader));
    if app.sign_ins.count(made, now).last_hour >= MOST_MADE {
        return refuse(StatusCode::TOO_MANY_REQUESTS, words.passkey_many_made);
    }
    let digest = passkey_digest(&app.receipts, &added.credential);
    let passkey = new_passkey(added, label("", &headers));
    let before = holder(&app, &headers).await?;
    let fresh = Fresh::of(&app, &headers)?;
    let new = NewReader { name: &name, look: &own_look(&name), session: fresh.session() };
    match app.store.add_reader_by_passkey(&new, &passkey, &digest, now).await {
        Ok(_) => {
            leave(&app, before).await?;
            on(Said::Made, &fresh.cookies)
        }
        Err(Error::Taken("name")) => refuse(wrong, &words.name_fault(NameFault::Taken)),
        Err(Error::Taken(_)) => refuse(wrong, words.passkey_taken),
        Err(e) => Err(e.into()),
    }
}
