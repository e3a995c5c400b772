//! `/receipt`: the comments that were sent from this browser, with what became of each. The way to their receipts is
//! kept in cookies that no script can read, for this page alone; the pages of stories stay the same for everybody.

use super::{post::see_other, receipt::Past, report::private};
use crate::{
    app::{App, AppState},
    edge::from_here,
    http::wants_json,
    problem::Fault,
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use newsroom::{
    discussion::{
        CommentId, State as Standing,
        kept::{KEPT, MOST, next},
    },
    story::StoryId,
};
use pages::{ReceiptLine, Receipts, Voice};
use serde_json::{Value, json};

/// The place that was filled last. It names nothing; scripts may read that there is something to ask for.
const LAST: &str = "dateline_receipts";
/// With its place behind: the receipt's word.
const EACH: &str = "dateline_receipt_";

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
}

/// Has the browser that sent a comment keep the way to its receipt.
pub(in crate::http) fn remember(
    app: &App,
    headers: &HeaderMap,
    id: CommentId,
    reply: &mut Response,
) -> Result<(), Fault> {
    let last = cookies(headers).find(|(name, _)| *name == LAST);
    let place = next(last.and_then(|(_, place)| place.parse().ok()));
    let path = app.receipts.path(id);
    let token = path.rsplit('/').next().unwrap_or_default();
    let (secure, seconds) = (secure(app), KEPT / 1000);
    for cookie in [
        format!("{EACH}{place}={token}; Path=/receipt; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"),
        format!("{LAST}={place}; Path=/; Max-Age={seconds}; SameSite=Lax{secure}"),
    ] {
        let cookie = HeaderValue::try_from(cookie).map_err(Fault::broken)?;
        reply.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(())
}

fn secure(app: &App) -> &'static str {
    if app.paper.address.starts_with("https://") { "; Secure" } else { "" }
}

/// Of words that a browser shows the comments whose receipts they are, the latest first; of one discussion alone where
/// it is named.
pub(in crate::http) async fn of_words<'a>(
    app: &App,
    words: impl Iterator<Item = &'a str>,
    under: Option<StoryId>,
) -> Result<Vec<(CommentId, Past)>, Fault> {
    let mut ids: Vec<CommentId> =
        words.take(MOST as usize).filter_map(|word| app.receipts.comment(word)).collect();
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.dedup();
    let mut all = Vec::new();
    for id in ids {
        if let Some(story) = under
            && app.store.comment(id).await?.is_none_or(|comment| comment.story != story)
        {
            continue;
        }
        match Past::of(app, id).await {
            Ok(past) => all.push((id, past)),
            // Of a paper that began anew.
            Err(Fault::NotFound) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(all)
}

/// For a page's script: one comment as its writer is told of it.
pub(in crate::http) fn told(app: &App, past: &Past) -> Value {
    let comment = past.comment();
    let (said, why) = past.told();
    json!({
        "id": comment.id,
        "at": comment.at.rfc3339(),
        "state": comment.state.as_str(),
        "cut": comment.state == Standing::Shown && comment.reason.is_some(),
        "said": said,
        "why": why,
        "text": comment.text,
        "receipt": app.paper.url(&app.receipts.path(comment.id)),
    })
}

/// `GET /receipt`
pub async fn list(State(app): State<AppState>, headers: HeaderMap) -> Result<Response, Fault> {
    let kept = cookies(&headers).filter(|(name, _)| name.starts_with(EACH)).map(|(_, word)| word);
    let all = of_words(&app, kept, None).await?;
    if wants_json("", &headers) {
        let all: Vec<Value> = all
            .iter()
            .map(|(_, past)| {
                let mut told = told(&app, past);
                told["story"] = past.story().path().into();
                told
            })
            .collect();
        return Ok((private(), axum::Json(json!({ "comments": all }))).into_response());
    }
    let paths: Vec<String> = all.iter().map(|(id, _)| app.receipts.path(*id)).collect();
    let reasons = app.house.reasons(&app.store).await?;
    let voice = Voice { words: app.words(), reasons: &reasons };
    let lines: Vec<ReceiptLine<'_>> = all
        .iter()
        .zip(&paths)
        .map(|((_, past), receipt)| ReceiptLine {
            comment: past.comment(),
            headline: &past.story().copy.headline,
            receipt,
            standing: voice.standing(past.comment(), past.why_held()),
        })
        .collect();
    let html = app.theme.receipts(&Receipts { paper: &app.paper, words: app.words(), all: &lines })?;
    Ok((private(), Html(html)).into_response())
}

/// `POST /receipt/forget`: the comments stay, and so do their receipts; this browser knows of none any more.
pub async fn forget(State(app): State<AppState>, headers: HeaderMap) -> Result<Response, Fault> {
    from_here(&headers, &app.paper.address)?;
    let mut reply = (private(), see_other("/receipt")?).into_response();
    let secure = secure(&app);
    let kept =
        (0..MOST).map(|place| format!("{EACH}{place}=; Path=/receipt; Max-Age=0; HttpOnly; SameSite=Lax"));
    for cookie in kept.chain([format!("{LAST}=; Path=/; Max-Age=0; SameSite=Lax")]) {
        let cookie = HeaderValue::try_from(format!("{cookie}{secure}")).map_err(Fault::broken)?;
        reply.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(reply)
}

pub async fn to_list() -> Result<Response, Fault> {
    see_other("/receipt")
}
