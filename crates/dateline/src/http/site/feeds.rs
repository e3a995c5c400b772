//! RSS, Atom and JSON Feed of the stories of the paper and of each section.

use super::lists::section_of;
use crate::{
    app::{App, AppState},
    problem::Fault,
    ready::Rendered,
};
use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use newsroom::{section::Section, slug::Slug, touch::Touch};
use pages::{Feed, FeedItem};
use store::story::ListOf;

/// Stories in a feed.
const STORIES: u32 = 20;

#[derive(Clone, Copy)]
enum Form {
    Rss,
    Atom,
    Json,
}

pub async fn rss(state: State<AppState>, request: Request) -> Result<Response, Fault> {
    feed(state.0, None, Form::Rss, request).await
}

pub async fn atom(state: State<AppState>, request: Request) -> Result<Response, Fault> {
    feed(state.0, None, Form::Atom, request).await
}

pub async fn json(state: State<AppState>, request: Request) -> Result<Response, Fault> {
    feed(state.0, None, Form::Json, request).await
}

/// `/section/{slug}/feed.xml`, `atom.xml`, `feed.json`
pub async fn of_section(
    State(app): State<AppState>,
    Path((slug, file)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Fault> {
    let slug = Slug::parse(&slug).ok_or(Fault::NotFound)?;
    let form = match file.as_str() {
        "feed.xml" => Form::Rss,
        "atom.xml" => Form::Atom,
        "feed.json" => Form::Json,
        _ => return Err(Fault::NotFound),
    };
    feed(app, Some(slug), form, request).await
}

async fn feed(app: AppState, section: Option<Slug>, form: Form, request: Request) -> Result<Response, Fault> {
    let key = request.uri().path().to_owned();
    let page = app
        .ready
        .get_or_render(&key, async || {
            let section = match &section {
                Some(slug) => Some(section_of(&app, slug).await?),
                None => None,
            };
            render(&app, section.as_ref(), form).await
        })
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}

async fn render(app: &App, section: Option<&Section>, form: Form) -> Result<Rendered, Fault> {
    let (of, touch) = match section {
        Some(section) => (ListOf::Section(section.slug.clone()), Touch::Section(section.slug.clone())),
        None => (ListOf::All, Touch::Feeds),
    };
    let cards = app.store.cards(&of, None, STORIES).await?;
    let mut stories = Vec::with_capacity(cards.len());
    for card in &cards {
        if let Some(story) = app.store.story(card.id).await? {
            stories.push((story, card.comments));
        }
    }
    let items: Vec<FeedItem<'_>> =
        stories.iter().map(|(story, comments)| FeedItem { story, comments: *comments }).collect();
    let feed = Feed { paper: &app.paper, section, items: &items };
    let (kind, body) = match form {
        Form::Rss => ("application/rss+xml; charset=utf-8", app.theme.rss(&feed)?),
        Form::Atom => ("application/atom+xml; charset=utf-8", app.theme.atom(&feed)?),
        Form::Json => ("application/feed+json; charset=utf-8", app.theme.json_feed(&feed)?),
    };
    let mut touches = vec![touch];
    touches.extend(cards.iter().flat_map(|c| [Touch::Story(c.id), Touch::Discussion(c.id)]));
    Ok(Rendered::of(kind, body, touches))
}
