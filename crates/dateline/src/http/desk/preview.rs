//! `GET /desk/stories/{id}/preview`: the story as readers would see it, without its discussion.

use super::{
    seat::Seat,
    story,
    turned::{Answer, page},
};
use crate::app::AppState;
use axum::{
    extract::{Path, State},
    http::StatusCode,
};
use newsroom::story::{Story, StoryId};
use pages::{Form, StoryPage};

pub async fn preview(State(app): State<AppState>, Path(id): Path<StoryId>, seat: Seat) -> Answer {
    let story = story::find(&app, &seat, id).await?;
    // Without an address it is a preview: no canonical address, no form.
    let story = Story { address: None, ..story };
    let reasons = app.house.reasons(&app.store).await?;
    let view = StoryPage {
        paper: &app.paper,
        voice: app.voice(&reasons),
        story: &story,
        discussion: None,
        form: Form::default(),
        more: &[],
        policy: &app.policy,
    };
    Ok(page(StatusCode::OK, app.theme.story(&view)?))
}
