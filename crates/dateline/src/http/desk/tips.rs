//! What a comment points out, passed on to the editors, and their word that it is dealt with.

use super::{
    posted::Posted,
    rule::{back, refused},
    story_fields::one_line,
    turned::Answer,
    ways,
};
use crate::{app::AppState, clock};
use axum::extract::{Path, State};
use newsroom::{discussion::CommentId, staff::Act, story::StoryId};
use pages::desk::Said;
use store::Error;

/// Longest note, in characters.
const LONGEST: usize = 500;

pub async fn pass_on(State(app): State<AppState>, Path(id): Path<CommentId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted.may(&app, Act::Moderate)?;
    let note = one_line(form.text("note"));
    if note.chars().count() > LONGEST {
        let why = format!("What the editors should know has more than {LONGEST} characters.");
        return refused(&app, &seat, &form, &why).await;
    }
    match app.store.pass_on(id, &note, seat.name(), clock::now()).await {
        Ok(()) => Ok(ways::on(back(&form), Said::PassedOn)),
        Err(Error::Gone(_)) => Err(seat.not_here(&app, &format!("There is no comment {id}."))),
        Err(e) => Err(e.into()),
    }
}

pub async fn done(
    State(app): State<AppState>,
    Path((story, tip)): Path<(StoryId, i64)>,
    posted: Posted,
) -> Answer {
    let seat = posted.seat;
    seat.needs(&app, Act::Edit)?;
    match app.store.tip_done(story, tip, seat.name(), clock::now()).await {
        Ok(()) => Ok(ways::on(&format!("/desk/stories/{story}#tips"), Said::TipDone)),
        Err(Error::Gone(_)) => Err(seat.not_here(&app, &format!("Story {story} has no tip {tip}."))),
        Err(e) => Err(e.into()),
    }
}
