//! What all acts on a story's copy share: reading the form into the story, and saving it unless somebody
//! else did meanwhile. Whatever goes wrong, all that was typed is on the page that says so.

use super::{
    posted::Posted,
    seat::Seat,
    story::{self, Screen},
    story_fields,
    turned::{Answer, Turned},
};
use crate::{app::App, clock};
use newsroom::{
    staff::Act,
    story::{Status, Story, StoryId},
};
use pages::desk::{FieldFault, StoryForm};
use store::Error;

pub(super) struct Edit {
    pub seat: Seat,
    /// As it is stored.
    pub old: Story,
    /// With the form's words in it.
    pub new: Story,
    pub form: StoryForm,
}

/// For somebody who may do `act`.
pub(super) async fn read(app: &App, posted: Posted, id: StoryId, act: Act) -> Result<Edit, Turned> {
    let Posted { seat, form: sent } = posted;
    let old = story::find(app, &seat, id).await?;
    let mut form = story_fields::read(&sent);
    if form.edition != old.edition {
        // Sent once more it replaces theirs.
        form.edition = old.edition;
        return Err(conflict(app, &seat, &old, form).await);
    }
    seat.needs(app, act)?;
    match story_fields::apply(&form, &old, &app.paper.zone) {
        Ok(new) => Ok(Edit { seat, old, new, form }),
        Err(faults) => {
            let screen = Screen { typed: Some(form), faults, ..Screen::of(&old) };
            Err(turned(story::screen(app, &seat, screen).await))
        }
    }
}

async fn conflict(app: &App, seat: &Seat, theirs: &Story, form: StoryForm) -> Turned {
    let screen = Screen { typed: Some(form), conflict: true, ..Screen::of(theirs) };
    turned(story::screen(app, seat, screen).await)
}

fn turned(answer: Answer) -> Turned {
    match answer {
        Ok(reply) => reply.into(),
        Err(turned) => turned,
    }
}

impl Edit {
    pub fn is_unpublished(&self) -> bool {
        matches!(self.old.status, Status::Draft | Status::Scheduled)
    }

    /// The screen again, with what was typed and why nothing was done.
    pub async fn refuse(&self, app: &App, words: impl Into<String>) -> Turned {
        let screen =
            Screen { typed: Some(self.form.clone()), refused: Some(words.into()), ..Screen::of(&self.old) };
        turned(story::screen(app, &self.seat, screen).await)
    }

    /// The same with one field at fault.
    pub async fn fault(&self, app: &App, fault: FieldFault) -> Turned {
        let screen = Screen { typed: Some(self.form.clone()), faults: vec![fault], ..Screen::of(&self.old) };
        turned(story::screen(app, &self.seat, screen).await)
    }

    /// Saves `new`, or shows what somebody else saved meanwhile beside what was typed.
    pub async fn save(&self, app: &App, new: &Story, act: &str) -> Result<(), Turned> {
        let saved = app.store.save_story(Some(&self.old), new, self.seat.name(), act, clock::now()).await;
        match saved {
            Ok(_) => Ok(()),
            Err(Error::Taken("edition")) => Err(self.overtaken(app).await),
            Err(e) => Err(e.into()),
        }
    }

    /// What somebody else saved between our reading and our saving, beside what was typed.
    pub async fn overtaken(&self, app: &App) -> Turned {
        match story::find(app, &self.seat, self.old.id).await {
            Ok(theirs) => {
                let form = StoryForm { edition: theirs.edition, ..self.form.clone() };
                conflict(app, &self.seat, &theirs, form).await
            }
            Err(turned) => turned,
        }
    }
}
