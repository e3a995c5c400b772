//! Tells those who listen what happened: webhooks, writers, reporters, followers.

use crate::{app::AppState, clock, letters};
use newsroom::{discussion::in_force::latest, event::Event};

/// `job` makes each delivery's key, so that a job that runs twice tells once.
pub async fn tell(app: &AppState, job: i64, event: Event, ids: &[i64]) -> store::Result<()> {
    let now = clock::now();
    let webhooks = app.store.list_webhooks().await?;
    let told = async |event: Event, id: i64| -> store::Result<()> {
        for webhook in webhooks.iter().filter(|w| w.events.contains(&event)) {
            let key = format!("{job}:{}:{id}", event.as_str());
            app.store.add_delivery(webhook.id, &key, event, id, now).await?;
        }
        Ok(())
    };
    for id in ids {
        match event {
            Event::CommentShown | Event::CommentHeld | Event::CommentRemoved | Event::CommentCut => {
                told(event, *id).await?;
            }
            // A warning, which may have had none to decide.
            Event::ReportDecided => {
                if let Some(last) = app.store.rulings_of(*id).await?.last()
                    && app.store.decides_reports(*id, last.id).await?
                {
                    told(event, *id).await?;
                }
                continue;
            }
            _ => {
                told(event, *id).await?;
                continue;
            }
        }
        // What a ruling decided besides.
        let rulings = app.store.rulings_of(*id).await?;
        if let Some(last) = latest(&rulings) {
            if app.store.appeals_of(*id).await?.iter().any(|a| a.ruling == Some(last.id)) {
                told(Event::AppealDecided, *id).await?;
            }
            if app.store.decides_reports(*id, last.id).await? {
                told(Event::ReportDecided, *id).await?;
            }
        }
        if app.post.is_some() {
            if event == Event::CommentShown {
                letters::of_new_comment(app, *id, now).await?;
            }
            letters::after_ruling(app, *id, now).await?;
        }
    }
    Ok(())
}
