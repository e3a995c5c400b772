//! `/letters/rule/{token}`: a moderator rules from a letter, on the comment as it was seen, once, in time,
//! and only as long as the account may.

use super::page;
use crate::{
    app::{App, AppState},
    appeals, clock,
    edge::from_here,
    letters::RulingLink,
    problem::Fault,
};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use newsroom::{
    Language,
    discussion::{Comment, Ruling},
    staff::Act,
};
use pages::{Words, letter::page::Ask};
use store::{
    Error,
    comment::{Decided, Decision},
    staff::Person,
};

/// A genuine link with all that it leads to, or the page that says why it leads nowhere.
struct Opened {
    link: RulingLink,
    person: Person,
    comment: Comment,
}

async fn open(app: &App, token: &str) -> Result<Result<Opened, Response>, Fault> {
    let link = RulingLink::open(&app.doors, token).ok_or(Fault::NotFound)?;
    if link.until < clock::now() {
        return Ok(Err(refused(app, StatusCode::GONE, "This link has ended", "Rule on it at the desk.")?));
    }
    let person = app.store.person(link.person).await?;
    let person = person.filter(|p| p.created_at == link.since);
    let person = person.filter(|p| p.disabled_at.is_none() && p.role.may(Act::Moderate));
    let Some(person) = person else {
        let words = "Your account does not rule on comments any more.";
        return Ok(Err(refused(app, StatusCode::FORBIDDEN, "Not yours to decide", words)?));
    };
    let comment = app.store.comment(link.comment).await?.ok_or(Fault::NotFound)?;
    let last = app.store.rulings_of(comment.id).await?.last().map_or(0, |r| r.id);
    if last != link.seen {
        return Ok(Err(meanwhile(app)?));
    }
    if appeals::is_own(app, &person.name, comment.id).await? {
        let words = "The writer appeals against your own ruling.";
        return Ok(Err(refused(app, StatusCode::FORBIDDEN, "Somebody else decides this", words)?));
    }
    Ok(Ok(Opened { link, person, comment }))
}

pub async fn ask(State(app): State<AppState>, Path(token): Path<String>) -> Result<Response, Fault> {
    match open(&app, &token).await? {
        Ok(opened) => {
            question(&app, &token, &opened, StatusCode::OK, "Nothing is done until you press the button.")
                .await
        }
        Err(page) => Ok(page),
    }
}

pub async fn rule(
    State(app): State<AppState>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    from_here(&headers, &app.paper.address)?;
    let opened = match open(&app, &token).await? {
        Ok(opened) => opened,
        Err(page) => return Ok(page),
    };
    let removes = opened.link.ruling == Ruling::Remove;
    let chosen = form_urlencoded::parse(&body).find(|(key, _)| key == "reason");
    let reasons = app.house.reasons(&app.store).await?;
    let reason = chosen.and_then(|(_, code)| reasons.usable(&code)).filter(|_| removes);
    if removes && reason.is_none() {
        let words = "Choose a reason: whoever wrote the comment is told why it was removed.";
        return question(&app, &token, &opened, StatusCode::UNPROCESSABLE_ENTITY, words).await;
    }
    let decision = Decision {
        comment: opened.comment.id,
        ruling: opened.link.ruling,
        reason,
        passage: "",
        note: "",
        who: &opened.person.name,
        seen: Some(opened.link.seen),
        now: clock::now(),
    };
    match app.store.decide(&decision).await {
        Ok(Decided::Already(_)) => {
            page(&app, StatusCode::OK, Words::of(Language::English), "It was so already", "", None, None)
        }
        Ok(Decided::Done(_)) if removes => {
            page(&app, StatusCode::OK, Words::of(Language::English), "The comment is removed", "", None, None)
        }
        Ok(Decided::Done(_)) => {
            page(&app, StatusCode::OK, Words::of(Language::English), "The comment is shown", "", None, None)
        }
        Err(Error::Taken(_)) => meanwhile(&app),
        Err(e) => Err(e.into()),
    }
}

async fn question(
    app: &App,
    token: &str,
    opened: &Opened,
    status: StatusCode,
    words: &str,
) -> Result<Response, Fault> {
    let removes = opened.link.ruling == Ruling::Remove;
    let (title, button) =
        if removes { ("Remove this comment?", "Remove") } else { ("Show this comment?", "Show") };
    let reasons = app.house.reasons(&app.store).await?;
    let story = app.store.story(opened.comment.story).await?.ok_or(Fault::NotFound)?;
    let path = story.path().unwrap_or_else(|| "/".into());
    let action = format!("/letters/rule/{token}");
    let ask = Ask { action: &action, button, reasons: removes.then_some(&*reasons) };
    page(
        app,
        status,
        Words::of(Language::English),
        title,
        words,
        Some((&opened.comment, &story.copy.headline, &path)),
        Some(ask),
    )
}

fn meanwhile(app: &App) -> Result<Response, Fault> {
    let words = "Somebody has ruled on it since the letter was written; nothing was done.";
    refused(app, StatusCode::CONFLICT, "Ruled on meanwhile", words)
}

fn refused(app: &App, status: StatusCode, title: &str, words: &str) -> Result<Response, Fault> {
    page(app, status, Words::of(Language::English), title, words, None, None)
}
