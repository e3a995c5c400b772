//! All SQL: one text for SQLite and PostgreSQL, by the nouns of the paper. No HTTP, no HTML, no rules.
//!
//! [`Store`] reads and writes by methods named `find, list, add, change, remove` and the newsroom's verbs.
//! A change is a [`write::Write`]: all of it or nothing, durable before its answer.

#![allow(clippy::useless_vec, reason = "`args!` serves reads, which borrow, and writes, which keep")]

pub mod bring;
mod changes;
pub mod comment;
mod dialect;
mod engine;
pub mod error;
mod ids;
pub mod item;
pub mod job;
pub mod letter;
pub mod load;
mod log;
pub mod passkey;
mod print_key;
pub mod public;
pub mod reader;
mod reason;
pub mod sanction;
mod schema;
mod seal;
pub mod search;
mod setting;
pub mod shift;
pub mod site;
pub mod site_key;
pub mod staff;
pub mod story;
pub mod subscription;
pub mod tables;
pub mod transparency;
pub mod value;
pub mod webhook;
pub mod whole;
pub mod write;

pub use changes::Follower;
pub use engine::{OnCommit, Place};
pub use error::{Error, Result};
pub use ids::after_a_leap;
pub use log::Entry;
pub use schema::VERSION as SCHEMA_VERSION;
pub use seal::Sealed;

use crate::{
    engine::Engine,
    value::{Row, Value},
    write::{Outcome, Write},
};
use std::sync::Arc;

/// How discussions begin: everywhere, and in some sections by their slugs instead.
#[derive(Clone, Debug, Default)]
pub struct Beginning {
    pub mode: newsroom::discussion::Mode,
    pub sections: Vec<(String, newsroom::discussion::Mode)>,
}

impl Beginning {
    fn of(&self, section: &str) -> newsroom::discussion::Mode {
        self.sections.iter().find(|(slug, _)| slug == section).map_or(self.mode, |(_, mode)| *mode)
    }
}

/// The paper's database. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    engine: Engine,
    ids: ids::Ids,
    node: i64,
    beginning: std::sync::OnceLock<Beginning>,
}

impl Store {
    /// Opens the database, making or bringing up to date its schema. `node` is any number by which this
    /// process tells its own changes from others'; `on_commit` learns of each commit before its answer.
    pub async fn open(place: &Place, node: i64, on_commit: OnCommit) -> Result<Store> {
        let engine = Engine::open(place, node, on_commit).await?;
        Ok(Store(Arc::new(Inner { engine, ids: ids::Ids::default(), node, beginning: Default::default() })))
    }

    /// How the discussions of stories published from now on begin; said once, `open` where it is not.
    pub fn begin_discussions(&self, beginning: Beginning) {
        let _ = self.0.beginning.set(beginning);
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.0.engine.ping().await
    }

    /// The same paper on another engine.
    fn beside(&self, engine: Engine) -> Store {
        let beginning = self.0.beginning.clone();
        Store(Arc::new(Inner { engine, ids: ids::Ids::default(), node: self.0.node, beginning }))
    }

    fn node(&self) -> i64 {
        self.0.node
    }

    async fn all<T>(
        &self,
        sql: &'static str,
        args: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.0.engine.all(sql, args, read).await
    }

    async fn one<T>(
        &self,
        sql: &'static str,
        args: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        self.0.engine.one(sql, args, read).await
    }

    async fn commit(&self, write: Write) -> Result<Outcome> {
        self.0.engine.commit(write).await
    }
}
