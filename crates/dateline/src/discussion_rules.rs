//! The discussion's rules as the settings and the paper's reasons make them, and noting down when they changed; under
//! another site's pages with the days and numbers that it sets for itself.

use crate::{app::App, clock};
use newsroom::{
    discussion::Policy,
    story::{Status, Story},
};
use pages::{
    Voice, Words,
    house_rules::{Rules, text},
};
use store::site::Site;

/// Where the paper's own are read.
const PAPERS: &str = "/discussion-rules";

/// As they are now.
pub async fn now(app: &App) -> store::Result<String> {
    of(app, app.words(), &app.policy, None).await
}

/// The same under the pages of another site.
pub async fn on_site(app: &App, site: &Site, words: &'static Words) -> store::Result<String> {
    let hosts = site.origins.iter().map(|origin| origin.as_str());
    let mut hosts: Vec<&str> = hosts.map(|o| o.split_once("://").map_or(o, |(_, host)| host)).collect();
    hosts.sort_unstable();
    hosts.dedup();
    of(app, words, &app.policy.with(site.own.policy), Some(&hosts.join(", "))).await
}

async fn of(app: &App, words: &'static Words, policy: &Policy, site: Option<&str>) -> store::Result<String> {
    let reasons = app.house.reasons(&app.store).await?;
    let voice = Voice { words, reasons: &reasons };
    let sentences: Vec<String> = reasons.in_use().map(|r| voice.sentence(r.reason).to_owned()).collect();
    let rules = Rules {
        words,
        site,
        policy,
        reasons: &sentences,
        contact: &app.config.paper.contact,
        authorities: &app.config.paper.authorities,
        screened: app.config.discussion.screen,
        scored: !app.config.scorer.url.is_empty(),
        learned: app.config.discussion.learned_hold_at > 0.0,
    };
    Ok(text(&app.paper, &rules))
}

/// Where a site's rules are read, in those words.
pub fn path(site: &str, words: &Words) -> String {
    format!("{PAPERS}?site={site}&language={}", words.language.tag())
}

/// The same under a story: its site's where it stands for another site's page, the paper's own where it is one of
/// its own, or where the site is gone and what it had set with it.
pub async fn path_under(app: &App, story: &Story, words: &Words) -> store::Result<String> {
    let outside = match story.status {
        Status::Outside => app.store.outside_of(story.id).await?,
        _ => None,
    };
    let site = match outside {
        Some(outside) => app.house.site(&app.store, &outside.site_key).await?,
        None => None,
    };
    Ok(site.map_or_else(|| PAPERS.to_owned(), |site| path(&site.key, words)))
}

/// Dates the paper's and each site's, if they are others than those noted last. Twice is once.
pub async fn keep(app: &App) -> store::Result<()> {
    app.store.keep_rules("", &now(app).await?, clock::now()).await?;
    for site in app.store.list_sites().await? {
        app.store.keep_rules(&site.key, &noted(app, &site).await?, clock::now()).await?;
    }
    Ok(())
}

/// A site's as they are noted down: in the language that it speaks where a page says none.
pub async fn noted(app: &App, site: &Site) -> store::Result<String> {
    on_site(app, site, app.words_on(site, "")).await
}
