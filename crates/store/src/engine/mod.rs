//! The two databases behind one face: reads by rows, writes as data.

pub(crate) mod postgres;
mod postgres_writer;
pub(crate) mod sqlite;
mod sqlite_writer;

use crate::{
    comment::post::{NewComment, Posted},
    dialect::{Both, Dialect},
    error::{Error, Result},
    value::{Row, Value},
    write::{Outcome, Write},
};
use newsroom::touch::Touch;
use std::{path::PathBuf, sync::Arc};

/// Where a paper is kept.
#[derive(Clone, Debug)]
pub enum Place {
    /// A file; made where there is none.
    Sqlite(PathBuf),
    /// `postgres://user:password@host/database`
    Postgres(String),
}

/// Told of what each commit touched, after the commit and before its answer.
pub type OnCommit = Arc<dyn Fn(&[Touch]) + Send + Sync>;

pub(crate) enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// Changes that wait to be committed, at most; beyond, a write is refused as busy at once.
pub(crate) const QUEUE: usize = 4_096;
/// Changes in one transaction, at most.
pub(crate) const BATCH: usize = 512;

impl Engine {
    pub async fn open(place: &Place, node: i64, on_commit: OnCommit) -> Result<Engine> {
        Ok(match place {
            Place::Sqlite(path) => Engine::Sqlite(sqlite::Sqlite::open(path, node, on_commit)?),
            Place::Postgres(url) => Engine::Postgres(postgres::Postgres::open(url, node, on_commit).await?),
        })
    }

    /// Another engine on the same database whose reads all see this moment.
    pub async fn as_of_now(&self) -> Result<Engine> {
        Ok(match self {
            Engine::Sqlite(db) => Engine::Sqlite(db.as_of_now()?),
            Engine::Postgres(db) => Engine::Postgres(db.as_of_now().await?),
        })
    }

    pub fn dialect(&self) -> Dialect {
        match self {
            Engine::Sqlite(_) => Dialect::Sqlite,
            Engine::Postgres(_) => Dialect::Postgres,
        }
    }

    pub async fn all<T>(
        &self,
        sql: &'static str,
        args: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        debug_assert!(ascending(sql), "{sql}");
        match self {
            // A read by an index takes microseconds: less than handing it to another thread.
            Engine::Sqlite(db) => db.all(sql, args, read),
            Engine::Postgres(db) => {
                db.all(sql, args).await?.iter().map(|row| read(&Row::Postgres(row))).collect()
            }
        }
    }

    pub async fn all_of<T>(
        &self,
        sql: Both,
        args: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.all(sql.of(self.dialect()), args, read).await
    }

    pub async fn one<T>(
        &self,
        sql: &'static str,
        args: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.all(sql, args, read).await?.into_iter().next())
    }

    pub async fn commit(&self, write: Write) -> Result<Outcome> {
        debug_assert!(write.steps.iter().all(|s| ascending(s.sql)), "{write:?}");
        match self {
            Engine::Sqlite(db) => db.writer.commit(write).await,
            Engine::Postgres(db) => db.commit(write).await,
        }
    }

    pub async fn post(&self, comment: NewComment) -> Result<Posted> {
        match self {
            Engine::Sqlite(db) => db.writer.post(comment).await,
            Engine::Postgres(db) => db.post(comment).await,
        }
    }

    /// The database answers.
    pub async fn ping(&self) -> Result<()> {
        self.one("SELECT value FROM setting WHERE key = 'schema'", &[], |row| row.text(0))
            .await?
            .map(|_| ())
            .ok_or_else(|| Error::Broken("the schema has no version".into()))
    }
}

/// SQLite numbers parameters by first appearance; so `$1` must come first, then `$2`, …
pub(crate) fn ascending(sql: &str) -> bool {
    let mut most = 0u32;
    let mut rest = sql;
    while let Some(at) = rest.find('$') {
        rest = &rest[at + 1..];
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let Ok(n) = digits.parse::<u32>() else { continue };
        if n > most + 1 {
            return false;
        }
        most = most.max(n);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::ascending;

    #[test]
    fn parameters_in_order_of_first_appearance() {
        assert!(ascending("SELECT $1, $2, $1, $3"));
        assert!(!ascending("SELECT $2, $1"));
    }
}
