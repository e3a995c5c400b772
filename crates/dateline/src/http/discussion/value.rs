//! `POST …/comments/{id}/value`: a reader marks a comment as valuable, once.

use crate::{
    app::{App, AppState},
    clock,
    edge::{ReaderAddress, from_here},
    http::{
        site::{path::StoryPath, thread::place},
        wants_json,
    },
    problem::Fault,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use newsroom::discussion::{Comment, State as Standing};
use serde_json::json;

/// A random word in the reader's own browser, so that one reader counts once; it names nobody.
const COOKIE: &str = "dateline_voter";
/// Marks taken from one address in an hour: a household or a school, not a crowd.
const MOST_PER_HOUR: u32 = 60;

pub async fn value(
    State(app): State<AppState>,
    StoryPath { address, comment }: StoryPath,
    reader: ReaderAddress,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    from_here(&headers, &app.paper.address)?;
    let id = comment.ok_or(Fault::NotFound)?;
    let comment =
        app.store.comment(id).await?.filter(|c| c.state == Standing::Shown).ok_or(Fault::NotFound)?;
    let story = app.house.story(&app.store, &address).await?.ok_or(Fault::NotFound)?;
    if story.id != comment.story {
        return Err(Fault::NotFound);
    }
    let (voter, new) = match voter_of(&headers) {
        Some(voter) => (voter, false),
        None => (fresh_voter()?, true),
    };
    mark(&app, &comment, &voter, reader).await?;
    let mut reply = if wants_json("", &headers) {
        let valued = app.store.comment(id).await?.map_or(0, |c| c.valued);
        axum::Json(json!({ "id": id, "valued": valued })).into_response()
    } else {
        let to = place(&app, &address, &comment).await?;
        (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
    };
    if new {
        let secure = if app.paper.address.starts_with("https://") { "; Secure" } else { "" };
        let cookie = format!("{COOKIE}={voter}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}");
        let cookie = header::HeaderValue::try_from(cookie).map_err(Fault::broken)?;
        reply.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(reply)
}

/// Marks a shown comment, once for each voter, with a limit for each address.
pub async fn mark(app: &App, comment: &Comment, voter: &str, reader: ReaderAddress) -> Result<(), Fault> {
    let print = app.edge.near(reader);
    if !app.policy.limits_off && app.votes.count(print, clock::now()).last_hour > MOST_PER_HOUR {
        return Err(Fault::TooMany { detail: app.words().too_many_values.into(), wait: 3600 });
    }
    app.store.value_comment(comment, voter).await?;
    Ok(())
}

/// A voter's word as this paper makes them: 128 bits in hexadecimal.
pub fn read_voter(word: &str) -> Option<String> {
    let genuine = word.len() == 32 && word.bytes().all(|b| b.is_ascii_hexdigit());
    genuine.then(|| word.to_ascii_lowercase())
}

fn voter_of(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, voter) = pairs.find(|(name, _)| *name == COOKIE)?;
    read_voter(voter)
}

fn fresh_voter() -> Result<String, Fault> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(Fault::broken)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}
