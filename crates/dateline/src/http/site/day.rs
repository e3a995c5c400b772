//! `GET /{yyyy}/{mm}/{dd}`: the paper of a day.

use super::{
    lists::{self, Turn},
    path::DayPath,
    spelling,
};
use crate::{
    app::{App, AppState},
    problem::Fault,
    ready::Rendered,
};
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use jiff::{ToSpan, civil::Date};
use newsroom::{Millis, touch::Touch};
use pages::{List, ListKind};
use store::story::{ListOf, Since};

pub async fn day(State(app): State<AppState>, path: Result<DayPath, Fault>, request: Request) -> Response {
    let Ok(DayPath(day)) = path else {
        return spelling::elsewhere(State(app), request.method().clone(), request.uri().clone()).await;
    };
    let turn = Turn::of(request.uri().query());
    let key = turn.key(request.uri().path());
    match app.ready.get_or_render(&key, async || render(&app, day, turn).await).await {
        Ok(page) => page.respond(request.method(), request.headers()),
        Err(fault) => fault.into_response(),
    }
}

async fn render(app: &App, day: Date, turn: Turn) -> Result<Rendered, Fault> {
    let zone = &app.paper.zone;
    let first = zone.start_of(day);
    let end = day.checked_add(1.day()).map_or(Millis(i64::MAX), |next| zone.start_of(next));
    let path = zone.format(first, "/%Y/%m/%d");
    let mut page = lists::turned(app, &ListOf::Between(first, end), turn, &path).await?;
    // Beyond the day's own pages lie the days before and after it that have a paper.
    if page.older.is_none() {
        let before = Some(Since { at: first, id: 0 });
        let card = app.store.cards(&ListOf::All, before, 1).await?.into_iter().next();
        page.older = card.map(|c| zone.format(c.published_at, "/%Y/%m/%d"));
    }
    if page.newer.is_none() {
        let after = Since { at: end.plus(-1), id: i64::MAX };
        let card = app.store.newer_cards(&ListOf::All, after, 1).await?.into_iter().next();
        page.newer = card.map(|c| zone.format(c.published_at, "/%Y/%m/%d"));
    }
    if page.cards.is_empty() {
        return Err(Fault::NotFound);
    }
    let html = app.theme.list(&List {
        paper: &app.paper,
        kind: ListKind::Day(first),
        cards: &page.cards,
        older: page.older.as_deref(),
        newer: page.newer.as_deref(),
    })?;
    // Its neighbours change with any publication, which the front tells of.
    let touches =
        [Touch::Day(day), Touch::Front].into_iter().chain(lists::discussions(&page.cards)).collect();
    Ok(Rendered::html(html, touches))
}
