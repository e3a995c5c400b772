//! Publishing: at once, by itself at a time, and taking it off the schedule.

use super::{
    edit::{self, Edit},
    posted::Posted,
    story_fields,
    turned::{Answer, Turned},
    ways,
};
use crate::{
    app::{App, AppState},
    clock,
};
use axum::extract::{Path, State};
use newsroom::{Millis, moves, staff::Act, story::StoryId};
use pages::desk::{FieldFault, Said};
use store::Error;

/// Tries to find an address that no other story has; each fails only where one was published in between.
const TRIES: u32 = 5;

pub async fn publish(State(app): State<AppState>, Path(id): Path<StoryId>, posted: Posted) -> Answer {
    let edit = edit::read(&app, posted, id, Act::Publish).await?;
    let now = clock::now();
    let mut new = match moves::publish(&edit.new, now, &app.paper.zone) {
        Ok(new) => new,
        Err(not_yet) => return Err(edit.refuse(&app, not_yet.words(&app.paper.zone)).await),
    };
    let wanted = moves::address(&new, now, &app.paper.zone);
    for _ in 0..TRIES {
        new.address = Some(app.store.free_address(&wanted).await?);
        let saved = app.store.save_story(Some(&edit.old), &new, edit.seat.name(), "published it", now).await;
        match saved {
            Err(Error::Taken("address")) => {}
            Err(Error::Taken("edition")) => {
                return Err(edit.overtaken(&app).await);
            }
            Err(e) => return Err(e.into()),
            Ok(_) => return Ok(ways::on(&format!("/desk/stories/{id}"), Said::Published)),
        }
    }
    Err(edit.refuse(&app, "Other stories took its address just now. Please publish again.").await)
}

pub async fn schedule(State(app): State<AppState>, Path(id): Path<StoryId>, posted: Posted) -> Answer {
    let edit = edit::read(&app, posted, id, Act::Publish).await?;
    let at = when(&app, &edit).await?;
    match moves::schedule(&edit.new, at, clock::now()) {
        Ok(new) => {
            let act = format!("scheduled it for {}", app.paper.zone.format(at, "%H:%M, %-d %b %Y"));
            edit.save(&app, &new, &act).await?;
            Ok(ways::on(&format!("/desk/stories/{id}"), Said::Scheduled))
        }
        Err(Ok(not_legal)) => Err(edit.fault(&app, FieldFault::new("schedule", not_legal.words())).await),
        Err(Err(not_yet)) => Err(edit.refuse(&app, not_yet.words(&app.paper.zone)).await),
    }
}

async fn when(app: &App, edit: &Edit) -> Result<Millis, Turned> {
    let (typed, was) = (&edit.form.schedule, edit.old.scheduled_for);
    match story_fields::moment("schedule", "The time to publish", typed, was, &app.paper.zone) {
        Ok(Some(at)) => Ok(at),
        Ok(None) => {
            let fault = FieldFault::new("schedule", "Say when it is to be published.");
            Err(edit.fault(app, fault).await)
        }
        Err(fault) => Err(edit.fault(app, fault).await),
    }
}

pub async fn unschedule(State(app): State<AppState>, Path(id): Path<StoryId>, posted: Posted) -> Answer {
    let edit = edit::read(&app, posted, id, Act::Publish).await?;
    if !edit.is_unpublished() {
        return Err(edit.refuse(&app, "It is not on the schedule any more.").await);
    }
    edit.save(&app, &moves::unschedule(&edit.new), "took it off the schedule").await?;
    Ok(ways::on(&format!("/desk/stories/{id}"), Said::Unscheduled))
}
