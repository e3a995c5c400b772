//! `POST /desk/stories/{id}/discussion`: opens a discussion, slows it, has it held first, or closes it; from the
//! story's screen, or from the queue.

use super::{
    posted::Posted,
    rule,
    story::{self, Screen},
    turned::Answer,
    ways,
};
use crate::{app::AppState, clock};
use axum::extract::{Path, State};
use newsroom::{discussion::Mode, staff::Act, story::StoryId};
use pages::desk::Said;
use store::Error;

pub async fn set(State(app): State<AppState>, Path(id): Path<StoryId>, posted: Posted) -> Answer {
    let Posted { seat, form } = posted;
    seat.needs(&app, Act::Moderate)?;
    let queue = ways::own_queue(form.text("back"));
    let refused = match Mode::parse(form.text("mode")) {
        None => "Choose whether the discussion is open, held first, or closed.",
        Some(_) if app.store.is_of_removed_site(id).await? => {
            "Its site was removed; until there is one again with that origin, the discussion is closed."
        }
        Some(mode) => match app.store.set_mode(id, mode, seat.name(), clock::now()).await {
            Ok(()) => {
                let place = format!("/desk/stories/{id}");
                return Ok(ways::on(queue.unwrap_or(&place), Said::DiscussionSet));
            }
            Err(Error::Gone(_)) => "A story has a discussion once it is published.",
            Err(e) => return Err(e.into()),
        },
    };
    if queue.is_some() {
        return rule::refused(&app, &seat, &form, refused).await;
    }
    let story = story::find(&app, &seat, id).await?;
    story::screen(&app, &seat, Screen { refused: Some(refused.into()), ..Screen::of(&story) }).await
}
