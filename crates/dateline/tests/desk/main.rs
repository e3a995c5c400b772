//! The desk over real connections: the door, stories, the queue, people, and the moderation API.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

#[path = "../support/mod.rs"]
mod support;

mod at_work;
mod authenticator;
mod browser;
mod complaints;
mod door;
mod moderation_api;
mod passkeys;
mod people;
mod questions;
mod queue;
mod reader_passkeys;
mod say;
mod stories;
mod threads;
mod together;
mod undone;
mod whence;

use support::Served;

/// A paper on an empty data directory; comments are not counted, for all come from one address.
fn paper(home: support::Database) -> Served {
    Served::on(home, dateline::http::paper(), |config| {
        config.discussion.most_per_minute = 1_000;
        config.discussion.most_per_hour = 1_000;
        config.discussion.most_per_day = 10_000;
        config.paper.contact = "desk@paper.example".into();
    })
}
