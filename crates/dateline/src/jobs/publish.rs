//! A scheduled story goes out by itself, if it still may.

use crate::{app::AppState, clock};
use newsroom::{
    moves,
    story::{Status, Story, StoryId},
};
use store::Error;

pub async fn publish(app: &AppState, id: StoryId) -> store::Result<()> {
    let now = clock::now();
    let Some(story) = app.store.story(id).await? else { return Ok(()) };
    let due = story.status == Status::Scheduled && story.scheduled_for.is_some_and(|at| at <= now);
    // Taken off the schedule, or put on a later one, which has a job of its own.
    if !due {
        return Ok(());
    }
    match moves::publish(&story, now, &app.paper.zone) {
        Ok(new) => {
            save_published(app, &story, new, "schedule", "published it as scheduled").await.map(|_| ())
        }
        Err(not_yet) => {
            let words = not_yet.words(&app.paper.zone);
            let back = moves::unschedule(&story);
            app.store
                .save_story(Some(&story), &back, "schedule", &format!("did not publish it: {words}"), now)
                .await?;
            Ok(())
        }
    }
}

/// Saves a story that was just published, at the first free address of its day.
pub async fn save_published(
    app: &AppState,
    old: &Story,
    mut new: Story,
    who: &str,
    act: &str,
) -> store::Result<Story> {
    loop {
        if let Some(wanted) = new.address.take() {
            new.address = Some(app.store.free_address(&wanted).await?);
        }
        match app.store.save_story(Some(old), &new, who, act, clock::now()).await {
            // Another story took it between the look and the save.
            Err(Error::Taken("address")) => {}
            Err(e) => return Err(e),
            Ok(edition) => {
                new.edition = edition;
                return Ok(new);
            }
        }
    }
}
