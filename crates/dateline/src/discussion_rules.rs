//! The discussion's rules as the settings and the paper's reasons make them, and noting down when they changed.

use crate::{app::App, clock};
use pages::{
    Voice,
    house_rules::{Rules, text},
};

/// As they are now.
pub async fn now(app: &App) -> store::Result<String> {
    let reasons = app.house.reasons(&app.store).await?;
    let voice = Voice { words: app.words(), reasons: &reasons };
    let sentences: Vec<String> = reasons.in_use().map(|r| voice.sentence(r.reason).to_owned()).collect();
    let rules = Rules {
        policy: &app.policy,
        reasons: &sentences,
        contact: &app.config.paper.contact,
        authorities: &app.config.paper.authorities,
        screened: app.config.discussion.screen,
        scored: !app.config.scorer.url.is_empty(),
        learned: app.config.discussion.learned_hold_at > 0.0,
    };
    Ok(text(&app.paper, &rules))
}

/// Dates them, if they are others than those noted last. Twice is once.
pub async fn keep(app: &App) -> store::Result<()> {
    app.store.keep_rules(&now(app).await?, clock::now()).await.map(|_| ())
}
