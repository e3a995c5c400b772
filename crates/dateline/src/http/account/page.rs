//! `GET /account`: the door, or all that the account holds. `GET /account/me`: the name, for the reader's script.

use super::{
    holder::{holder, sessions},
    passkeys, private, providers,
};
use crate::{
    app::{App, AppState},
    clock,
    problem::Fault,
};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use newsroom::discussion::{CommentId, account::in_force};
use pages::{
    account::{AccountDoor, AccountPage, AccountSession, DoorPasskeys, WayRow},
    words::{HolderWords, fill},
};
use serde_json::json;
use std::collections::HashMap;
use store::reader::{SignedInReader, Way, WayKind};

/// Comments on one page.
const MOST: u32 = 20;

/// What an act did, told on the page that follows it. The code travels in the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    LetterSent,
    SignedIn,
    Made,
    WayAdded,
    WayRemoved,
    Renamed,
    SessionEnded,
    OthersEnded,
    SignedOut,
    Erased,
}

impl Said {
    const ALL: [(Said, &'static str); 10] = [
        (Said::LetterSent, "letter"),
        (Said::SignedIn, "in"),
        (Said::Made, "made"),
        (Said::WayAdded, "way"),
        (Said::WayRemoved, "no-way"),
        (Said::Renamed, "name"),
        (Said::SessionEnded, "session"),
        (Said::OthersEnded, "others"),
        (Said::SignedOut, "out"),
        (Said::Erased, "erased"),
    ];

    pub fn code(self) -> &'static str {
        Said::ALL.iter().find(|(said, _)| *said == self).map_or("", |(_, code)| code)
    }

    fn words(code: Option<&String>, words: &'static HolderWords) -> &'static str {
        let said = code.and_then(|code| Said::ALL.iter().find(|(_, c)| c == code)).map(|(said, _)| *said);
        match said {
            None => "",
            Some(Said::LetterSent) => words.done_letter,
            Some(Said::SignedIn) => words.done_in,
            Some(Said::Made) => words.done_made,
            Some(Said::WayAdded) => words.done_way,
            Some(Said::WayRemoved) => words.done_no_way,
            Some(Said::Renamed) => words.done_name,
            Some(Said::SessionEnded) => words.done_session,
            Some(Said::OthersEnded) => words.done_others,
            Some(Said::SignedOut) => words.done_out,
            Some(Said::Erased) => words.done_erased,
        }
    }
}

pub async fn account(
    State(app): State<AppState>,
    Query(asked): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let said = Said::words(asked.get("said"), app.words().holder());
    match holder(&app, &headers).await? {
        None => door(&app, StatusCode::OK, "", said, ""),
        Some(holder) => {
            let before = asked.get("before").and_then(|id| id.parse().ok());
            own(&app, &holder, StatusCode::OK, &Told { said, before, ..Told::default() }).await
        }
    }
}

pub(super) fn door(
    app: &App,
    status: StatusCode,
    email: &str,
    said: &str,
    refusal: &str,
) -> Result<Response, Fault> {
    door_told(app, status, &DoorTold { email, said, refusal, name: "" })
}

/// What the door is to say, and what was typed there.
#[derive(Default)]
pub(super) struct DoorTold<'a> {
    pub email: &'a str,
    pub said: &'a str,
    pub refusal: &'a str,
    /// For an account that a passkey was to make.
    pub name: &'a str,
}

pub(super) fn door_told(app: &App, status: StatusCode, told: &DoorTold<'_>) -> Result<Response, Fault> {
    let passkeys = passkeys::origin(app).map(|origin| DoorPasskeys {
        origin,
        makes: app.config.identity.passkeys,
        name: told.name,
        longest_name: app.policy.longest_name,
    });
    let html = app.theme.account_door(&AccountDoor {
        paper: &app.paper,
        letters: app.post.is_some(),
        providers: &providers(app),
        passkeys,
        email: told.email,
        said: told.said,
        refusal: told.refusal,
    })?;
    Ok(private(status, html))
}

/// What the account's page is to say besides.
#[derive(Default)]
pub(super) struct Told<'a> {
    pub said: &'a str,
    pub refusal: &'a str,
    /// The form that was refused.
    pub fault: &'a str,
    pub before: Option<CommentId>,
}

pub(super) async fn own(
    app: &App,
    holder: &SignedInReader,
    status: StatusCode,
    told: &Told<'_>,
) -> Result<Response, Fault> {
    let (reader, now) = (&holder.reader, clock::now());
    let ways = app.store.ways_of(reader.id).await?.into_iter().map(|way| way_row(app.words().holder(), way));
    let row = |s: store::reader::ReaderSession| AccountSession {
        id: s.id,
        browser: app.words().browser(&s.browser),
        since: s.created_at,
        used: s.seen_at,
        this: s.id == holder.session,
    };
    let sessions: Vec<AccountSession> = sessions(app, reader.id, now).await?.into_iter().map(row).collect();
    let mut comments = Vec::new();
    for comment in app.store.comments_of_reader(reader.id, told.before, MOST).await? {
        let story = app.store.story(comment.story).await?;
        let path = story.as_ref().and_then(|s| s.path()).unwrap_or_default();
        let headline = story.map_or_else(String::new, |s| s.copy.headline);
        let receipt = app.receipts.path(comment.id);
        comments.push((comment, path, headline, receipt));
    }
    let last = comments.last().filter(|_| comments.len() == MOST as usize);
    let next = last.map(|(c, ..)| format!("/account?before={}#said-head", c.id)).unwrap_or_default();
    let until = reader.badge.as_ref().map(|(_, until)| *until).unwrap_or_default();
    let html = app.theme.account(&AccountPage {
        paper: &app.paper,
        name: &reader.name,
        since: reader.created_at,
        badge: in_force(reader.badge.clone(), now).as_deref().map(|words| (words, until)),
        letters: app.post.is_some(),
        providers: &providers(app),
        passkeys: passkeys::origin(app),
        ways: &ways.collect::<Vec<_>>(),
        sessions: &sessions,
        comments: &comments,
        next: &next,
        longest_name: app.policy.longest_name,
        said: told.said,
        refusal: told.refusal,
        fault: told.fault,
    })?;
    Ok(private(status, html))
}

fn way_row(words: &HolderWords, way: Way) -> WayRow {
    let sentence = match way.kind {
        WayKind::Mail => words.way_letter,
        WayKind::Oidc => words.way_provider,
        WayKind::Passkey => words.way_passkey,
    };
    WayRow { id: way.id, words: fill(sentence, &[("label", &way.label)]), used: way.used_at }
}

pub async fn me(State(app): State<AppState>, headers: HeaderMap) -> Result<Response, Fault> {
    let name = holder(&app, &headers).await?.map(|holder| holder.reader.name);
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(json!({ "name": name }))).into_response())
}
