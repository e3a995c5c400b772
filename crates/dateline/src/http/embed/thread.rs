//! `GET /api/v1/sites/{key}/comments`: a page of the threads under a page of another site, and one thread.

use super::asked::{Asked, hosted_path};
use crate::{
    app::{App, AppState},
    clock,
    http::{
        api::comments::{of_comment, of_thread},
        site::talk,
    },
    problem::Fault,
    ready::Rendered,
};
use axum::{
    Extension,
    extract::{Path, Request, State},
    http::header,
    response::{IntoResponse, Response},
};
use newsroom::{
    clock::{DAY, MINUTE},
    discussion::{Comment, CommentId, Discussion, Openness, State as Standing, kept::KEPT},
    paper::NetworkDisplay,
    touch::Touch,
};
use serde_json::{Value, json};
use std::sync::Arc;
use store::site::{Outside, Site};

/// `?url=…&id=…&order=…&after=CURSOR`. A page that nobody has commented on yet has an empty discussion.
pub async fn list(
    State(app): State<AppState>,
    Extension(site): Extension<Arc<Site>>,
    request: Request,
) -> Result<Response, Fault> {
    let query = request.uri().query();
    let asked = Asked::of_query(query);
    let page = asked.page(&site)?;
    let outside = app.store.outside(&site.key, &page.key).await?;
    let turned = talk::Asked::of(query);
    let ready = match outside {
        // No path begins so: such a page is never answered ahead of the look at its origin.
        Some(outside) => {
            let key = turned.key(&format!("embed {}", outside.story));
            app.ready.get_or_render(&key, async || render(&app, &outside, turned).await).await?
        }
        None => {
            let key = format!("embed {} {}", site.key, page.key);
            app.ready.get_or_render(&key, async || Ok(empty(&app, &site, &asked))).await?
        }
    };
    Ok(ready.respond(request.method(), request.headers()))
}

async fn render(app: &App, outside: &Outside, turned: talk::Asked) -> Result<Rendered, Fault> {
    let now = clock::now();
    let id = outside.story;
    let page = app.store.page(id, turned.order, turned.after, &app.policy, now).await?;
    let mut page = page.ok_or(Fault::NotFound)?;
    for thread in &mut page.threads {
        talk::name_the_answered(&app.store, thread).await?;
    }
    let path = outside.address.path();
    let threads: Vec<Value> =
        page.threads.iter().map(|t| of_thread(app, &path, t, page.discussion.pinned)).collect();
    let mut body = of_discussion(app, &page.discussion, &path);
    body["order"] = page.order.as_str().into();
    body["comments"] = threads.into();
    body["next"] = page.next.map(|c| c.render()).into();
    let touches = vec![Touch::Story(id), Touch::Discussion(id), Touch::Policy(id)];
    let mut rendered = Rendered::of("application/json", body.to_string(), touches);
    rendered.stale_at = page.discussion.closes_at.filter(|at| *at > now);
    Ok(rendered)
}

/// Without touches, so it is not kept: the next may be the first who comments.
fn empty(app: &App, site: &Site, asked: &Asked) -> Rendered {
    let discussion = nothing_said(app, site);
    let mut body = of_discussion(app, &discussion, &hosted_path(site, asked));
    body["order"] = newsroom::discussion::Order::default().as_str().into();
    body["comments"] = Value::Array(vec![]);
    body["next"] = Value::Null;
    Rendered::of("application/json", body.to_string(), vec![])
}

/// The discussion of a page before its first comment.
pub fn nothing_said(app: &App, site: &Site) -> Discussion {
    let now = clock::now();
    Discussion {
        story: 0,
        mode: site.mode,
        openness: app.policy.with(site.own.policy).openness(site.mode, now, now),
        closes_at: None,
        shown: 0,
        held: 0,
        removed: 0,
        said_at_source: None,
        pinned: None,
    }
}

fn of_discussion(app: &App, discussion: &Discussion, path: &str) -> Value {
    json!({
        "url": app.paper.url(path),
        "count": discussion.shown,
        "mode": discussion.mode.as_str(),
        "open": discussion.openness.takes_comments(),
        "held_first": matches!(discussion.openness, Openness::HeldFirst | Openness::HeldByAge),
        "longest_name": app.policy.longest_name,
        "longest_text": app.policy.longest_text,
        "edit_minutes": app.policy.edit_within / MINUTE,
        "receipt_days": KEPT / DAY,
        "letters": app.policy.letters,
        "networks": app.paper.networks == NetworkDisplay::Mask,
    })
}

/// The thread in which a comment stands, as far as one page goes, with that comment on it.
pub async fn one(
    State(app): State<AppState>,
    Extension(site): Extension<Arc<Site>>,
    Path((_, id)): Path<(String, CommentId)>,
    request: Request,
) -> Result<Response, Fault> {
    let (outside, comment) = of_site(&app, &site, id).await?;
    let asked = talk::Asked::of(request.uri().query());
    let from = match asked.after {
        None if comment.parent.is_some() => app.store.page_of_reply(&comment).await?,
        after => after,
    };
    let thread = app.store.thread(comment.story, comment.root, from).await?;
    let mut thread = thread.ok_or(Fault::NotFound)?;
    talk::name_the_answered(&app.store, &mut thread).await?;
    let path = outside.address.path();
    let mut body = of_comment(&app, &path, &thread.root);
    body["answers"] = thread.replies.iter().map(|r| of_comment(&app, &path, r)).collect();
    body["more"] = thread.more.into();
    let discussion = app.store.discussion(comment.story, &app.policy, clock::now()).await?;
    body["pinned"] = discussion.is_some_and(|d| d.pinned == Some(thread.root.id)).into();
    body["closed"] = thread.root.closed.into();
    body["next"] = thread.next.map(|c| c.render()).into();
    Ok(([(header::CACHE_CONTROL, "no-cache")], axum::Json(body)).into_response())
}

/// A comment under a page of this site that readers see, with its page.
pub async fn shown_of_site(app: &App, site: &Site, id: CommentId) -> Result<(Outside, Comment), Fault> {
    let (outside, comment) = of_site(app, site, id).await?;
    match comment.state {
        Standing::Shown => Ok((outside, comment)),
        _ => Err(Fault::NotFound),
    }
}

/// A comment under a page of this site, with its page.
pub async fn of_site(app: &App, site: &Site, id: CommentId) -> Result<(Outside, Comment), Fault> {
    let comment = app.store.comment(id).await?.ok_or(Fault::NotFound)?;
    let outside = app.store.outside_of(comment.story).await?;
    let outside = outside.filter(|o| o.site_key == site.key).ok_or(Fault::NotFound)?;
    Ok((outside, comment))
}
