//! `GET /discussion-rules`: the discussion's rules, made of the settings in force, and earlier ones by number.

use crate::{app::AppState, jobs::rules_now, problem::Fault};
use axum::{
    extract::{Path, State},
    http::header,
    response::{Html, IntoResponse, Response},
};
use newsroom::Millis;
use pages::house_rules::HouseRules;

const AGE: &str = "public, max-age=300";

pub async fn now(State(app): State<AppState>) -> Result<Response, Fault> {
    let text = rules_now(&app);
    let then = app.store.rules_then().await?;
    let versions: Vec<(i64, Millis)> = then.iter().map(|v| (v.id, v.at)).collect();
    let since = then.first().filter(|latest| latest.text == text).map(|latest| latest.at);
    let (paper, earlier) = (&app.paper, false);
    let page = HouseRules { paper, text: &text, since, earlier, versions: &versions };
    Ok(([(header::CACHE_CONTROL, AGE)], Html(app.theme.house_rules(&page)?)).into_response())
}

pub async fn then(State(app): State<AppState>, Path(id): Path<String>) -> Result<Response, Fault> {
    let id: i64 = id.parse().map_err(|_| Fault::NotFound)?;
    let then = app.store.rules_then().await?;
    let version = then.iter().find(|v| v.id == id).ok_or(Fault::NotFound)?;
    let versions: Vec<(i64, Millis)> = then.iter().map(|v| (v.id, v.at)).collect();
    let (paper, since, earlier) = (&app.paper, Some(version.at), true);
    let page = HouseRules { paper, text: &version.text, since, earlier, versions: &versions };
    Ok(([(header::CACHE_CONTROL, AGE)], Html(app.theme.house_rules(&page)?)).into_response())
}
