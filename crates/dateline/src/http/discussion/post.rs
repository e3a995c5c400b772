//! `POST …/comments`: a reader's comment, from bytes to its place in the database.

use super::{draft, receipt};
use crate::{
    app::{App, AppState},
    clock,
    edge::{Print, ReaderAddress, from_here},
    http::{
        site::{path::StoryPath, spelling, story, thread},
        wants_json,
    },
    problem::Fault,
};
use axum::{
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use newsroom::{
    Millis,
    discussion::{
        CommentId, Mode, Refusal, State as Standing, Voucher,
        admit::{Clean, Door, Draft, Facts, Parent, Verdict, admit},
        name::clean_line,
        rank,
    },
    paper::NetworkDisplay,
    story::{Address, Status, StoryId},
};
use pages::Words;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{
    comment::{NewComment, Posted, StoryFacts},
    subscription::{Follow, Kind},
};

/// What became of a draft that was taken in.
pub struct Taken {
    pub id: i64,
    pub state: Standing,
    pub parent: Option<i64>,
}

/// Why it was not.
pub enum NotTaken {
    Refused(Refusal),
    Fault(Fault),
}

impl<E: Into<Fault>> From<E> for NotTaken {
    fn from(e: E) -> NotTaken {
        NotTaken::Fault(e.into())
    }
}

/// The bare address of a discussion leads to it.
pub async fn to_story(path: Result<StoryPath, Fault>, request: Request) -> Response {
    match path {
        Ok(path) => {
            axum::response::Redirect::to(&format!("{}#comments", path.address.path())).into_response()
        }
        Err(_) => spelling::elsewhere(request.method().clone(), request.uri().clone()).await,
    }
}

pub async fn post(
    State(app): State<AppState>,
    StoryPath { address, .. }: StoryPath,
    reader: ReaderAddress,
    headers: HeaderMap,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Response {
    let json = wants_json("", &headers);
    match of_form(&app, &address, reader, &headers, body, json).await {
        Ok(reply) => reply,
        Err(fault) => fault.into_response(),
    }
}

async fn of_form(
    app: &App,
    address: &Address,
    reader: ReaderAddress,
    headers: &HeaderMap,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
    json: bool,
) -> Result<Response, Fault> {
    from_here(headers, &app.paper.address)?;
    let body =
        body.map_err(|e| Fault::of_status(e.status(), &e.body_text(), app.config.limits.body_bytes))?;
    let draft = draft::read(headers, &body)?;
    let facts = app.house.story(&app.store, address).await?.ok_or(Fault::NotFound)?;
    if facts.status == Status::Killed {
        return Err(Fault::Gone { detail: app.words().story_gone.into() });
    }
    match take(app, &facts, &draft, reader, Door::Form).await {
        Ok(taken) if json => Ok(accepted(app, address, &taken)),
        Ok(taken) => sent(app, address, &taken),
        Err(NotTaken::Fault(fault)) => Err(fault),
        Err(NotTaken::Refused(refusal)) if json => Err(fault_of(&refusal, app.words())),
        Err(NotTaken::Refused(refusal)) => again(app, address, &draft, &refusal).await,
    }
}

/// The rule and the database: the one road for every door but the import.
pub async fn take(
    app: &App,
    story: &StoryFacts,
    draft: &Draft,
    reader: ReaderAddress,
    door: Door,
) -> Result<Taken, NotTaken> {
    let now = clock::now();
    let weighed = weigh(app, story, draft, reader, door, now).await?;
    let id = app.store.next_id().await?;
    let state = weighed.state;
    let comment = NewComment {
        id,
        story: story.id,
        root: weighed.root.unwrap_or(id),
        parent: draft.reply_to,
        state,
        at: now,
        name: weighed.clean.name,
        // What is not shown is not stored either.
        network: match app.paper.networks {
            NetworkDisplay::Mask => reader.network().to_string(),
            NetworkDisplay::Nothing => String::new(),
        },
        digest: (!app.policy.limits_off).then(|| digest(&weighed.clean.text)),
        text: weighed.clean.text,
        staff: false,
        held_why: weighed.why,
        rank: weighed.rank,
        risks: weighed.risks,
        again_after: now.plus(-app.policy.duplicate_within),
        scored: !app.config.scorer.url.is_empty() && !app.policy.limits_off,
        vouched: (door == Door::Vouched).then_some(Voucher::Site),
        follow: weighed
            .clean
            .email
            .map(|email| Follow { kind: if draft.answers { Kind::Answers } else { Kind::Fate }, email }),
    };
    if app.store.post(comment).await? == Posted::SaidBefore {
        app.figures.comment("refused");
        return Err(NotTaken::Refused(Refusal::Duplicate));
    }
    count(app, story, reader, now);
    if !app.policy.limits_off {
        app.screening.remember(&draft.text, now);
    }
    app.figures.comment(state.as_str());
    Ok(Taken { id, state, parent: draft.reply_to })
}

/// What the rule says of a draft; nothing is written.
pub(super) struct Weighed {
    pub clean: Clean,
    /// Shown or held.
    pub verdict: Verdict,
    pub state: Standing,
    /// Why it is held, as it is stored.
    pub why: Option<String>,
    /// Its place among those that wait.
    pub rank: i64,
    /// What the screen saw, as JSON; `None` where nothing.
    pub risks: Option<String>,
    root: Option<CommentId>,
}

/// Screen and rule, with all that the rule must know.
pub(super) async fn weigh(
    app: &App,
    story: &StoryFacts,
    draft: &Draft,
    reader: ReaderAddress,
    door: Door,
    now: Millis,
) -> Result<Weighed, NotTaken> {
    let policy = &app.policy;
    let (parent, root) = match draft.reply_to {
        None => (Parent::None, None),
        Some(id) => match app.store.parent(story.id, id).await? {
            Some((Standing::Shown, root)) => (Parent::Shown, Some(root)),
            _ => (Parent::Missing, None),
        },
    };
    let rules = app.house.rules(&app.store, now).await?;
    let limited = !policy.limits_off;
    let print = app.edge.near(reader);
    let tally = if limited { app.comments.tally(print, now) } else { Default::default() };
    // Nothing can be held while limits are off, so nothing is asked of the screen.
    let risks = if limited { app.screening.risks(&draft.text, &draft.name, now) } else { Vec::new() };
    let facts = Facts {
        door,
        status: story.status,
        published_at: story.published_at,
        mode: story.mode,
        parent,
        // The database says so when it is written.
        said_before: false,
        last_minute: tally.last_minute,
        last_hour: tally.last_hour,
        last_here: if limited && story.mode == Mode::Slow {
            app.slowed.tally(here(print, story.id), now).latest
        } else {
            None
        },
        shown_before: if limited && policy.first_held > 0 {
            let (name, network) = (clean_line(&draft.name), reader.network().to_string());
            app.store.count_shown_of(&name, &network, policy.first_held).await?
        } else {
            0
        },
        sanction: if limited { rules.sanction(&reader.network(), &draft.name, now) } else { None },
        reserved: &rules.reserved,
        staff: false,
    };
    let verdict = admit(draft, &facts, &risks, policy, now);
    let (clean, state, why) = match &verdict {
        Verdict::Shown(clean) => (clean.clone(), Standing::Shown, None),
        Verdict::Held(clean, why) => (clean.clone(), Standing::Held, Some(why.stored())),
        Verdict::Refused(refusal) => {
            app.figures.comment("refused");
            return Err(NotTaken::Refused(refusal.clone()));
        }
    };
    let rank = rank(&risks);
    let risks = (!risks.is_empty()).then(|| risks_json(&risks));
    Ok(Weighed { clean, verdict, state, why, rank, risks, root })
}

/// Whether it would be taken as things stand: asked before anything is made for it.
pub async fn would_take(
    app: &App,
    story: &StoryFacts,
    draft: &Draft,
    reader: ReaderAddress,
    door: Door,
) -> Result<(), NotTaken> {
    weigh(app, story, draft, reader, door, clock::now()).await.map(|_| ())
}

/// Counts an act of writing against the limits.
pub(super) fn count(app: &App, story: &StoryFacts, reader: ReaderAddress, now: Millis) {
    if !app.policy.limits_off {
        let print = app.edge.near(reader);
        app.comments.count(print, now);
        if story.mode == Mode::Slow {
            app.slowed.count(here(print, story.id), now);
        }
    }
}

/// A print's place in one discussion.
fn here(print: Print, story: StoryId) -> Print {
    // Mixed, so that neighbouring stories do not share a shard's fate.
    print ^ (story as Print).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Of the words as they are compared: small letters, white space folded.
pub(super) fn digest(text: &str) -> i64 {
    let mut hasher = Sha256::new();
    for word in text.split_whitespace() {
        hasher.update(word.to_lowercase());
        hasher.update(b" ");
    }
    let bytes: [u8; 8] = hasher.finalize()[..8].try_into().expect("SHA-256 has 32 bytes");
    i64::from_be_bytes(bytes)
}

/// As they are stored and as the API shows them.
pub fn risks_json(risks: &[newsroom::discussion::Risk]) -> String {
    let all: Vec<_> = risks
        .iter()
        .map(|r| json!({ "label": r.label.as_str(), "score": (f64::from(r.score) * 1000.0).round() / 1000.0, "why": r.why }))
        .collect();
    serde_json::Value::from(all).to_string()
}

/// Where it is read once it is shown.
pub fn path_of(address: &Address, taken: &Taken) -> String {
    match taken.parent {
        None => format!("{}#comment-{}", address.path(), taken.id),
        // Its own number leads to its page in the thread.
        Some(_) => format!("{}/comments/{}#comment-{}", address.path(), taken.id, taken.id),
    }
}

/// 201 as the API promises it.
pub fn accepted(app: &App, address: &Address, taken: &Taken) -> Response {
    let body = json!({
        "id": taken.id,
        "state": taken.state.as_str(),
        "url": app.paper.url(&path_of(address, taken)),
        "receipt": app.paper.url(&app.receipts.path(taken.id)),
    });
    (StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response()
}

/// Where a plain form's sender is led: to the comment, or to its receipt while it waits. The way to the receipt
/// goes along as a cookie for as long as the comment can be changed: without script nothing else carries it.
pub fn sent(app: &App, address: &Address, taken: &Taken) -> Result<Response, Fault> {
    let receipt = app.receipts.path(taken.id);
    let mut reply = match taken.state {
        Standing::Shown => see_other(&path_of(address, taken))?,
        _ => see_other(&receipt)?,
    };
    if app.policy.edit_within > 0 {
        let cookie = receipt::cookie(&receipt, app.policy.edit_within / 1000, &app.paper.address);
        let cookie = header::HeaderValue::try_from(cookie).map_err(Fault::broken)?;
        reply.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(reply)
}

pub fn see_other(path: &str) -> Result<Response, Fault> {
    let to = header::HeaderValue::try_from(path).map_err(Fault::broken)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

/// A refusal as the one enum of failures.
pub fn fault_of(refusal: &Refusal, words: &Words) -> Fault {
    match refusal {
        Refusal::Flood { wait } | Refusal::Slowed { wait } => {
            Fault::TooMany { detail: words.refusal(refusal), wait: *wait }
        }
        _ => Fault::refused(refusal.code(), words.refusal(refusal), refusal.field()),
    }
}

/// The page with what was typed and the reason.
async fn again(app: &App, address: &Address, draft: &Draft, refusal: &Refusal) -> Result<Response, Fault> {
    let answered = draft.reply_to.filter(|_| *refusal != Refusal::NoParent);
    let html = match answered {
        Some(to) => thread::refused(app, address, to, draft, refusal).await?,
        None => story::refused(app, address, draft, refusal).await?,
    };
    let fault = fault_of(refusal, app.words());
    let mut reply = (fault.status(), [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response();
    if let Refusal::Flood { wait } | Refusal::Slowed { wait } = refusal {
        reply.headers_mut().insert(header::RETRY_AFTER, (*wait).into());
    }
    Ok(reply)
}
