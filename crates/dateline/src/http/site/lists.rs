//! `GET /section/{slug}`, `/topic/{slug}`, `/author/{slug}`: stories of one kind, newest first.

use super::{path::SlugPath, spelling};
use crate::{
    app::{App, AppState},
    problem::Fault,
    ready::Rendered,
};
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use newsroom::{
    byline::Author,
    section::{Section, Topic},
    slug::Slug,
    story::Card,
    touch::Touch,
};
use pages::{List, ListKind};
use store::story::{ListOf, Since};

/// Stories on one page of a list.
pub const STORIES: u32 = 24;

/// Which page of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    before: Option<Since>,
    after: Option<Since>,
}

impl Turn {
    pub fn of(query: Option<&str>) -> Turn {
        let mut turn = Turn::default();
        for (name, value) in form_urlencoded::parse(query.unwrap_or("").as_bytes()) {
            match &*name {
                "before" => turn.before = Since::parse(&value),
                "after" => turn.after = Since::parse(&value),
                _ => {}
            }
        }
        turn
    }

    pub fn key(self, path: &str) -> String {
        match (self.before, self.after) {
            (Some(since), _) => format!("{path}?before={}", since.render()),
            (None, Some(since)) => format!("{path}?after={}", since.render()),
            _ => path.to_owned(),
        }
    }
}

/// One page of cards, with the addresses of its neighbours.
pub struct Turned {
    pub cards: Vec<Card>,
    pub older: Option<String>,
    pub newer: Option<String>,
}

pub async fn turned(app: &App, of: &ListOf, turn: Turn, path: &str) -> Result<Turned, Fault> {
    let most = STORIES as usize;
    let (mut cards, mut newer) = match (turn.before, turn.after) {
        (None, Some(after)) => {
            let mut cards = app.store.newer_cards(of, after, STORIES + 1).await?;
            let more = cards.len() > most;
            if more {
                cards.remove(0);
            }
            // The last page going up is the first: fill it.
            if !more {
                cards = app.store.cards(of, None, STORIES + 1).await?;
            }
            (cards, more)
        }
        (before, _) => (app.store.cards(of, before, STORIES + 1).await?, before.is_some()),
    };
    let going_up = turn.before.is_none() && turn.after.is_some() && newer;
    let more = cards.len() > most || going_up;
    cards.truncate(most);
    newer = newer && !cards.is_empty();
    let first = cards.first().filter(|_| newer);
    let last = cards.last().filter(|_| more);
    Ok(Turned {
        newer: first.map(|card| format!("{path}?after={}", Since::of(card).render())),
        older: last.map(|card| format!("{path}?before={}", Since::of(card).render())),
        cards,
    })
}

/// What a list of cards is kept by, besides its own touch.
pub fn discussions(cards: &[Card]) -> impl Iterator<Item = Touch> + '_ {
    cards.iter().map(|card| Touch::Discussion(card.id))
}

enum Kind {
    Section,
    Topic,
    Author,
}

pub async fn section(state: State<AppState>, slug: Result<SlugPath, Fault>, request: Request) -> Response {
    list(state.0, slug, request, Kind::Section).await
}

pub async fn topic(state: State<AppState>, slug: Result<SlugPath, Fault>, request: Request) -> Response {
    list(state.0, slug, request, Kind::Topic).await
}

pub async fn author(state: State<AppState>, slug: Result<SlugPath, Fault>, request: Request) -> Response {
    list(state.0, slug, request, Kind::Author).await
}

async fn list(app: AppState, slug: Result<SlugPath, Fault>, request: Request, kind: Kind) -> Response {
    let Ok(SlugPath(slug)) = slug else {
        return spelling::elsewhere(State(app), request.method().clone(), request.uri().clone()).await;
    };
    let turn = Turn::of(request.uri().query());
    let key = turn.key(request.uri().path());
    match app.ready.get_or_render(&key, async || render(&app, slug, kind, turn).await).await {
        Ok(page) => page.respond(request.method(), request.headers()),
        Err(fault) => fault.into_response(),
    }
}

/// The section of that slug, if the paper has it or any story stands in it.
pub async fn section_of(app: &App, slug: &Slug) -> Result<Section, Fault> {
    if let Some(section) = app.paper.sections.iter().find(|s| s.slug == *slug) {
        return Ok(section.clone());
    }
    let name = app.store.section_name(slug).await?.ok_or(Fault::NotFound)?;
    Ok(Section { slug: slug.clone(), name })
}

async fn render(app: &App, slug: Slug, kind: Kind, turn: Turn) -> Result<Rendered, Fault> {
    let (of, touch, path) = match kind {
        Kind::Section => {
            (ListOf::Section(slug.clone()), Touch::Section(slug.clone()), format!("/section/{slug}"))
        }
        Kind::Topic => (ListOf::Topic(slug.clone()), Touch::Topic(slug.clone()), format!("/topic/{slug}")),
        Kind::Author => {
            (ListOf::Author(slug.clone()), Touch::Author(slug.clone()), format!("/author/{slug}"))
        }
    };
    let page = turned(app, &of, turn, &path).await?;
    let (section, topic, author);
    let kind = match kind {
        Kind::Section => {
            section = section_of(app, &slug).await?;
            ListKind::Section(&section)
        }
        Kind::Topic => {
            topic = Topic { name: app.store.topic_name(&slug).await?.ok_or(Fault::NotFound)?, slug };
            ListKind::Topic(&topic)
        }
        Kind::Author => {
            author = Author { name: app.store.author_name(&slug).await?.ok_or(Fault::NotFound)?, slug };
            ListKind::Author(&author)
        }
    };
    let html = app.theme.list(&List {
        paper: &app.paper,
        kind,
        cards: &page.cards,
        older: page.older.as_deref(),
        newer: page.newer.as_deref(),
    })?;
    let touches = std::iter::once(touch).chain(discussions(&page.cards)).collect();
    Ok(Rendered::html(html, touches))
}
