//! Notes down the discussion's rules whenever they have changed, so that they are dated.

use crate::{app::App, clock};
use newsroom::discussion::Reason;
use pages::house_rules::{Rules, text};

/// As the settings make them now.
pub fn rules_now(app: &App) -> String {
    let reasons: Vec<String> = Reason::ALL.into_iter().map(|r| r.words().to_owned()).collect();
    let rules = Rules {
        policy: &app.policy,
        reasons: &reasons,
        contact: &app.config.paper.contact,
        authorities: &app.config.paper.authorities,
        screened: app.config.discussion.screen,
        scored: !app.config.scorer.url.is_empty(),
        learned: app.config.discussion.learned_hold_at > 0.0,
    };
    text(&app.paper, &rules)
}

/// Twice is once.
pub async fn keep_rules(app: &App) -> store::Result<()> {
    app.store.keep_rules(&rules_now(app), clock::now()).await.map(|_| ())
}
