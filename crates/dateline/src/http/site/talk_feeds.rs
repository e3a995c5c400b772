//! Feeds of comments: `…/comments.xml` under a story, a section, an author's page, and at the root.

use super::{
    lists::section_of,
    path::{SlugPath, StoryPath},
};
use crate::{
    app::{App, AppState},
    problem::Fault,
    ready::Rendered,
};
use axum::{
    extract::{Request, State},
    response::Response,
};
use newsroom::{
    byline::Author,
    discussion::Comment,
    slug::Slug,
    story::{Status, Story},
    touch::Touch,
};
use pages::{DiscussionFeed, Talked};
use store::story::ListOf;

/// Comments in a feed.
const COMMENTS: u32 = 50;
/// Of so many stories, the latest: what a feed costs does not grow with the archive.
const STORIES: u32 = 20;

/// Of which stories.
enum Of {
    Paper,
    Section(Slug),
    Author(Slug),
}

pub async fn discussion(
    State(app): State<AppState>,
    StoryPath { address, .. }: StoryPath,
    request: Request,
) -> Result<Response, Fault> {
    let key = request.uri().path().to_owned();
    let page = app
        .ready
        .get_or_render(&key, async || {
            let story = app.store.story_at(&address).await?.ok_or(Fault::NotFound)?;
            match story.status {
                Status::Published => {}
                Status::Killed => return super::story::gone(&app, &story),
                _ => return Err(Fault::NotFound),
            }
            let comments = app.store.latest_comments(story.id, COMMENTS).await?;
            let comments: Vec<_> = comments.iter().map(|comment| (&story, comment)).collect();
            let touches = vec![Touch::Story(story.id), Touch::Discussion(story.id)];
            rendered(&app, Talked::Under(&story), &comments, touches)
        })
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}

pub async fn paper(state: State<AppState>, request: Request) -> Result<Response, Fault> {
    feed(state.0, Of::Paper, request).await
}

pub async fn section(
    state: State<AppState>,
    slug: Result<SlugPath, Fault>,
    request: Request,
) -> Result<Response, Fault> {
    feed(state.0, Of::Section(slug?.0), request).await
}

pub async fn author(
    state: State<AppState>,
    slug: Result<SlugPath, Fault>,
    request: Request,
) -> Result<Response, Fault> {
    feed(state.0, Of::Author(slug?.0), request).await
}

async fn feed(app: AppState, of: Of, request: Request) -> Result<Response, Fault> {
    let key = request.uri().path().to_owned();
    let page = app.ready.get_or_render(&key, async || of_many(&app, &of).await).await?;
    Ok(page.respond(request.method(), request.headers()))
}

async fn of_many(app: &App, of: &Of) -> Result<Rendered, Fault> {
    let (list, touch) = match of {
        Of::Paper => (ListOf::All, Touch::Feeds),
        Of::Section(slug) => (ListOf::Section(slug.clone()), Touch::Section(slug.clone())),
        Of::Author(slug) => (ListOf::Author(slug.clone()), Touch::Author(slug.clone())),
    };
    let (section, writer);
    let talked = match of {
        Of::Paper => Talked::Anywhere,
        Of::Section(slug) => {
            section = section_of(app, slug).await?;
            Talked::In(&section)
        }
        Of::Author(slug) => {
            let name = app.store.author_name(slug).await?.ok_or(Fault::NotFound)?;
            writer = Author { name, slug: slug.clone() };
            Talked::Of(&writer)
        }
    };
    let cards = app.store.cards(&list, None, STORIES).await?;
    let mut under: Vec<(Story, Vec<Comment>)> = Vec::with_capacity(cards.len());
    for card in &cards {
        if let Some(story) = app.store.story(card.id).await? {
            under.push((story, app.store.latest_comments(card.id, COMMENTS).await?));
        }
    }
    let mut comments: Vec<(&Story, &Comment)> =
        under.iter().flat_map(|(story, said)| said.iter().map(move |comment| (story, comment))).collect();
    comments.sort_by_key(|(_, comment)| std::cmp::Reverse((comment.at, comment.id)));
    comments.truncate(COMMENTS as usize);
    let mut touches = vec![touch];
    touches.extend(cards.iter().flat_map(|c| [Touch::Story(c.id), Touch::Discussion(c.id)]));
    rendered(app, talked, &comments, touches)
}

fn rendered(
    app: &App,
    talked: Talked<'_>,
    comments: &[(&Story, &Comment)],
    touches: Vec<Touch>,
) -> Result<Rendered, Fault> {
    let feed = DiscussionFeed { paper: &app.paper, talked, comments };
    Ok(Rendered::of("application/rss+xml; charset=utf-8", app.theme.discussion_feed(&feed)?, touches))
}
