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
    format!("/discussion-rules?site={site}&language={}", words.language.tag())
}

/// The same for the site whose page a story stands for; `None` where it is the paper's own.
pub async fn path_under(app: &App, story: &Story, words: &Words) -> store::Result<Option<String>> {
    if story.status != Status::Outside {
        return Ok(None);
    }
    let outside = app.store.outside_of(story.id).await?;
    Ok(outside.map(|outside| path(&outside.site_key, words)))
}

/// Dates them, if they are others than those noted last. Twice is once.
pub async fn keep(app: &App) -> store::Result<()> {
    app.store.keep_rules(&now(app).await?, clock::now()).await.map(|_| ())
}
