//! `/api/v1/moderation`: the queue, one comment with its risks, and rulings on it.

use super::bearer::Bearer;
use crate::{
    app::{App, AppState},
    appeals, clock,
    http::risks,
    problem::Fault,
};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use newsroom::{
    Language,
    discussion::{CommentId, Reason, Risk, Ruling, View},
    staff::Scope,
};
use pages::Words;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::collections::HashMap;
use store::{
    Error,
    comment::{Decided, Decision, Sought, Waiting},
};

/// Comments on one page: at most, and where nothing is asked for.
const MOST: u32 = 100;
const USUAL: u32 = 30;
/// Longest note to a comment's writer, in characters.
const LONGEST_NOTE: usize = 1_000;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/v1/moderation/queue", get(queue))
        .route("/api/v1/moderation/reasons", get(reasons))
        .route("/api/v1/moderation/comments/{id}", get(one).post(rule))
        .route("/api/v1/moderation/comments/{id}/thread", post(thread))
}

/// `?state=held|reported|appealed|doubted|new|removed|shown|all|mine&after=ID&limit=N`: held ones by risk, then age.
async fn queue(
    State(app): State<AppState>,
    bearer: Bearer,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, Fault> {
    bearer.needs(Scope::Moderate)?;
    let state = match asked.get("state") {
        None => View::Held,
        Some(word) => View::parse(word).ok_or_else(|| {
            Fault::refused(
                "state-unknown",
                "The state is held, reported, appealed, doubted, new, removed, shown, all or mine.",
                Some("state"),
            )
        })?,
    };
    let after = number(&asked, "after")?;
    let limit = number(&asked, "limit")?.map_or(USUAL, |n| n.clamp(1, i64::from(MOST)) as u32);
    let mut found = app.store.queue(state, &bearer.who(), &Sought::default(), after, limit + 1).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|w| w.comment.id);
    let counts = app.store.count_comments().await?;
    let comments: Vec<Value> = found.iter().map(|w| of(&app, w)).collect();
    Ok(private(json!({
        "counts": { "held": counts[0], "removed": counts[1], "shown": counts[2] },
        "comments": comments,
        "next": next,
    })))
}

fn number(asked: &HashMap<String, String>, name: &'static str) -> Result<Option<i64>, Fault> {
    let read = |text: &String| {
        let fault = || Fault::refused("number-expected", format!("{name} is a whole number."), Some(name));
        text.parse::<i64>().ok().filter(|n| *n >= 0).ok_or_else(fault)
    };
    asked.get(name).map(read).transpose()
}

async fn one(
    State(app): State<AppState>,
    bearer: Bearer,
    Path(id): Path<CommentId>,
) -> Result<Response, Fault> {
    bearer.needs(Scope::Moderate)?;
    let comment = app.store.comment(id).await?.ok_or(Fault::NotFound)?;
    let waiting = app.store.waiting(comment).await?;
    Ok(private(of(&app, &waiting)))
}

/// Why comments are removed here.
async fn reasons(State(app): State<AppState>, bearer: Bearer) -> Result<Response, Fault> {
    bearer.needs(Scope::Moderate)?;
    let reasons = app.house.reasons(&app.store).await?;
    let voice = app.voice(&reasons);
    let all = reasons.all().iter().map(|r| {
        json!({
            "code": r.reason.code(),
            "label": r.label,
            "ground": r.ground.as_str(),
            "source": r.source,
            "sentence": voice.sentence(r.reason),
            "offered": r.offered,
            "in_use": r.in_use,
        })
    });
    Ok(private(json!({ "reasons": all.collect::<Vec<Value>>() })))
}

/// The body of a ruling. Other members are let pass, for newer clients.
#[derive(Deserialize)]
struct Sent {
    #[serde(default)]
    ruling: Option<String>,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    note: Option<String>,
    /// Of `cut`: what is taken out.
    #[serde(default)]
    passage: Option<String>,
    /// `last_ruling` as it was when the comment was read.
    #[serde(default)]
    seen: Option<i64>,
}

async fn rule(
    State(app): State<AppState>,
    bearer: Bearer,
    Path(id): Path<CommentId>,
    body: Bytes,
) -> Result<Response, Fault> {
    bearer.needs(Scope::Moderate)?;
    let sent: Sent = object(&body, "ruling, reason and note")?;
    let ruling = sent.ruling.as_deref().and_then(Ruling::parse).ok_or_else(|| {
        Fault::refused("ruling-unknown", "The ruling is show, remove, hold, cut or warn.", Some("ruling"))
    })?;
    let reasons = app.house.reasons(&app.store).await?;
    let reason = match sent.reason.as_deref().filter(|code| !code.is_empty()) {
        None => None,
        Some(code) => Some(reasons.usable(code).ok_or_else(|| {
            let codes: Vec<&str> = reasons.in_use().map(|r| r.reason.code()).collect();
            let detail = format!("The reason is one of {}.", codes.join(", "));
            Fault::refused("reason-unknown", detail, Some("reason"))
        })?),
    };
    if matches!(ruling, Ruling::Remove | Ruling::Cut) && reason.is_none() {
        let detail = "A removal names its reason: whoever wrote the comment is told.";
        return Err(Fault::refused("reason-missing", detail, Some("reason")));
    }
    let note = sent.note.unwrap_or_default();
    if ruling == Ruling::Warn && note.trim().is_empty() {
        let detail = "A warning has a note: whoever wrote the comment reads it.";
        return Err(Fault::refused("note-missing", detail, Some("note")));
    }
    if note.chars().count() > LONGEST_NOTE {
        let detail = format!("The note has at most {LONGEST_NOTE} characters.");
        return Err(Fault::refused("note-too-long", detail, Some("note")));
    }
    let who = bearer.who();
    if appeals::is_own(&app, &who, id).await? {
        let detail = "The writer appeals against this token's own ruling: somebody else decides it.";
        return Err(Fault::OwnAppeal { detail: detail.into() });
    }
    let decision = Decision {
        comment: id,
        ruling,
        reason,
        passage: sent.passage.as_deref().unwrap_or_default(),
        note: note.trim(),
        who: &who,
        seen: sent.seen,
        now: clock::now(),
    };
    let decided = app.store.decide(&decision).await;
    let changed = match decided {
        Ok(Decided::Done(_)) => true,
        Ok(Decided::Already(_)) => false,
        Err(Error::Taken("passage")) => {
            let detail = "The passage does not stand in the comment, or is all of it.";
            return Err(Fault::refused("passage-missing", detail, Some("passage")));
        }
        Err(Error::Taken(_)) => {
            let detail = "Another moderator ruled on this comment at the same moment. Read it again first.";
            return Err(Fault::refused("ruled-meanwhile", detail, None));
        }
        Err(e) => return Err(e.into()),
    };
    as_it_stands(&app, id, changed).await
}

#[derive(Deserialize)]
struct ThreadSent {
    closed: bool,
}

/// Closes the thread in which a comment stands, or opens it again.
async fn thread(
    State(app): State<AppState>,
    bearer: Bearer,
    Path(id): Path<CommentId>,
    body: Bytes,
) -> Result<Response, Fault> {
    bearer.needs(Scope::Moderate)?;
    let sent: ThreadSent = object(&body, "closed, true or false")?;
    let changed = app.store.close_thread(id, sent.closed, &bearer.who(), clock::now()).await?;
    as_it_stands(&app, id, changed).await
}

/// What was sent. Through an object: a list of the same values is none.
fn object<T: DeserializeOwned>(body: &[u8], with: &str) -> Result<T, Fault> {
    serde_json::from_slice::<serde_json::Map<String, Value>>(body)
        .and_then(|object| serde_json::from_value(object.into()))
        .map_err(|e| Fault::BadRequest {
            detail: format!("The body is not a JSON object with {with}: {e}."),
            field: None,
        })
}

async fn as_it_stands(app: &App, id: CommentId, changed: bool) -> Result<Response, Fault> {
    let comment = app.store.comment(id).await?.ok_or(Fault::NotFound)?;
    let mut answer = of(app, &app.store.waiting(comment).await?);
    answer["changed"] = changed.into();
    Ok(private(answer))
}

/// A comment as a moderating program sees it.
fn of(app: &App, waiting: &Waiting) -> Value {
    let comment = &waiting.comment;
    // What came without a screen, from an archive perhaps, is screened now.
    let risks: Vec<Risk> = match &waiting.risks {
        Some(stored) => risks::read(stored),
        None => screen::screen(&comment.text, &comment.name),
    };
    let path = waiting.path.as_ref();
    json!({
        "id": comment.id,
        "state": comment.state.as_str(),
        "reason": comment.reason.as_ref().map(Reason::code),
        "risks": risks.iter().map(risks::json).collect::<Vec<Value>>(),
        "advice": risks::advice(&risks, &app.policy.with(waiting.own)),
        "reports": waiting.reports.len(),
        "held_because": (!waiting.why.is_empty())
            .then(|| Words::of(Language::English).held_as_stored(&waiting.why)),
        "name": comment.name,
        "network": (!comment.network.is_empty()).then_some(&comment.network),
        "text": comment.text,
        "at": comment.at.rfc3339(),
        "revisions": waiting.before.iter().map(|r| {
            json!({ "at": r.at.rfc3339(), "act": r.act, "text": r.text })
        }).collect::<Vec<Value>>(),
        "url": path.map(|path| app.paper.url(&format!("{path}/comments/{0}#comment-{0}", comment.id))),
        "story": {
            "id": comment.story,
            "headline": waiting.headline,
            "url": path.map(|path| app.paper.url(path)),
        },
        "reply_to": waiting.parent().map(|p| json!({ "id": p.id, "name": p.name, "text": p.text })),
        "thread_closed": waiting.closed,
        "last_ruling": waiting.last_ruling(),
        "ruled": waiting.rulings.last().map(|r| {
            json!({ "at": r.at.rfc3339(), "by": r.who, "note": r.note })
        }),
    })
}

fn private(body: Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (kind, body.to_string()).into_response()
}
