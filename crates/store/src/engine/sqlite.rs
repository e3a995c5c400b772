//! The embedded database: a pool of readers and one writer thread on a file in WAL mode.

use super::{OnCommit, sqlite_writer::Writer};
use crate::{
    dialect::{Dialect, SEARCH_UNSWEPT},
    error::{Error, Result},
    schema,
    value::{Row, Value},
};
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

pub(crate) struct Sqlite {
    path: PathBuf,
    readers: Mutex<Vec<Connection>>,
    pub writer: Writer,
}

/// Readers kept between requests.
const READERS: usize = 4;

impl Sqlite {
    pub fn open(path: &Path, node: i64, on_commit: OnCommit) -> Result<Sqlite> {
        if path.is_dir() {
            return Err(Error::Broken(format!(
                "{}: is a folder where the database file should be",
                path.display()
            )));
        }
        let mut writer = connect(path)?;
        migrate(&mut writer, path)?;
        let first = reader(path)?;
        Ok(Sqlite {
            path: path.to_owned(),
            readers: Mutex::new(vec![first]),
            writer: Writer::start(writer, node, on_commit)?,
        })
    }

    /// Its one reader stays in the transaction that this begins: for one who reads one thing after another.
    pub fn as_of_now(&self) -> Result<Sqlite> {
        let reader = reader(&self.path)?;
        reader.execute_batch("BEGIN")?;
        // The moment is that of the first read.
        reader.query_row("SELECT count(*) FROM setting", [], |_| Ok(()))?;
        Ok(Sqlite {
            path: self.path.clone(),
            readers: Mutex::new(vec![reader]),
            writer: Writer::start(connect(&self.path)?, 0, Arc::new(|_| {}))?,
        })
    }

    pub fn all<T>(
        &self,
        sql: &'static str,
        args: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.read(|db| {
            let mut statement = db.prepare_cached(sql)?;
            let mut rows = statement.query(params_from_iter(args))?;
            let mut out = Vec::new();
            while let Some(row) = rows.next()? {
                out.push(read(&Row::Sqlite(row))?);
            }
            Ok(out)
        })
    }

    /// In one step, which a WAL's reader can take beside the writer: in several, each commit in between
    /// would begin the copy again.
    pub fn snapshot(&self, to: &Path) -> Result<()> {
        let from = reader(&self.path)?;
        let mut copy = Connection::open(to).map_err(|e| unreadable(to, &e))?;
        let outcome = rusqlite::backup::Backup::new(&from, &mut copy)?.step(-1)?;
        if !matches!(outcome, rusqlite::backup::StepResult::Done) {
            return Err(Error::Busy(format!("{}: the copy did not come to its end", self.path.display())));
        }
        // Keys that are soon destroyed must not live on in a copy, nor what could be found with them, nor with the
        // key of bans. Whoever signed out or was put out must not be in again after a restore, and whoever reads a
        // copy must not come in by it: it has no key of doors, and nobody stands at them.
        copy.execute_batch(
            "PRAGMA secure_delete = ON; DELETE FROM print_key; DELETE FROM comment_print; \
             DELETE FROM sanction WHERE reach <> ''; DELETE FROM ban_key; \
             DELETE FROM reader_session; DELETE FROM session; DELETE FROM door_key; DELETE FROM reader_knock; \
             DELETE FROM passkey_challenge;",
        )?;
        // The index keeps the words of what was deleted until it is written anew.
        if copy.query_row(SEARCH_UNSWEPT, [], |row| row.get::<_, i64>(0))? > 0 {
            copy.execute_batch("INSERT INTO search_terms (search_terms) VALUES ('optimize')")?;
        }
        // What was deleted before deletion was secure may still stand in free pages.
        copy.execute_batch("VACUUM")?;
        // One file, without a log beside it.
        copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        Ok(())
    }

    /// What the file's own checks find.
    pub fn faults(&self) -> Result<Vec<String>> {
        self.read(|db| {
            let mut faults = Vec::new();
            let mut integrity = db.prepare("PRAGMA integrity_check(20)")?;
            let mut rows = integrity.query([])?;
            while let Some(row) = rows.next()? {
                let line: String = row.get(0)?;
                if line != "ok" {
                    faults.push(format!("the database file: {line}"));
                }
            }
            let mut references = db.prepare("PRAGMA foreign_key_check")?;
            let mut rows = references.query([])?;
            while let Some(row) = rows.next()? {
                let (table, id, of) =
                    (row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, String>(2)?);
                let id = id.map(|id| format!(" {id}")).unwrap_or_default();
                faults.push(format!("{table}{id} refers to a {of} that is not there"));
            }
            Ok(faults)
        })
    }

    /// Lends a reading connection.
    pub fn read<T>(&self, act: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let kept = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let db = match kept {
            Some(db) => db,
            None => reader(&self.path)?,
        };
        let out = act(&db);
        let mut kept = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < READERS {
            kept.push(db);
        }
        out
    }
}

/// Another process (an import beside a running paper) may hold the writer's lock for a moment.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

fn connect(path: &Path) -> Result<Connection> {
    let db = Connection::open(path).map_err(|e| unreadable(path, &e))?;
    db.busy_timeout(PATIENCE)?;
    db.set_prepared_statement_cache_capacity(256);
    stable_plans(&db)?;
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(|e| unreadable(path, &e))?;
    db.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON; PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;",
    )?;
    Ok(db)
}

/// A statement keeps its plan. Else SQLite plans it anew for each value bound, once the tables were analysed:
/// that took half the time of a search.
fn stable_plans(db: &Connection) -> Result<()> {
    db.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn unreadable(path: &Path, e: &rusqlite::Error) -> Error {
    match e.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => {
            Error::Broken(format!("{}: is not a dateline database", path.display()))
        }
        _ => Error::Busy(format!("{}: {e}", path.display())),
    }
}

fn reader(path: &Path) -> Result<Connection> {
    let db = Connection::open(path).map_err(|e| unreadable(path, &e))?;
    db.busy_timeout(PATIENCE)?;
    db.set_prepared_statement_cache_capacity(128);
    stable_plans(&db)?;
    db.execute_batch("PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;")?;
    Ok(db)
}

fn migrate(db: &mut Connection, path: &Path) -> Result<()> {
    let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let exists: bool =
        transaction
            .query_row("SELECT count(*) FROM sqlite_master WHERE name = 'setting'", [], |r| r.get(0))?;
    let has = match exists {
        false => 0,
        true => transaction
            .query_row("SELECT value FROM setting WHERE key = 'schema'", [], |r| r.get::<_, String>(0))
            .optional()?
            .and_then(|v| v.parse().ok())
            .ok_or_else(|| Error::Broken(format!("{}: is not a dateline database", path.display())))?,
    };
    for step in schema::steps(has, Dialect::Sqlite)? {
        transaction.execute_batch(&step)?;
    }
    transaction.commit()?;
    Ok(())
}
