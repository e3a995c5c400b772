//! `GET /desk/stories/{id}`: a story with all its fields, and the same screen after an act that was not done.

use super::{
    seat::Seat,
    turned::{Answer, Turned, page},
};
use crate::{
    app::{App, AppState},
    clock,
    problem::Fault,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use newsroom::{
    staff::Act,
    story::{Status, Story, StoryId, may_publish},
};
use pages::desk::{self, Conflict, Desk, FieldFault, KillForm, StoryDesk, StoryForm, TipRow};

pub async fn show(State(app): State<AppState>, Path(id): Path<StoryId>, seat: Seat) -> Answer {
    let story = find(&app, &seat, id).await?;
    screen(&app, &seat, Screen::of(&story)).await
}

/// The story of that number, for somebody who may see it.
pub(super) async fn find(app: &App, seat: &Seat, id: StoryId) -> Result<Story, Turned> {
    seat.needs(app, Act::Edit)?;
    let story = app.store.story(id).await?;
    story.ok_or_else(|| seat.not_here(app, &format!("There is no story {id}.")))
}

/// What is shown of a story and why.
pub(super) struct Screen<'a> {
    pub story: &'a Story,
    /// What was typed; else the story's own words.
    pub typed: Option<StoryForm>,
    pub faults: Vec<FieldFault>,
    /// Why nothing was done, where no field is at fault.
    pub refused: Option<String>,
    pub kill: KillForm,
    /// `story` is what somebody else saved meanwhile.
    pub conflict: bool,
}

impl<'a> Screen<'a> {
    pub fn of(story: &'a Story) -> Screen<'a> {
        Screen {
            story,
            typed: None,
            faults: vec![],
            refused: None,
            kill: KillForm::default(),
            conflict: false,
        }
    }

    fn status(&self) -> StatusCode {
        match () {
            () if self.conflict => StatusCode::CONFLICT,
            () if self.refused.is_some() || !self.faults.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
            () => StatusCode::OK,
        }
    }
}

/// What moderators passed on from its discussion, as the comments are now.
async fn tips(app: &App, story: StoryId) -> Result<Vec<TipRow>, Fault> {
    let mut rows = Vec::new();
    for tip in app.store.tips_for(story).await? {
        let (name, text) =
            app.store.comment(tip.comment).await?.map(|c| (c.name, c.text)).unwrap_or_default();
        rows.push(TipRow {
            id: tip.id,
            at: tip.at,
            by: tip.staff,
            note: tip.note,
            name,
            text,
            done: tip.done,
        });
    }
    Ok(rows)
}

pub(super) async fn screen(app: &App, seat: &Seat, screen: Screen<'_>) -> Answer {
    let status = screen.status();
    let Screen { story, typed, faults, refused, kill, conflict } = screen;
    let desk = Desk { refused: refused.as_deref(), ..seat.desk(app).await? };
    let form = typed.unwrap_or_else(|| StoryForm::of(story, &app.paper.zone));
    let unpublished = matches!(story.status, Status::Draft | Status::Scheduled);
    let not_yet = may_publish(story, desk.now).err().filter(|_| unpublished);
    let discussion = match story.status {
        status if status.is_discussed() => app.store.discussion(story.id, &app.policy, desk.now).await?,
        _ => None,
    };
    let history: Vec<desk::Act> = (app.store.story_history(story.id).await?.into_iter())
        .map(|deed| desk::Act { at: deed.at, who: deed.who, what: deed.act })
        .collect();
    // Opening or closing the discussion is no change of the story.
    let last = history.iter().find(|act| !act.what.contains("discussion"));
    let conflict = conflict.then(|| match last {
        Some(act) => Conflict { by: &act.who, at: act.at },
        None => Conflict { by: "Somebody", at: clock::now() },
    });
    let view = StoryDesk {
        desk: &desk,
        story,
        form: &form,
        faults: &faults,
        conflict,
        not_yet: not_yet.as_ref(),
        notes: &app.store.story_notes(story.id).await?,
        discussion: discussion.as_ref(),
        kill: &kill,
        tips: &tips(app, story.id).await?,
        history: &history,
    };
    Ok(page(status, app.theme.desk_story(&view)?))
}
