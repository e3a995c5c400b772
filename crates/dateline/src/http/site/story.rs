//! `GET /{yyyy}/{mm}/{dd}/{slug}`: a story and its discussion.

use super::{
    outside,
    path::StoryPath,
    spelling,
    talk::{self, Asked},
};
use crate::{
    app::{App, AppState},
    clock,
    problem::Fault,
    ready::Rendered,
};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use newsroom::{
    discussion::{Draft, Page, Reasons, Refusal},
    story::{Address, Card, Status, Story},
    touch::Touch,
};
use pages::{Form, Gone, StoryPage};
use std::sync::Arc;
use store::story::ListOf;

/// Other stories named at the end of one.
const MORE: u32 = 4;

pub async fn story(
    State(app): State<AppState>,
    path: Result<StoryPath, Fault>,
    request: Request,
) -> Response {
    let Ok(StoryPath { address, .. }) = path else {
        return spelling::elsewhere(State(app), request.method().clone(), request.uri().clone()).await;
    };
    let asked = Asked::of(request.uri().query());
    let key = asked.key(&address.path());
    match app.ready.get_or_render(&key, async || render(&app, &address, asked).await).await {
        Ok(page) => page.respond(request.method(), request.headers()),
        // It may have been the address of a story elsewhere.
        Err(Fault::NotFound) => {
            spelling::elsewhere(State(app), request.method().clone(), request.uri().clone()).await
        }
        Err(fault) => fault.into_response(),
    }
}

async fn render(app: &App, address: &Address, asked: Asked) -> Result<Rendered, Fault> {
    let story = app.store.story_at(address).await?.ok_or(Fault::NotFound)?;
    match story.status {
        Status::Published => {}
        Status::Killed => return gone(app, &story),
        Status::Outside => return outside::render(app, &story, asked).await,
        _ => return Err(Fault::NotFound),
    }
    let now = clock::now();
    let whole = Whole::read(app, story, asked).await?;
    let html = app.theme.story(&whole.page(app, Form::default()))?;
    let mut rendered = Rendered::html(html, whole.touches());
    let discussion = &whole.discussion.discussion;
    rendered.stale_at = discussion.closes_at.filter(|at| *at > now && discussion.openness.takes_comments());
    Ok(rendered)
}

/// What stands where a killed story stood.
pub fn gone(app: &App, story: &Story) -> Result<Rendered, Fault> {
    let html = app.theme.gone(&Gone { paper: &app.paper, story })?;
    let mut rendered = Rendered::html(html, vec![Touch::Story(story.id)]);
    rendered.status = StatusCode::GONE;
    Ok(rendered)
}

/// A story with all that its page shows.
pub struct Whole {
    pub story: Story,
    pub discussion: Page,
    more: Vec<Card>,
    reasons: Arc<Reasons>,
}

impl Whole {
    pub async fn read(app: &App, story: Story, asked: Asked) -> Result<Whole, Fault> {
        let now = clock::now();
        let page = app.store.page(story.id, asked.order, asked.after, &app.policy, now).await?;
        let mut discussion = page.ok_or(Fault::NotFound)?;
        for thread in &mut discussion.threads {
            talk::name_the_answered(&app.store, thread).await?;
        }
        let of = ListOf::Section(story.section.slug.clone());
        let mut more = app.store.cards(&of, None, MORE + 1).await?;
        more.retain(|card| card.id != story.id);
        more.truncate(MORE as usize);
        // Their discussions are not what this page is kept by.
        more.iter_mut().for_each(|card| card.comments = 0);
        let reasons = app.house.reasons(&app.store).await?;
        Ok(Whole { story, discussion, more, reasons })
    }

    pub fn page<'a>(&'a self, app: &'a App, form: Form<'a>) -> StoryPage<'a> {
        StoryPage {
            paper: &app.paper,
            voice: app.voice(&self.reasons),
            story: &self.story,
            discussion: Some(&self.discussion),
            form,
            more: &self.more,
            policy: &app.policy,
        }
    }

    fn touches(&self) -> Vec<Touch> {
        let id = self.story.id;
        vec![
            Touch::Story(id),
            Touch::Discussion(id),
            Touch::Policy(id),
            Touch::Section(self.story.section.slug.clone()),
        ]
    }
}

/// The page with the form as it was sent and the reason of its refusal.
pub async fn refused(
    app: &App,
    address: &Address,
    draft: &Draft,
    refusal: &Refusal,
) -> Result<String, Fault> {
    let story = app.store.story_at(address).await?.filter(|s| s.status.is_discussed());
    let story = story.ok_or(Fault::NotFound)?;
    let form = Form {
        name: &draft.name,
        text: &draft.text,
        email: &draft.email,
        answers: draft.answers,
        reply_to: None,
        refusal: Some(refusal),
    };
    if story.status == Status::Outside {
        let (html, _) = outside::html(app, &story, Asked::default(), form).await?;
        return Ok(html);
    }
    let whole = Whole::read(app, story, Asked::default()).await?;
    Ok(app.theme.story(&whole.page(app, form))?)
}
