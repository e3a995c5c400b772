//! What the holder of an account does with it.

use super::{
    holder::posted,
    on,
    page::{Said, Told, own},
};
use crate::{
    app::{App, AppState},
    clock,
    problem::Fault,
    readers::Cookies,
};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use newsroom::discussion::{
    account::{MOST_NAMES, MOST_SPELLINGS, NameFault, fit_name},
    name::own_look,
};
use pages::words::fill;
use store::{Error, reader::SignedInReader};

async fn refuse(app: &App, holder: &SignedInReader, fault: &str, words: &str) -> Result<Response, Fault> {
    let told = Told { refusal: words, fault, ..Told::default() };
    own(app, holder, StatusCode::UNPROCESSABLE_ENTITY, &told).await
}

pub async fn sign_out(State(app): State<AppState>, headers: HeaderMap) -> Result<Response, Fault> {
    let holder = posted(&app, &headers).await?;
    app.store.end_reader_session(holder.reader.id, holder.session).await?;
    on(Said::SignedOut, &Cookies::of(&app.paper.address).farewell())
}

pub async fn rename(State(app): State<AppState>, headers: HeaderMap, body: Bytes) -> Result<Response, Fault> {
    let holder = posted(&app, &headers).await?;
    let rules = app.house.rules(&app.store, clock::now()).await?;
    let typed = super::field(&body, "name");
    let name = match fit_name(&typed, app.policy.longest_name, &rules.reserved) {
        Ok(name) => name,
        Err(fault) => return refuse(&app, &holder, "name", &app.words().name_fault(fault)).await,
    };
    let (id, now) = (holder.reader.id, clock::now());
    let owner = app.store.reader_of_name(&name, now).await?;
    if owner.is_some_and(|owner| owner != id) {
        return refuse(&app, &holder, "name", &app.words().name_fault(NameFault::Taken)).await;
    }
    let number = fill(app.words().holder().account_number, &[("n", &id.to_string())]);
    // One of its own in other letters is no further name.
    let known = app.store.names_of(id).await?.iter().any(|held| held.look == own_look(&name));
    let (has, most, words) = match known {
        true => {
            (app.store.count_spellings(id, &name).await?, MOST_SPELLINGS, app.words().holder().many_spellings)
        }
        false => (app.store.count_names(id, &number).await?, MOST_NAMES, app.words().holder().many_names),
    };
    if has >= most {
        return refuse(&app, &holder, "name", &fill(words, &[("most", &most.to_string())])).await;
    }
    match app.store.rename_reader(id, &name, now).await {
        Ok(()) => on(Said::Renamed, &[]),
        Err(Error::Taken(_)) => {
            refuse(&app, &holder, "name", &app.words().name_fault(NameFault::Taken)).await
        }
        Err(e) => Err(e.into()),
    }
}

pub async fn remove_way(
    State(app): State<AppState>,
    Path(id): Path<i64>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let holder = posted(&app, &headers).await?;
    match app.store.remove_way(holder.reader.id, id).await {
        Ok(()) => on(Said::WayRemoved, &[]),
        Err(Error::Taken(_)) => refuse(&app, &holder, "way", app.words().holder().last_way).await,
        Err(e) => Err(e.into()),
    }
}

pub async fn end_session(
    State(app): State<AppState>,
    Path(id): Path<i64>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let holder = posted(&app, &headers).await?;
    app.store.end_reader_session(holder.reader.id, id).await?;
    on(Said::SessionEnded, &[])
}

pub async fn end_others(State(app): State<AppState>, headers: HeaderMap) -> Result<Response, Fault> {
    let holder = posted(&app, &headers).await?;
    app.store.end_other_reader_sessions(holder.reader.id, holder.session).await?;
    on(Said::OthersEnded, &[])
}

pub async fn erase(State(app): State<AppState>, headers: HeaderMap, body: Bytes) -> Result<Response, Fault> {
    let holder = posted(&app, &headers).await?;
    let comments = match super::field(&body, "comments").as_str() {
        "keep" => false,
        "erase" => true,
        _ => return refuse(&app, &holder, "erase", app.words().holder().say_what_of_comments).await,
    };
    if super::field(&body, "sure").is_empty() {
        return refuse(&app, &holder, "erase", app.words().erase_unsure).await;
    }
    match app.store.end_reader(holder.reader.id, comments, clock::now()).await {
        Ok(()) | Err(Error::Gone(_)) => {}
        Err(e) => return Err(e.into()),
    }
    on(Said::Erased, &Cookies::of(&app.paper.address).farewell())
}
