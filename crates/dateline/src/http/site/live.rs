//! `GET …/live`: server-sent events, each the number of comments shown under the story.

use super::path::StoryPath;
use crate::{app::AppState, live, problem::Fault};
use axum::{
    extract::State,
    http::header,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::StreamExt;
use newsroom::story::Status;
use std::{convert::Infallible, time::Duration};

/// A line that is quiet for longer is cut by some on the way.
const PULSE: Duration = Duration::from_secs(25);

pub async fn live(
    State(app): State<AppState>,
    StoryPath { address, .. }: StoryPath,
) -> Result<Response, Fault> {
    let facts = app.house.story(&app.store, &address).await?;
    let story = facts.filter(|facts| facts.status == Status::Published).ok_or(Fault::NotFound)?;
    let Some(counts) = live::watch(&app, story.id) else {
        return Err(Fault::Busy { truth: "as many readers as may be are told of new comments".into() });
    };
    let events = counts.map(|count| Ok::<_, Infallible>(Event::default().data(count.to_string())));
    // nginx would gather them otherwise.
    let headers =
        [(header::CACHE_CONTROL, "no-store"), (header::HeaderName::from_static("x-accel-buffering"), "no")];
    Ok((headers, Sse::new(events).keep_alive(KeepAlive::new().interval(PULSE))).into_response())
}
