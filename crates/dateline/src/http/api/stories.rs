//! `GET /api/v1/stories` and `/api/v1/stories/{id}`: what readers can see, for programs. The note to
//! editors and the terms of use are not in it.

use crate::{
    app::{App, AppState},
    problem::Fault,
    ready::Rendered,
};
use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use newsroom::{
    photo::Photo,
    slug::Slug,
    story::{Card, Status, Story, StoryId},
    touch::Touch,
};
use pages::markup;
use serde_json::{Value, json};
use store::story::{ListOf, Since};

const MOST: u32 = 100;
const USUAL: u32 = 20;
const JSON: &str = "application/json";

/// `?section=SLUG` or `?topic=SLUG`, `&limit=N&after=CURSOR`; the newest first.
pub async fn list(State(app): State<AppState>, request: Request) -> Result<Response, Fault> {
    let (mut of, mut touch) = (ListOf::All, Touch::Front);
    let mut key = String::from("/api/v1/stories?");
    let (mut after, mut limit) = (None, USUAL);
    for (name, value) in form_urlencoded::parse(request.uri().query().unwrap_or("").as_bytes()) {
        let bad =
            |field| Fault::BadRequest { detail: format!("{field} is not understood."), field: Some(field) };
        match &*name {
            // The last of two would win in silence.
            "section" | "topic" if of != ListOf::All => {
                return Err(Fault::BadRequest {
                    detail: "Ask for one section or one topic.".into(),
                    field: Some("topic"),
                });
            }
            "section" => {
                let slug = Slug::parse(&value).ok_or_else(|| bad("section"))?;
                key.push_str(&format!("section={slug}&"));
                (of, touch) = (ListOf::Section(slug.clone()), Touch::Section(slug));
            }
            "topic" => {
                let slug = Slug::parse(&value).ok_or_else(|| bad("topic"))?;
                key.push_str(&format!("topic={slug}&"));
                (of, touch) = (ListOf::Topic(slug.clone()), Touch::Topic(slug));
            }
            "after" => after = Some(Since::parse(&value).ok_or_else(|| bad("after"))?),
            "limit" => limit = value.parse::<u32>().map_err(|_| bad("limit"))?.clamp(1, MOST),
            _ => {}
        }
    }
    // One key for each page, so that no invented parameter takes room among the ready pages.
    if limit != USUAL {
        key.push_str(&format!("limit={limit}&"));
    }
    if let Some(after) = after {
        key.push_str(&format!("after={}&", after.render()));
    }
    key.pop();
    let page = app
        .ready
        .get_or_render(&key, async || {
            let mut cards = app.store.cards(&of, after, limit + 1).await?;
            let more = cards.len() > limit as usize;
            cards.truncate(limit as usize);
            let next = cards.last().filter(|_| more).map(|card| Since::of(card).render());
            let stories: Vec<Value> = cards.iter().map(|card| of_card(&app, card)).collect();
            let body = json!({ "stories": stories, "next": next }).to_string();
            let touches = std::iter::once(touch.clone()).chain(cards.iter().map(|c| Touch::Discussion(c.id)));
            Ok(Rendered::of(JSON, body, touches.collect()))
        })
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}

pub async fn one(
    State(app): State<AppState>,
    Path(id): Path<StoryId>,
    request: Request,
) -> Result<Response, Fault> {
    let key = request.uri().path().to_owned();
    let page = app
        .ready
        .get_or_render(&key, async || {
            let story = readable(&app, id).await?;
            let discussion = app.store.discussion(id, &app.policy, crate::clock::now()).await?;
            let shown = discussion.as_ref().map_or(0, |d| d.shown);
            let body = of_story(&app, &story, shown).to_string();
            Ok(Rendered::of(JSON, body, vec![Touch::Story(id), Touch::Discussion(id)]))
        })
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}

/// The story if readers can see it: 410 where it was killed, 404 else.
pub async fn readable(app: &App, id: StoryId) -> Result<Story, Fault> {
    let story = app.store.story(id).await?.ok_or(Fault::NotFound)?;
    match story.status {
        Status::Published => Ok(story),
        Status::Killed => Err(Fault::Gone { detail: "The story was withdrawn.".into() }),
        _ => Err(Fault::NotFound),
    }
}

fn of_card(app: &App, card: &Card) -> Value {
    json!({
        "id": card.id,
        "url": app.paper.url(&card.path),
        "path": card.path,
        "headline": card.headline,
        "kicker": card.kicker,
        "summary": markup::summary(&card.summary, 300),
        "section": { "slug": card.section.slug.as_str(), "name": card.section.name },
        "byline": card.byline,
        "agency": card.agency,
        "language": language(app, &card.language),
        "published_at": card.published_at.rfc3339(),
        "changed_at": card.changed_at.map(|at| at.rfc3339()),
        "photo": card.photo.as_ref().map(|p| of_photo(app, p)),
        "comments": card.comments,
    })
}

fn of_story(app: &App, story: &Story, comments: u32) -> Value {
    let copy = &story.copy;
    let dateline = &copy.dateline;
    let path = story.path().unwrap_or_default();
    json!({
        "id": story.id,
        "url": app.paper.url(&path),
        "path": path,
        "headline": copy.headline,
        "kicker": copy.kicker,
        "standfirst": copy.standfirst,
        "byline": copy.byline,
        "authors": story.authors().iter().map(|a| json!({ "slug": a.slug.as_str(), "name": a.name })).collect::<Vec<_>>(),
        "dateline": (!dateline.is_empty()).then(|| json!({
            "text": dateline.render(),
            "place": dateline.place,
            "date": dateline.date,
            "day": dateline.day.map(|d| d.to_string()),
            "agency": dateline.agency,
        })),
        "body": copy.body,
        "body_html": markup::body_html(&copy.body),
        "agency": copy.agency,
        "language": language(app, &copy.language),
        "section": { "slug": story.section.slug.as_str(), "name": story.section.name },
        "topics": story.topics.iter().map(|t| json!({ "slug": t.slug.as_str(), "name": t.name })).collect::<Vec<_>>(),
        "photos": story.photos.iter().map(|p| of_photo(app, p)).collect::<Vec<_>>(),
        "published_at": story.published_at.map(|at| at.rfc3339()),
        "changed_at": story.changed_at.map(|at| at.rfc3339()),
        "notices": story.notices.iter().map(|n| json!({
            "kind": n.kind.as_str(), "at": n.at.rfc3339(), "text": n.text,
        })).collect::<Vec<_>>(),
        "comments": comments,
    })
}

fn of_photo(app: &App, photo: &Photo) -> Value {
    let rendition = |width: &u32| {
        json!({
            "url": app.paper.url(&photo.path(*width)),
            "width": width,
            "height": photo.height_at(*width),
        })
    };
    json!({
        "caption": photo.caption,
        "alt": photo.alt,
        "agency": photo.credit.agency,
        "photographer": photo.credit.photographer,
        "renditions": photo.renditions.iter().map(rendition).collect::<Vec<_>>(),
    })
}

fn language<'a>(app: &'a App, own: &'a str) -> &'a str {
    if own.is_empty() { &app.paper.language } else { own }
}
