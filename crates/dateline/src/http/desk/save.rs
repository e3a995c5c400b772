//! `POST /desk/stories` and `POST /desk/stories/{id}`: a new story, and saving an unpublished one.

use super::{edit, posted::Posted, turned::Answer, ways};
use crate::{app::AppState, clock};
use axum::extract::{Path, State};
use newsroom::{
    ednote::EdNote,
    section::Section,
    slug::Slugline,
    staff::Act,
    story::{Copy, Status, Story, StoryId},
};
use pages::desk::Said;

pub async fn new_story(State(app): State<AppState>, posted: Posted) -> Answer {
    let seat = posted.seat;
    seat.needs(&app, Act::Edit)?;
    let now = clock::now();
    let section = app.paper.sections.first().cloned().unwrap_or_else(|| Section::named(""));
    let story = Story {
        id: app.store.next_id().await?,
        edition: 0,
        status: Status::Draft,
        copy: Copy { section: section.name.clone(), ..Copy::default() },
        section,
        topics: vec![],
        photos: vec![],
        address: None,
        created_at: now,
        published_at: None,
        changed_at: None,
        embargo_until: None,
        scheduled_for: None,
        urgency: 0,
        slugline: Slugline::default(),
        ednote: EdNote::default(),
        usage_terms: String::new(),
        source: None,
        notices: vec![],
    };
    app.store.save_story(None, &story, seat.name(), "began it", now).await?;
    Ok(ways::go(&format!("/desk/stories/{}", story.id)))
}

pub async fn save(State(app): State<AppState>, Path(id): Path<StoryId>, posted: Posted) -> Answer {
    let edit = edit::read(&app, posted, id, Act::Edit).await?;
    if !edit.is_unpublished() {
        let words = match edit.old.status {
            Status::Published => "A published story is changed by a correction or an update.",
            _ => "A killed or spiked story cannot be changed.",
        };
        return Err(edit.refuse(&app, words).await);
    }
    if edit.new != edit.old {
        edit.save(&app, &edit.new, "saved it").await?;
    }
    Ok(ways::on(&format!("/desk/stories/{id}"), Said::Saved))
}
