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
use pages::{Words, house_rules::HouseRules};
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
    let then = app.store.rules_then("").await?;
    let since = since(&then, &text);
    Shown { text: &text, since, earlier: false, words: app.words(), papers: true }.page(&app, &then).await
}

/// As they are now. They are dated by what was noted down of them, in whatever language they are asked for.
async fn on_site(app: &App, site: &Site, language: &str) -> Result<Response, Fault> {
    let words = app.words_on(site, language);
    let text = discussion_rules::on_site(app, site, words).await?;
    let then = app.store.rules_then(&site.key).await?;
    let since = since(&then, &discussion_rules::noted(app, site).await?);
    Shown { text: &text, since, earlier: false, words, papers: false }.page(app, &then).await
}

pub async fn then(State(app): State<AppState>, Path(id): Path<String>) -> Result<Response, Fault> {
    let id: i64 = id.parse().map_err(|_| Fault::NotFound)?;
    let version = app.store.rules_kept(id).await?.ok_or(Fault::NotFound)?;
    let then = app.store.rules_then(&version.site).await?;
    let site = app.house.site(&app.store, &version.site).await?;
    let shown = Shown {
        text: &version.text,
        since: Some(version.at),
        earlier: true,
        words: site.map_or(app.words(), |site| app.words_on(&site, "")),
        papers: version.site.is_empty(),
    };
    shown.page(&app, &then).await
}

/// From when on they read so, where that is noted down.
fn since(then: &[RulesThen], text: &str) -> Option<Millis> {
    then.first().filter(|latest| latest.text == text).map(|latest| latest.at)
}

/// What one page shows of the rules.
struct Shown<'a> {
    text: &'a str,
    since: Option<Millis>,
    earlier: bool,
    words: &'a Words,
    papers: bool,
}

impl Shown<'_> {
    async fn page(&self, app: &App, then: &[RulesThen]) -> Result<Response, Fault> {
        let versions: Vec<(i64, Millis)> = then.iter().map(|v| (v.id, v.at)).collect();
        let page = HouseRules {
            paper: &app.paper,
            text: self.text,
            since: self.since,
            earlier: self.earlier,
            words: self.words,
            papers: self.papers,
            accounts: !app.store.published_accounts().await?.is_empty(),
            versions: &versions,
        };
        Ok(([(header::CACHE_CONTROL, AGE)], Html(app.theme.house_rules(&page)?)).into_response())
    }
}
