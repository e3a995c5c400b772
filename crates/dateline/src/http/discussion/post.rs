//! `POST …/comments`: a reader's comment, from bytes to its place in the database.

use super::{
    draft, mine,
    writer::{By, Writer},
};
use crate::{
    app::{App, AppState},
    clock,
    edge::{Print, ReaderAddress, from_here},
    house,
    http::{
        site::{path::StoryPath, spelling, story, thread},
        wants_json,
    },
    prints::Reader,
    problem::Fault,
    work::{self, Worked},
};
use axum::{
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use newsroom::{
    Millis,
    clock::{DAY, HOUR, MINUTE},
    discussion::{
        CommentId, Mode, Proof, Reach, Refusal, State as Standing,
        admit::{Clean, Door, Draft, Facts, Parent, Signed, Verdict, admit, flood},
        name::clean_line,
        rank,
        suspicion::Pace,
    },
    paper::NetworkDisplay,
    story::{Address, Status},
};
use pages::Words;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{
    comment::{Answered, NewComment, Posted, StoryFacts},
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
pub async fn to_story(
    State(app): State<AppState>,
    path: Result<StoryPath, Fault>,
    request: Request,
) -> Response {
    match path {
        Ok(path) => {
            axum::response::Redirect::to(&format!("{}#comments", path.address.path())).into_response()
        }
        Err(_) => spelling::elsewhere(State(app), request.method().clone(), request.uri().clone()).await,
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
    let mut draft = draft::read(headers, &body)?;
    let writer = Writer::of_cookies(app, headers).await?;
    // Whoever is signed in signs with that name, whatever stands in the form.
    if let Writer::Account(signed_in) = &writer {
        draft.name.clone_from(&signed_in.reader.name);
    }
    let by = By { door: Door::Form, writer, signs: true };
    let facts = app.house.story(&app.store, address).await?.ok_or(Fault::NotFound)?;
    if facts.status == Status::Killed {
        return Err(Fault::Gone { detail: app.words().story_gone.into() });
    }
    match take(app, &facts, &draft, reader, &by).await {
        Ok(taken) => {
            let mut reply = if json { accepted(app, address, &taken) } else { sent(app, address, &taken)? };
            // An account has its own list, and leaves nothing behind where it is erased.
            if by.writer.account().is_none() {
                mine::remember(app, headers, taken.id, &mut reply)?;
            }
            Ok(reply)
        }
        Err(NotTaken::Fault(fault)) => Err(fault),
        Err(NotTaken::Refused(refusal)) if json => Err(fault_of(app, &refusal, app.words())),
        Err(NotTaken::Refused(refusal)) => again(app, address, &draft, &refusal).await,
    }
}

/// The rule and the database: the one road for every door but the import.
pub async fn take(
    app: &App,
    story: &StoryFacts,
    draft: &Draft,
    reader: ReaderAddress,
    by: &By,
) -> Result<Taken, NotTaken> {
    let weighed = would_take(app, story, draft, reader, by).await?;
    keep(app, story, draft, reader, by, weighed).await
}

/// Writes what was weighed under that story.
pub async fn keep(
    app: &App,
    story: &StoryFacts,
    draft: &Draft,
    reader: ReaderAddress,
    by: &By,
    weighed: Weighed,
) -> Result<Taken, NotTaken> {
    let now = weighed.at;
    if let Some(worked) = &weighed.worked
        && !app.store.spend_proof(worked.digest, worked.until).await?
    {
        let why = app.words().work_taken;
        return Err(wanted(app, story, &weighed.reader, why.into(), now));
    }
    count_in_turn(app, story, reader, by, now)?;
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
        network: kept_network(app, reader),
        digest: (!app.policy.limits_off).then(|| digest(&weighed.clean.text)),
        text: weighed.clean.text,
        staff: by.writer.is_staff(),
        held_why: weighed.why,
        rank: weighed.rank,
        risks: weighed.risks,
        again_after: now.plus(-app.policy.duplicate_within),
        scored: !app.config.scorer.url.is_empty() && !app.policy.limits_off,
        prints: Some(weighed.reader.beside(id)),
        vouched: by.voucher(),
        reader: by.writer.account(),
        badge: by.writer.badge(now),
        follow: weighed
            .clean
            .email
            .map(|email| Follow { kind: if draft.answers { Kind::Answers } else { Kind::Fate }, email }),
    };
    match app.store.post(comment).await {
        Ok(Posted::SaidBefore) => {
            uncount(app, story, reader, now);
            app.figures.comment("refused");
            return Err(NotTaken::Refused(Refusal::Duplicate));
        }
        // It was open when the rule looked.
        Ok(Posted::Closed) => {
            uncount(app, story, reader, now);
            app.figures.comment("refused");
            return Err(NotTaken::Refused(Refusal::ThreadClosed));
        }
        Ok(Posted::Ended) => {
            uncount(app, story, reader, now);
            app.figures.comment("refused");
            return Err(Fault::SignIn { detail: app.words().holder().not_signed_in.into() }.into());
        }
        Ok(Posted::Kept) => {}
        Err(e) => {
            uncount(app, story, reader, now);
            return Err(e.into());
        }
    }
    if !app.policy.limits_off {
        for reach in [Reach::Network, Reach::Wide] {
            app.crowd.count(app.edge.around(reader, reach), now);
        }
        app.screening.remember(weighed.likeness, now);
    }
    app.figures.comment(state.as_str());
    Ok(Taken { id, state, parent: draft.reply_to })
}

/// What is not shown is not stored either.
fn kept_network(app: &App, reader: ReaderAddress) -> String {
    match app.paper.networks {
        NetworkDisplay::Mask => reader.network().to_string(),
        NetworkDisplay::Nothing => String::new(),
    }
}

/// What the rule says of a draft; nothing is written.
pub struct Weighed {
    pub(super) at: Millis,
    pub(super) clean: Clean,
    /// Shown or held.
    pub(super) verdict: Verdict,
    pub(super) state: Standing,
    /// Why it is held, as it is stored.
    pub(super) why: Option<String>,
    /// Its place among those that wait.
    pub(super) rank: i64,
    /// What the screen saw, as JSON; `None` where nothing.
    pub(super) risks: Option<String>,
    /// By what it is known again in another dress; `None` where it is too short.
    likeness: Option<screen::Likeness>,
    root: Option<CommentId>,
    /// By what its writer is known again.
    reader: Reader,
    /// Work that was done for it, not spent yet.
    worked: Option<Worked>,
}

/// What a writer does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    /// Says something.
    Said,
    /// Mends what was said; nobody is suspected for that.
    Mended,
}

/// Screen and rule, with all that the rule must know.
pub(super) async fn weigh(
    app: &App,
    story: &StoryFacts,
    draft: &Draft,
    reader: ReaderAddress,
    by: &By,
    occasion: Occasion,
    now: Millis,
) -> Result<Weighed, NotTaken> {
    app.figures.weighed();
    let policy = &app.policy.with(story.own);
    let (parent, root) = match draft.reply_to {
        None => (Parent::None, None),
        Some(id) => match app.store.parent(story.id, id).await? {
            Some(Answered { state: Standing::Shown, root, closed }) => {
                (if closed { Parent::Closed } else { Parent::Shown }, Some(root))
            }
            _ => (Parent::Missing, None),
        },
    };
    let rules = app.house.rules(&app.store, now).await?;
    let taken = match rules.accounts && by.signs && !by.writer.is_staff() {
        true => {
            let holder = app.store.reader_of_name(&clean_line(&draft.name), now).await?;
            holder.is_some() && holder != by.writer.account()
        }
        false => false,
    };
    let limited = !policy.limits_off;
    let print = app.edge.near(reader);
    let from = app.prints.of(app, reader, now).await?;
    let [last_minute, last_hour, last_day] =
        if limited { written(app, print, &from, now).await? } else { [0; 3] };
    let pace = |reach| match limited && occasion == Occasion::Said {
        true => app.crowd.pace(app.edge.around(reader, reach), now),
        false => Pace::default(),
    };
    // Nothing can be held while limits are off, so nothing is asked of the screen.
    let (seen, echoes) = match limited {
        true => app.screening.look(&draft.text, &draft.name, now),
        false => (screen::Seen::default(), false),
    };
    let leaning = seen.leaning();
    let (risks, likeness) = (seen.risks, seen.likeness);
    let (proof, worked) = match occasion {
        Occasion::Said => work::judge(app, draft.proof.as_deref(), story, &from, now),
        Occasion::Mended => (Proof::Done, None),
    };
    let network = reader.network();
    let writer =
        house::Writer { network: &network, prints: from.bans, name: &draft.name, email: &draft.email };
    let facts = Facts {
        door: by.door,
        status: story.status,
        published_at: story.published_at,
        mode: story.mode,
        parent,
        // The database says so when it is written.
        said_before: false,
        last_minute,
        last_hour,
        last_day,
        network: pace(Reach::Network),
        wide: pace(Reach::Wide),
        proof,
        echoes,
        last_here: if limited && story.mode == Mode::Slow {
            app.slowed.tally((print, story.id), now).latest
        } else {
            None
        },
        shown_before: if limited && policy.first_held_in(story.mode) > 0 {
            let (name, network) = (clean_line(&draft.name), kept_network(app, reader));
            app.store.count_shown_of(&name, &network, policy.first_held_in(story.mode)).await?
        } else {
            0
        },
        sanction: if limited { rules.sanction(&writer, now) } else { None },
        reserved: &rules.reserved,
        staff: by.writer.is_staff(),
        taken,
        signed: match by.writer.account() {
            _ if !by.signs => Signed::Before,
            Some(_) => Signed::ByAccount,
            None => Signed::Now,
        },
        regard: by.writer.regard(),
    };
    let verdict = admit(draft, &facts, &risks, policy, now);
    let (clean, state, why) = match &verdict {
        Verdict::Shown(clean) => (clean.clone(), Standing::Shown, None),
        Verdict::Held(clean, why) => (clean.clone(), Standing::Held, Some(why.stored())),
        Verdict::Refused(refusal @ Refusal::ProofWanted(_)) => {
            return Err(wanted(app, story, &from, app.words().refusal(refusal), now));
        }
        Verdict::Refused(refusal) => {
            app.figures.comment("refused");
            return Err(NotTaken::Refused(refusal.clone()));
        }
    };
    let rank = rank(&risks, leaning);
    let risks = (!risks.is_empty()).then(|| risks_json(&risks));
    Ok(Weighed { at: now, clean, verdict, state, why, rank, risks, likeness, root, reader: from, worked })
}

/// How often the address has written within a minute, an hour and a day: as this node has seen, and where that
/// may not be all, as the database has. It is asked only about whoever writes for a second time within the hour,
/// and by a node that has not been here for an hour.
async fn written(app: &App, print: Print, from: &Reader, now: Millis) -> Result<[u32; 3], NotTaken> {
    let seen = app.comments.tally(print, now);
    let mut all = [seen.last_minute, seen.last_hour, seen.last_hour];
    if seen.last_hour > 0 || now < app.since.plus(HOUR) {
        let most = app.policy.most_per_day.max(app.policy.most_per_hour);
        let times = app.store.written_from(from.two_days(), now.plus(-DAY), most).await?;
        for (count, within) in all.iter_mut().zip([MINUTE, HOUR, DAY]) {
            let stored = times.iter().filter(|at| at.plus(within) > now).count();
            *count = (*count).max(stored as u32);
        }
    }
    Ok(all)
}

/// Asks the browser for work.
fn wanted(app: &App, story: &StoryFacts, reader: &Reader, detail: String, now: Millis) -> NotTaken {
    NotTaken::Fault(match work::challenge(app, story, reader, now) {
        Ok(challenge) => Fault::ProofWanted { detail, challenge },
        Err(e) => Fault::broken(e),
    })
}

/// Whether it would be taken as things stand: asked before anything is made for it, and then kept by [`keep`].
pub async fn would_take(
    app: &App,
    story: &StoryFacts,
    draft: &Draft,
    reader: ReaderAddress,
    by: &By,
) -> Result<Weighed, NotTaken> {
    weigh(app, story, draft, reader, by, Occasion::Said, clock::now()).await
}

/// Counts an act of writing against the limits.
pub(super) fn count(app: &App, story: &StoryFacts, reader: ReaderAddress, now: Millis) {
    if !app.policy.limits_off {
        let print = app.edge.near(reader);
        app.comments.count(print, now);
        for reach in [Reach::Network, Reach::Wide] {
            app.crowd.count(app.edge.around(reader, reach), now);
        }
        if story.mode == Mode::Slow {
            app.slowed.count((print, story.id), now);
        }
    }
}

/// Counts an act of writing, and refuses it where others from the same address came between it and the rule's
/// looking: of many at once no more get through than one after another.
fn count_in_turn(
    app: &App,
    story: &StoryFacts,
    reader: ReaderAddress,
    by: &By,
    now: Millis,
) -> Result<(), NotTaken> {
    if app.policy.limits_off {
        return Ok(());
    }
    let print = app.edge.near(reader);
    let before = app.comments.count(print, now);
    let slow = story.mode == Mode::Slow;
    let latest = if slow { app.slowed.count((print, story.id), now).latest } else { None };
    let latest = latest.filter(|_| !by.writer.is_staff());
    let wait = latest.map_or(0, |at| at.plus(app.policy.slow_wait).0 - now.0);
    let refusal = match flood(before.last_minute, before.last_hour, 0, &app.policy) {
        None if wait > 0 => Some(Refusal::Slowed { wait: u32::try_from(wait / 1_000).unwrap_or(0).max(1) }),
        flood => flood,
    };
    let Some(refusal) = refusal else { return Ok(()) };
    uncount(app, story, reader, now);
    app.figures.comment("refused");
    Err(NotTaken::Refused(refusal))
}

/// Takes back what was counted at that moment.
fn uncount(app: &App, story: &StoryFacts, reader: ReaderAddress, at: Millis) {
    let print = app.edge.near(reader);
    app.comments.take_back(print, at);
    if story.mode == Mode::Slow {
        app.slowed.take_back((print, story.id), at);
    }
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

/// Where a plain form's sender is led: to the comment, or to its receipt while it waits.
pub fn sent(app: &App, address: &Address, taken: &Taken) -> Result<Response, Fault> {
    match taken.state {
        Standing::Shown => see_other(&path_of(address, taken)),
        _ => see_other(&app.receipts.path(taken.id)),
    }
}

pub fn see_other(path: &str) -> Result<Response, Fault> {
    let to = header::HeaderValue::try_from(path).map_err(Fault::broken)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

/// A refusal as the one enum of failures.
pub fn fault_of(app: &App, refusal: &Refusal, words: &Words) -> Fault {
    let detail = words.refused_by(&app.paper, refusal);
    match refusal {
        Refusal::Flood { wait } | Refusal::Slowed { wait } => Fault::TooMany { detail, wait: *wait },
        _ => Fault::refused(refusal.code(), detail, refusal.field()),
    }
}

/// The page with what was typed and the reason.
async fn again(app: &App, address: &Address, draft: &Draft, refusal: &Refusal) -> Result<Response, Fault> {
    let answered = draft.reply_to.filter(|_| *refusal != Refusal::NoParent);
    let html = match answered {
        Some(to) => thread::refused(app, address, to, draft, refusal).await?,
        None => story::refused(app, address, draft, refusal).await?,
    };
    let fault = fault_of(app, refusal, app.words());
    let mut reply = (fault.status(), [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response();
    if let Refusal::Flood { wait } | Refusal::Slowed { wait } = refusal {
        reply.headers_mut().insert(header::RETRY_AFTER, (*wait).into());
    }
    Ok(reply)
}
