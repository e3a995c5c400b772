//! `/api/v1/stories/{id}/comments`: threads of a discussion, and posting to it.

use super::stories::readable;
use crate::{
    app::{App, AppState},
    clock,
    edge::{ReaderAddress, from_here},
    http::{
        discussion::{
            draft,
            post::{NotTaken, accepted, fault_of, take},
        },
        site::talk::{self, Asked},
    },
    problem::Fault,
    ready::Rendered,
};
use axum::{
    body::Bytes,
    extract::{Path, Request, State},
    http::HeaderMap,
    response::Response,
};
use newsroom::{
    discussion::{
        Comment, CommentId, Order, Reason, State as Standing, Thread, admit::Door, comment::Cursor,
    },
    story::StoryId,
    touch::Touch,
};
use pages::markup;
use serde_json::{Value, json};

/// `?order=newest|oldest|discussed|valued&after=CURSOR`: a page of threads, each with its first replies.
pub async fn list(
    State(app): State<AppState>,
    Path(id): Path<StoryId>,
    request: Request,
) -> Result<Response, Fault> {
    let asked = Asked::of(request.uri().query());
    // A person is led to the first page; a program would read it for ever.
    for (name, value) in form_urlencoded::parse(request.uri().query().unwrap_or("").as_bytes()) {
        let understood = match &*name {
            "order" => Order::parse(&value).is_some(),
            "after" => Cursor::parse(&value).is_some(),
            _ => true,
        };
        if !understood {
            let field = if name == "order" { "order" } else { "after" };
            return Err(Fault::BadRequest {
                detail: format!("{field} is not understood."),
                field: Some(field),
            });
        }
    }
    let key = asked.key(request.uri().path());
    let page = app
        .ready
        .get_or_render(&key, async || {
            let story = readable(&app, id).await?;
            let path = story.path().ok_or(Fault::NotFound)?;
            let now = clock::now();
            let page = app.store.page(id, asked.order, asked.after, &app.policy, now).await?;
            let mut page = page.ok_or(Fault::NotFound)?;
            for thread in &mut page.threads {
                talk::name_the_answered(&app.store, thread).await?;
            }
            let pinned = page.discussion.pinned;
            let threads: Vec<Value> =
                page.threads.iter().map(|t| of_thread(&app, &path, t, pinned)).collect();
            let body = json!({
                "story": id,
                "order": page.order.as_str(),
                "count": page.discussion.shown,
                "open": page.discussion.openness.takes_comments(),
                "comments": threads,
                "next": page.next.map(|c| c.render()),
            });
            let touches = vec![Touch::Story(id), Touch::Discussion(id), Touch::Policy(id)];
            let mut rendered = Rendered::of("application/json", body.to_string(), touches);
            rendered.stale_at = page.discussion.closes_at.filter(|at| *at > now);
            Ok(rendered)
        })
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}

/// `pinned` is the root of the thread that stands first here.
pub(in crate::http) fn of_thread(app: &App, path: &str, thread: &Thread, pinned: Option<CommentId>) -> Value {
    let mut root = of_comment(app, path, &thread.root);
    root["answers"] = thread.replies.iter().map(|r| of_comment(app, path, r)).collect();
    root["more"] = thread.more.into();
    root["pinned"] = (pinned == Some(thread.root.id)).into();
    root["closed"] = thread.root.closed.into();
    root
}

/// What is not shown leaves nothing of its writer.
pub(in crate::http) fn of_comment(app: &App, path: &str, comment: &Comment) -> Value {
    let shown = comment.state == Standing::Shown;
    let place = match comment.parent {
        None => format!("{path}#comment-{}", comment.id),
        Some(_) => format!("{path}/comments/{0}#comment-{0}", comment.id),
    };
    json!({
        "id": comment.id,
        "root": comment.root,
        "parent": comment.parent,
        "state": comment.state.as_str(),
        "reason": comment.reason.as_ref().map(Reason::code),
        "name": shown.then_some(&comment.name),
        "network": (shown && !comment.network.is_empty()).then_some(&comment.network),
        "text": shown.then_some(&comment.text),
        "text_html": shown.then(|| markup::comment_html(&comment.text)),
        "at": comment.at.rfc3339(),
        "edited": comment.edited.filter(|_| shown).map(|at| at.rfc3339()),
        "replies": comment.replies,
        "valued": comment.valued,
        "staff": comment.staff,
        "featured": shown && comment.featured,
        "vouched": comment.vouched.filter(|_| shown).map(|v| v.as_str()),
        "badge": comment.badge.as_ref().filter(|_| shown).map(|b| b.words()),
        "badge_kind": comment.badge.as_ref().filter(|_| shown).map(|b| b.kind()),
        "to": comment.answers.as_ref().filter(|_| shown),
        "url": app.paper.url(&place),
    })
}

pub async fn post(
    State(app): State<AppState>,
    Path(id): Path<StoryId>,
    reader: ReaderAddress,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    // Another site's page is to use the embed, with an origin that is allowed.
    from_here(&headers, &app.paper.address)?;
    let facts = app.store.facts_of(id).await?.ok_or(Fault::NotFound)?;
    readable(&app, id).await?;
    let draft = draft::read(&headers, &body)?;
    match take(&app, &facts, &draft, reader, &Door::Api.into()).await {
        Ok(taken) => Ok(accepted(&app, &facts.address, &taken)),
        Err(NotTaken::Refused(refusal)) => Err(fault_of(&app, &refusal, app.words())),
        Err(NotTaken::Fault(fault)) => Err(fault),
    }
}
