//! The ways in which the store can fail, whatever the database.

use thiserror::Error;

/// What went wrong, for whoever decides what to answer.
#[derive(Debug, Error)]
pub enum Error {
    /// Something with that name or key exists already, or somebody changed it meanwhile.
    #[error("taken: {0}")]
    Taken(&'static str),
    /// What was to be changed is not there.
    #[error("gone: {0}")]
    Gone(&'static str),
    /// Cannot be done now, later perhaps: queue full, disk full, database away.
    #[error("busy: {0}")]
    Busy(String),
    /// A newer program wrote these data.
    #[error(
        "the data are of version {has}, written by a newer dateline; this one knows versions up to {knows}"
    )]
    Newer { has: usize, knows: usize },
    /// A fault in the data, the schema or the program.
    #[error("broken: {0}")]
    Broken(String),
}

pub type Result<T> = std::result::Result<T, Error>;

impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseBusy, DatabaseLocked, DiskFull, ReadOnly, SystemIoFailure,
        };
        match e.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked | DiskFull | SystemIoFailure | CannotOpen | ReadOnly) => {
                Error::Busy(format!("the database file: {e}"))
            }
            Some(rusqlite::ErrorCode::ConstraintViolation) => Error::Taken("a row with this key"),
            _ => Error::Broken(e.to_string()),
        }
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(e: tokio_postgres::Error) -> Error {
        let Some(db) = e.as_db_error() else {
            return Error::Busy(format!("PostgreSQL: {e}"));
        };
        match db.code().code() {
            "23505" => Error::Taken("a row with this key"),
            // Out of space or memory, shutting down, too many connections, deadlock, serialisation.
            code if ["53", "57", "08", "40"].contains(&&code[..2]) => {
                Error::Busy(format!("PostgreSQL: {}", db.message()))
            }
            code => Error::Broken(format!("PostgreSQL {code}: {}", db.message())),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Error {
        Error::Busy(format!("a file: {e}"))
    }
}
