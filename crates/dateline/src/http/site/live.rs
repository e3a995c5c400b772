//! `GET …/live`: server-sent events, each the number of comments shown under the story. Most come by
//! `serve/open_line.rs`; here are those whose connection hyper has already.

use super::path::StoryPath;
use crate::{app::AppState, live, problem::Fault};
use axum::{
    extract::State,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::StreamExt;
use std::convert::Infallible;

pub async fn live(
    State(app): State<AppState>,
    StoryPath { address, .. }: StoryPath,
) -> Result<Response, Fault> {
    let facts = app.house.story(&app.store, &address).await?;
    let story = facts.filter(|facts| facts.status.is_discussed()).ok_or(Fault::NotFound)?;
    let Some(counts) = live::watch(&app, story.id) else {
        return Err(Fault::Busy { truth: "as many readers as may be are told of new comments".into() });
    };
    let events = counts.map(|count| Ok::<_, Infallible>(Event::default().data(count.to_string())));
    let pulse = KeepAlive::new().interval(live::PULSE);
    Ok((live::HEADERS, Sse::new(events).keep_alive(pulse)).into_response())
}
