//! Readers report a comment to the moderators, and read what became of it. Enough of them hold it until a
//! moderator has ruled.

use super::post::see_other;
use crate::{
    app::{App, AppState},
    clock,
    edge::{ReaderAddress, from_here},
    http::{site::path::StoryPath, wants_json},
    problem::Fault,
    receipts::Made,
    reports,
};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use newsroom::{
    discussion::{
        Comment, CommentId, State as Standing,
        report::{self, ReportDraft, ReportFault},
    },
    story::{Address, Story},
};
use pages::{ReportFate, ReportPage, Voice};
use serde_json::json;
use store::comment::NewReport;

pub async fn form(State(app): State<AppState>, at: StoryPath) -> Result<Response, Fault> {
    let (story, comment) = found(&app, &at).await?;
    let reasons = app.house.reasons(&app.store).await?;
    let voice = Voice { words: app.words_under(&story).await?, reasons: &reasons };
    let html = page(&app, voice, &at.address, &story, &comment, &ReportDraft::default(), None)?;
    Ok((private(), Html(html)).into_response())
}

pub async fn send(
    State(app): State<AppState>,
    at: StoryPath,
    reader: ReaderAddress,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Fault> {
    from_here(&headers, &app.paper.address)?;
    let (story, comment) = found(&app, &at).await?;
    let json = wants_json("", &headers);
    let draft = read(&body);
    let words = app.words_under(&story).await?;
    let reasons = app.house.reasons(&app.store).await?;
    let clean = match report::read(&draft, &reasons) {
        Ok(clean) => clean,
        Err(fault) if json => {
            return Err(Fault::refused("report-incomplete", words.report_fault(fault), Some(fault.field())));
        }
        Err(fault) => {
            let voice = Voice { words, reasons: &reasons };
            let html = page(&app, voice, &at.address, &story, &comment, &draft, Some(fault))?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, private(), Html(html)).into_response());
        }
    };
    let now = clock::now();
    reports::count(&app, reader, words.too_many_reports)?;
    let reporter = reports::prints(&app, reader).await.map_err(Fault::broken)?;
    let new = NewReport {
        comment: comment.id,
        at: now,
        report: &clean,
        reporters: &reporter.own,
        networks: &reporter.networks,
    };
    let id = match app.store.add_report(&new).await {
        Ok(id) => id,
        Err(store::Error::Taken(_)) => {
            let detail = words.reported_before;
            return Err(Fault::refused("reported-before", detail, None));
        }
        Err(e) => return Err(e.into()),
    };
    reports::weigh(&app, comment.id).await?;
    let path = app.receipts.report_path(Made { id, at: now });
    if json {
        let answer = json!({ "id": id, "receipt": app.paper.url(&path) });
        return Ok((StatusCode::CREATED, private(), axum::Json(answer)).into_response());
    }
    see_other(&path)
}

pub async fn fate(State(app): State<AppState>, Path(token): Path<String>) -> Result<Response, Fault> {
    let made = app.receipts.of_token("report", &token).ok_or(Fault::NotFound)?;
    let report = app.store.report(made.id).await?.filter(|r| reports::made(r) == made);
    let report = report.ok_or(Fault::NotFound)?;
    let comment = app.store.comment(report.comment).await?.ok_or(Fault::NotFound)?;
    let story = app.store.story(comment.story).await?.ok_or(Fault::NotFound)?;
    let reasons = app.house.reasons(&app.store).await?;
    let html = app.theme.report_fate(&ReportFate {
        paper: &app.paper,
        voice: Voice { words: app.words_under(&story).await?, reasons: &reasons },
        path: &story.path().unwrap_or_default(),
        headline: &story.copy.headline,
        at: report.at,
        reason: report.reason,
        text: &report.text,
        decided: report.decided_at.zip(report.outcome.as_deref()),
    })?;
    Ok((private(), Html(html)).into_response())
}

/// A comment that readers see, under the story of that address.
async fn found(app: &App, at: &StoryPath) -> Result<(Story, Comment), Fault> {
    let id: CommentId = at.comment.ok_or(Fault::NotFound)?;
    let facts = app.house.story(&app.store, &at.address).await?.ok_or(Fault::NotFound)?;
    let comment = app.store.comment(id).await?;
    let comment = comment.filter(|c| c.story == facts.id && c.state == Standing::Shown);
    let comment = comment.ok_or(Fault::NotFound)?;
    let story = app.store.story(facts.id).await?.filter(|s| s.status.is_discussed());
    Ok((story.ok_or(Fault::NotFound)?, comment))
}

fn page(
    app: &App,
    voice: Voice<'_>,
    address: &Address,
    story: &Story,
    comment: &Comment,
    draft: &ReportDraft,
    fault: Option<ReportFault>,
) -> Result<String, Fault> {
    Ok(app.theme.report(&ReportPage {
        paper: &app.paper,
        voice,
        path: &address.path(),
        headline: &story.copy.headline,
        comment,
        draft,
        fault,
    })?)
}

fn read(body: &[u8]) -> ReportDraft {
    let text = |name: &str| {
        let found = form_urlencoded::parse(body).find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    ReportDraft {
        reason: text("reason"),
        text: text("text"),
        name: text("name"),
        email: text("email"),
        good_faith: !text("good_faith").is_empty(),
    }
}

/// The page is for one reader, and its address may be a key.
pub(super) fn private() -> [(HeaderName, &'static str); 3] {
    [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ]
}
