//! `GET /discussion-rules`: the discussion's rules, made of the settings in force, and earlier ones by number; with
//! `?site=KEY` those of another site's pages, in the language of `&language=`, the site's or the paper's.

use crate::{
    app::{App, AppState},
    discussion_rules,
    problem::Fault,
};
use axum::{
    extract::{Path, State},
    http::{Uri, header},
    response::{Html, IntoResponse, Response},
};
use newsroom::Millis;
use pages::house_rules::HouseRules;
use store::{public::RulesThen, site::Site};

const AGE: &str = "public, max-age=300";

pub async fn now(State(app): State<AppState>, uri: Uri) -> Result<Response, Fault> {
    let query = uri.query().unwrap_or_default().as_bytes();
    let asked = |name: &str| form_urlencoded::parse(query).find(|(n, _)| n == name).map(|(_, value)| value);
    if let Some(key) = asked("site") {
        let site = app.house.site(&app.store, &key).await?.ok_or(Fault::NoSite)?;
        return on_site(&app, &site, &asked("language").unwrap_or_default()).await;
    }
    let text = discussion_rules::now(&app).await?;
    let then = app.store.rules_then().await?;
    let since = then.first().filter(|latest| latest.text == text).map(|latest| latest.at);
    page(&app, &text, since, false, &then).await
}

/// As they are now; of earlier ones the paper's own alone are noted down.
async fn on_site(app: &App, site: &Site, language: &str) -> Result<Response, Fault> {
    let words = app.words_on(site, language);
    let text = discussion_rules::on_site(app, site, words).await?;
    let page = HouseRules {
        paper: &app.paper,
        text: &text,
        since: None,
        earlier: false,
        words,
        papers: false,
        accounts: !app.store.published_accounts().await?.is_empty(),
        versions: &[],
    };
    Ok(([(header::CACHE_CONTROL, AGE)], Html(app.theme.house_rules(&page)?)).into_response())
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
    let words = app.words();
    let page = HouseRules { paper, text, since, earlier, words, papers: true, accounts, versions: &versions };
    Ok(([(header::CACHE_CONTROL, AGE)], Html(app.theme.house_rules(&page)?)).into_response())
}
