//! The discussion of another site's page, at its address on the paper.

use super::talk::{self, Asked};
use crate::{app::App, clock, discussion_rules, problem::Fault, ready::Rendered};
use newsroom::{Millis, story::Story, touch::Touch};
use pages::{Form, OutsidePage, Voice};

pub async fn render(app: &App, story: &Story, asked: Asked) -> Result<Rendered, Fault> {
    let (html, closes_at) = html(app, story, asked, Form::default()).await?;
    let touches = vec![Touch::Story(story.id), Touch::Discussion(story.id), Touch::Policy(story.id)];
    let mut rendered = Rendered::html(html, touches);
    rendered.stale_at = closes_at;
    Ok(rendered)
}

/// The page with that form, and when it closes by itself.
pub async fn html(
    app: &App,
    story: &Story,
    asked: Asked,
    form: Form<'_>,
) -> Result<(String, Option<Millis>), Fault> {
    let now = clock::now();
    let outside = app.store.outside_of(story.id).await?.ok_or(Fault::NotFound)?;
    let page = app.store.page(story.id, asked.order, asked.after, &app.policy, now).await?;
    let mut page = page.ok_or(Fault::NotFound)?;
    for thread in &mut page.threads {
        talk::name_the_answered(&app.store, thread).await?;
    }
    let reasons = app.house.reasons(&app.store).await?;
    let words = app.words_under(story).await?;
    let html = app.theme.outside(&OutsidePage {
        paper: &app.paper,
        voice: Voice { words, reasons: &reasons },
        title: &story.copy.headline,
        language: &story.copy.language,
        link: &outside.link,
        path: &outside.address.path(),
        action: None,
        discussion: &page,
        form,
        policy: &app.policy,
        rules: &discussion_rules::path_under(app, story, words).await?,
    })?;
    let discussion = &page.discussion;
    Ok((html, discussion.closes_at.filter(|at| *at > now && discussion.openness.takes_comments())))
}
