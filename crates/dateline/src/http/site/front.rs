//! `GET /`: the front page.

use crate::{
    app::{App, AppState},
    clock,
    problem::Fault,
    ready::Rendered,
};
use axum::{
    extract::{Request, State},
    response::Response,
};
use newsroom::{clock::DAY, front::rank, touch::Touch};
use pages::Front;
use store::story::ListOf;

/// Stories on the front page.
const STORIES: u32 = 29;

pub async fn front(State(app): State<AppState>, request: Request) -> Result<Response, Fault> {
    let page = app.ready.get_or_render("/", async || render(&app).await).await?;
    Ok(page.respond(request.method(), request.headers()))
}

async fn render(app: &App) -> Result<Rendered, Fault> {
    let now = clock::now();
    let zone = &app.paper.zone;
    let mut cards = app.store.cards(&ListOf::All, None, STORIES + 1).await?;
    let older = (cards.len() > STORIES as usize)
        .then(|| cards.pop())
        .flatten()
        .map(|card| zone.format(card.published_at, "/%Y/%m/%d"));
    let mut touches = vec![Touch::Front];
    touches.extend(cards.iter().map(|card| Touch::Discussion(card.id)));
    let cards = rank(cards);
    let page = Front { paper: &app.paper, at: now, cards: &cards, older: older.as_deref() };
    let mut rendered = Rendered::html(app.theme.front(&page)?, touches);
    // The masthead names the day.
    rendered.stale_at = Some(zone.start_of(zone.day(now.plus(DAY))));
    Ok(rendered)
}
