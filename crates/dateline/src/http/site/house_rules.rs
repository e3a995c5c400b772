//! `GET /discussion-rules`: the discussion's rules, made of the settings in force, and earlier ones by number.

use crate::{
    app::{App, AppState},
    discussion_rules,
    problem::Fault,
};
use axum::{
    extract::{Path, State},
    http::header,
    response::{Html, IntoResponse, Response},
};
use newsroom::Millis;
use pages::house_rules::HouseRules;
use store::public::RulesThen;

const AGE: &str = "public, max-age=300";

pub async fn now(State(app): State<AppState>) -> Result<Response, Fault> {
    let text = discussion_rules::now(&app).await?;
    let then = app.store.rules_then().await?;
    let since = then.first().filter(|latest| latest.text == text).map(|latest| latest.at);
    page(&app, &text, since, false, &then).await
}

pub async fn then(State(app): State<AppState>, Path(id): Path<String>) -> Result<Response, Fault> {
    let id: i64 = id.parse().map_err(|_| Fault::NotFound)?;
    let then = app.store.rules_then().await?;
    let version = then.iter().find(|v| v.id == id).ok_or(Fault::NotFound)?;
    page(&app, &version.text, Some(version.at), true, &then).await
}

async fn page(
    app: &App,
    text: &str,
    since: Option<Millis>,
    earlier: bool,
    then: &[RulesThen],
) -> Result<Response, Fault> {
    let versions: Vec<(i64, Millis)> = then.iter().map(|v| (v.id, v.at)).collect();
    let (paper, accounts) = (&app.paper, !app.store.published_accounts().await?.is_empty());
    let page = HouseRules { paper, text, since, earlier, accounts, versions: &versions };
    Ok(([(header::CACHE_CONTROL, AGE)], Html(app.theme.house_rules(&page)?)).into_response())
}
