//! `GET …/comments/{id}`: one thread on a page of its own, and the page on which to answer a comment.

use super::{
    path::StoryPath,
    spelling,
    talk::{self, Asked},
};
use crate::{
    app::{App, AppState},
    clock, discussion_rules,
    problem::Fault,
    ready::Rendered,
};
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Redirect, Response},
};
use newsroom::{
    discussion::{Comment, CommentId, Discussion, Draft, Order, Reasons, Refusal, State as Standing, Thread},
    story::{Address, Story},
    touch::Touch,
};
use pages::{Form, ThreadPage, Voice, Words};
use std::sync::Arc;

pub async fn thread(
    State(app): State<AppState>,
    path: Result<StoryPath, Fault>,
    request: Request,
) -> Response {
    let Ok(StoryPath { address, comment: Some(id) }) = path else {
        return spelling::elsewhere(State(app), request.method().clone(), request.uri().clone()).await;
    };
    let asked = Asked { order: Order::Oldest, ..Asked::of(request.uri().query()) };
    match moved_reply(&app, &address, id).await {
        Ok(Some(to)) => return Redirect::to(&to).into_response(),
        Ok(None) => {}
        Err(fault) => return fault.into_response(),
    }
    let path = format!("{}/comments/{id}", address.path());
    let key = Asked { order: Order::default(), ..asked }.key(&path);
    match app.ready.get_or_render(&key, async || render(&app, &address, id, asked).await).await {
        Ok(page) => page.respond(request.method(), request.headers()),
        Err(fault) => fault.into_response(),
    }
}

/// The address of a reply asked for by its own number is that of its place in its thread.
async fn moved_reply(app: &App, address: &Address, id: CommentId) -> Result<Option<String>, Fault> {
    match app.store.comment(id).await? {
        Some(comment) if comment.parent.is_some() && comment.state == Standing::Shown => {
            place(app, address, &comment).await.map(Some)
        }
        _ => Ok(None),
    }
}

/// Where a comment is read: a root on the story's own page, a reply on the page of its thread.
pub async fn place(app: &App, address: &Address, comment: &Comment) -> Result<String, Fault> {
    let path = address.path();
    if comment.parent.is_none() {
        return Ok(format!("{path}#comment-{}", comment.id));
    }
    let after = match app.store.page_of_reply(comment).await? {
        Some(cursor) => format!("?after={}", cursor.render()),
        None => String::new(),
    };
    Ok(format!("{path}/comments/{}{after}#comment-{}", comment.root, comment.id))
}

struct Whole {
    story: Story,
    discussion: Discussion,
    thread: Thread,
    first: bool,
    words: &'static Words,
    reasons: Arc<Reasons>,
    /// Where the rules that hold there are read.
    rules: String,
}

impl Whole {
    async fn read(app: &App, address: &Address, root: CommentId, asked: Asked) -> Result<Whole, Fault> {
        let story = app.store.story_at(address).await?.filter(|s| s.status.is_discussed());
        let story = story.ok_or(Fault::NotFound)?;
        let discussion = app.store.discussion(story.id, &app.policy, clock::now()).await?;
        let thread = app.store.thread(story.id, root, asked.after).await?;
        let mut thread = thread.ok_or(Fault::NotFound)?;
        talk::name_the_answered(&app.store, &mut thread).await?;
        let words = app.words_under(&story).await?;
        Ok(Whole {
            words,
            rules: discussion_rules::path_under(app, &story, words).await?,
            story,
            discussion: discussion.ok_or(Fault::NotFound)?,
            thread,
            first: asked.after.is_none(),
            reasons: app.house.reasons(&app.store).await?,
        })
    }

    fn html(&self, app: &App, form: Form<'_>) -> Result<String, Fault> {
        let page = ThreadPage {
            paper: &app.paper,
            voice: Voice { words: self.words, reasons: &self.reasons },
            story: &self.story,
            discussion: &self.discussion,
            thread: &self.thread,
            first: self.first,
            form,
            policy: &app.policy,
            rules: &self.rules,
        };
        Ok(app.theme.thread(&page)?)
    }
}

async fn render(app: &App, address: &Address, root: CommentId, asked: Asked) -> Result<Rendered, Fault> {
    let whole = Whole::read(app, address, root, asked).await?;
    let id = whole.story.id;
    let touches = vec![Touch::Story(id), Touch::Discussion(id), Touch::Policy(id)];
    let mut rendered = Rendered::html(whole.html(app, Form::default())?, touches);
    let now = clock::now();
    rendered.stale_at = whole.discussion.closes_at.filter(|at| *at > now);
    Ok(rendered)
}

/// `GET …/comments/{id}/reply`: the form to answer with, under what it answers.
pub async fn reply(State(app): State<AppState>, path: StoryPath) -> Result<Response, Fault> {
    let id = path.comment.ok_or(Fault::NotFound)?;
    let html = answering(&app, &path.address, id, Form::default()).await?;
    Ok(axum::response::Html(html).into_response())
}

/// The page of an answer with the form as it was sent.
pub async fn refused(
    app: &App,
    address: &Address,
    to: CommentId,
    draft: &Draft,
    refusal: &Refusal,
) -> Result<String, Fault> {
    let form = Form {
        name: &draft.name,
        text: &draft.text,
        email: &draft.email,
        answers: draft.answers,
        reply_to: None,
        refusal: Some(refusal),
    };
    answering(app, address, to, form).await
}

async fn answering(app: &App, address: &Address, to: CommentId, form: Form<'_>) -> Result<String, Fault> {
    let comment =
        app.store.comment(to).await?.filter(|c| c.state == Standing::Shown).ok_or(Fault::NotFound)?;
    let whole = Whole::read(app, address, comment.root, Asked::default()).await?;
    if comment.story != whole.story.id {
        return Err(Fault::NotFound);
    }
    whole.html(app, Form { reply_to: Some(&comment), ..form })
}
