//! `GET /transparency`: the account of moderation that the paper made public last, and earlier ones by number, as a
//! page or as CSV. Counted by the command that made it public, and not for a reader.

use crate::{
    app::{App, AppState},
    problem::Fault,
};
use axum::{
    extract::{Path, State},
    http::header,
    response::{Html, IntoResponse, Response},
};
use newsroom::discussion::Reason;
use pages::transparency::{Line, Transparency, csv};
use store::public::PublishedAccount;

const AGE: &str = "public, max-age=300";

pub async fn latest(State(app): State<AppState>) -> Result<Response, Fault> {
    let all = app.store.published_accounts().await?;
    let latest = all.first().ok_or(Fault::NotFound)?;
    page(&app, latest, &all).await
}

/// `/transparency/3`, `/transparency/3.csv`
pub async fn one(State(app): State<AppState>, Path(which): Path<String>) -> Result<Response, Fault> {
    let (id, as_csv) = match which.strip_suffix(".csv") {
        Some(id) => (id, true),
        None => (which.as_str(), false),
    };
    let id: i64 = id.parse().map_err(|_| Fault::NotFound)?;
    let all = app.store.published_accounts().await?;
    let account = all.iter().find(|a| a.id == id).ok_or(Fault::NotFound)?;
    if !as_csv {
        return page(&app, account, &all).await;
    }
    // As the command prints it.
    let text = csv(&lines(&app, account).await?);
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CACHE_CONTROL, AGE)], text)
        .into_response())
}

async fn page(app: &App, account: &PublishedAccount, all: &[PublishedAccount]) -> Result<Response, Fault> {
    let public: Vec<_> = all.iter().map(|a| (a.id, a.from, a.until)).collect();
    let html = app.theme.transparency(&Transparency {
        paper: &app.paper,
        from: account.from,
        until: account.until,
        lines: &lines(app, account).await?,
        public: Some((account.id, &public)),
    })?;
    Ok(([(header::CACHE_CONTROL, AGE)], Html(html)).into_response())
}

/// As it was counted then, with the reasons as they are worded now.
async fn lines(app: &App, account: &PublishedAccount) -> Result<Vec<Line>, Fault> {
    let kept: Vec<(String, String, u64)> = serde_json::from_str(&account.lines).map_err(Fault::broken)?;
    let reasons = app.house.reasons(&app.store).await?;
    let known = |code: &str| Reason::parse(code).and_then(|r| reasons.find(r).cloned());
    let line =
        |(what, code, number): (String, String, u64)| Line { reason: known(&code), what, code, number };
    Ok(kept.into_iter().map(line).collect())
}
