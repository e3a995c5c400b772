//! Somebody of the staff writes under a story, signed in at the desk: by the one rule and the one road of all
//! comments, with the name of their account and its badge.

use super::{
    posted::Posted,
    seat::Seat,
    turned::{Answer, Turned, page},
    ways,
};
use crate::{
    app::{App, AppState},
    edge::ReaderAddress,
    http::discussion::{
        post::{NotTaken, path_of, take},
        writer::{By, Writer},
    },
    problem::Fault,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use newsroom::{
    Language,
    discussion::{
        Comment, CommentId, State as Standing,
        admit::{Door, Draft},
    },
    staff::Act,
    story::{Story, StoryId},
};
use pages::Words;
use pages::desk::StaffForm;

/// Under what is written, and what it answers.
struct Place {
    story: Story,
    parent: Option<Comment>,
    action: String,
}

impl Place {
    /// Whoever edits or moderates may speak for the paper.
    async fn under(app: &App, seat: &Seat, id: StoryId) -> Result<Place, Turned> {
        if !seat.may(Act::Moderate) {
            seat.needs(app, Act::Edit)?;
        }
        let story = app.store.story(id).await?.filter(|s| s.status.is_discussed() && s.address.is_some());
        let story = story.ok_or_else(|| seat.not_here(app, "There is no story with a discussion here."))?;
        Ok(Place { story, parent: None, action: format!("/desk/stories/{id}/say") })
    }

    async fn answering(app: &App, seat: &Seat, id: CommentId) -> Result<Place, Turned> {
        let comment = app.store.comment(id).await?.filter(|c| c.state == Standing::Shown);
        let comment =
            comment.ok_or_else(|| seat.not_here(app, "There is no shown comment to answer here."))?;
        let place = Place::under(app, seat, comment.story).await?;
        Ok(Place { parent: Some(comment), action: format!("/desk/comments/{id}/reply"), ..place })
    }

    async fn screen(&self, app: &App, seat: &Seat, status: StatusCode, text: &str, refusal: &str) -> Answer {
        let desk = seat.desk(app).await?;
        let author = matches!(Writer::of_staff(seat.name(), &self.story), Writer::Staff { author: true });
        let html = app.theme.desk_staff_form(&StaffForm {
            desk: &desk,
            action: &self.action,
            headline: &self.story.copy.headline,
            path: &self.story.path().unwrap_or_default(),
            parent: self.parent.as_ref(),
            author,
            text,
            refusal,
        })?;
        Ok(page(status, html))
    }

    async fn take(&self, app: &App, posted: &Posted, reader: ReaderAddress) -> Answer {
        let Posted { seat, form } = posted;
        let text = form.text("text");
        let draft = Draft {
            name: seat.name().to_owned(),
            text: text.to_owned(),
            reply_to: self.parent.as_ref().map(|c| c.id),
            ..Draft::default()
        };
        let facts = app.store.facts_of(self.story.id).await?.ok_or(Fault::NotFound)?;
        let writer = Writer::of_staff(seat.name(), &self.story);
        let by = By { door: Door::Form, writer, signs: true };
        match take(app, &facts, &draft, reader, &by).await {
            Ok(taken) => Ok(ways::go(&path_of(&facts.address, &taken))),
            Err(NotTaken::Refused(why)) => {
                self.screen(
                    app,
                    seat,
                    StatusCode::UNPROCESSABLE_ENTITY,
                    text,
                    &Words::of(Language::English).refusal(&why),
                )
                .await
            }
            Err(NotTaken::Fault(fault)) => Err(fault.into()),
        }
    }
}

pub async fn form(State(app): State<AppState>, Path(id): Path<StoryId>, seat: Seat) -> Answer {
    Place::under(&app, &seat, id).await?.screen(&app, &seat, StatusCode::OK, "", "").await
}

pub async fn say(
    State(app): State<AppState>,
    Path(id): Path<StoryId>,
    reader: ReaderAddress,
    posted: Posted,
) -> Answer {
    Place::under(&app, &posted.seat, id).await?.take(&app, &posted, reader).await
}

pub async fn reply_form(State(app): State<AppState>, Path(id): Path<CommentId>, seat: Seat) -> Answer {
    Place::answering(&app, &seat, id).await?.screen(&app, &seat, StatusCode::OK, "", "").await
}

pub async fn reply(
    State(app): State<AppState>,
    Path(id): Path<CommentId>,
    reader: ReaderAddress,
    posted: Posted,
) -> Answer {
    Place::answering(&app, &posted.seat, id).await?.take(&app, &posted, reader).await
}
