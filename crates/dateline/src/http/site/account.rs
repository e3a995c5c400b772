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
use pages::transparency::{Line, Transparency};
use store::public::PublishedAccount;

const AGE: &str = "public, max-age=300";

pub async fn latest(State(app): State<AppState>) -> Result<Response, Fault> {
    let all = app.store.published_accounts().await?;
    let latest = all.first().ok_or(Fault::NotFound)?;
    page(&app, latest, &all)
}

/// `/transparency/3`, `/transparency/3.csv`
pub async fn one(State(app): State<AppState>, Path(which): Path<String>) -> Result<Response, Fault> {
    let (id, csv) = match which.strip_suffix(".csv") {
        Some(id) => (id, true),
        None => (which.as_str(), false),
    };
    let id: i64 = id.parse().map_err(|_| Fault::NotFound)?;
    let all = app.store.published_accounts().await?;
    let account = all.iter().find(|a| a.id == id).ok_or(Fault::NotFound)?;
    if !csv {
        return page(&app, account, &all);
    }
    // As the command prints it.
    let mut text = String::from("what,code,number\n");
    for line in lines(account)? {
        text.push_str(&format!("{},{},{}\n", line.what, line.code, line.number));
    }
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CACHE_CONTROL, AGE)], text)
        .into_response())
}

fn page(app: &App, account: &PublishedAccount, all: &[PublishedAccount]) -> Result<Response, Fault> {
    let public: Vec<_> = all.iter().map(|a| (a.id, a.from, a.until)).collect();
    let html = app.theme.transparency(&Transparency {
        paper: &app.paper,
        from: account.from,
        until: account.until,
        lines: &lines(account)?,
        public: Some((account.id, &public)),
    })?;
    Ok(([(header::CACHE_CONTROL, AGE)], Html(html)).into_response())
}

fn lines(account: &PublishedAccount) -> Result<Vec<Line>, Fault> {
    let kept: Vec<(String, String, u64)> = serde_json::from_str(&account.lines).map_err(Fault::broken)?;
    Ok(kept.into_iter().map(|(what, code, number)| Line { what, code, number }).collect())
}
