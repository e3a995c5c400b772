//! Killing a published story, and spiking one that never was.

use super::{
    amend::unfit,
    posted::Posted,
    story::{self, Screen},
    story_fields::one_line,
    turned::{Answer, Turned},
    ways,
};
use crate::{
    app::{App, AppState},
    clock,
};
use axum::extract::{Path, State};
use newsroom::{
    moves::{self, NotLegal},
    staff::Act,
    story::{NoticeKind, Story, StoryId},
};
use pages::desk::{FieldFault, KillForm, Said};
use store::Error;

/// What must be typed before a kill.
const CONFIRM: &str = "KILL";
/// A kill counts for the story whatever others save at the same moment.
const TRIES: u32 = 5;

pub async fn kill(State(app): State<AppState>, Path(id): Path<StoryId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Publish)?;
    let text = |name: &str| form.text(name).to_owned();
    let typed = KillForm { notice: text("kill_notice"), confirm: text("confirm"), open: true };
    let notice = one_line(&typed.notice);
    let mut faults = Vec::new();
    match unfit(&notice) {
        Some(words) => faults.push(FieldFault::new("kill_notice", words)),
        None if notice.is_empty() => {
            faults.push(FieldFault::new("kill_notice", NotLegal::NoNotice.words()));
        }
        None => {}
    }
    if typed.confirm.trim() != CONFIRM {
        faults.push(FieldFault::new(
            "confirm",
            format!("Type {CONFIRM} in capitals: a kill cannot be taken back."),
        ));
    }
    for _ in 0..TRIES {
        let old = story::find(&app, &seat, id).await?;
        if !faults.is_empty() {
            return story::screen(&app, &seat, Screen { faults, kill: typed, ..Screen::of(&old) }).await;
        }
        let now = clock::now();
        let new = match moves::amend(&old, NoticeKind::Kill, &notice, now) {
            Ok(new) => new,
            Err(not_legal) => {
                let refused = Some(not_legal.words().to_owned());
                return story::screen(&app, &seat, Screen { refused, kill: typed, ..Screen::of(&old) }).await;
            }
        };
        if saved(&app, &old, &new, seat.name(), "killed it").await? {
            return Ok(ways::on(&format!("/desk/stories/{id}"), Said::Killed));
        }
    }
    Err(Error::Busy(format!("story {id} is being saved again and again")).into())
}

pub async fn spike(State(app): State<AppState>, Path(id): Path<StoryId>, posted: Posted) -> Answer {
    let seat = posted.seat;
    for _ in 0..TRIES {
        let old = story::find(&app, &seat, id).await?;
        let new = match moves::spike(&old) {
            Ok(new) => new,
            Err(not_legal) => {
                let refused = Some(not_legal.words().to_owned());
                return story::screen(&app, &seat, Screen { refused, ..Screen::of(&old) }).await;
            }
        };
        if saved(&app, &old, &new, seat.name(), "spiked it").await? {
            return Ok(ways::on(&format!("/desk/stories/{id}"), Said::Spiked));
        }
    }
    Err(Error::Busy(format!("story {id} is being saved again and again")).into())
}

/// `false` where somebody else saved in between.
async fn saved(app: &App, old: &Story, new: &Story, who: &str, act: &str) -> Result<bool, Turned> {
    match app.store.save_story(Some(old), new, who, act, clock::now()).await {
        Ok(_) => Ok(true),
        Err(Error::Taken("edition")) => Ok(false),
        Err(e) => Err(e.into()),
    }
}
