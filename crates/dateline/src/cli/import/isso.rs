//! Isso's database: an SQLite file, opened for reading only, and believed in nothing but its rows.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rusqlite::{Connection, OpenFlags, Row, limits::Limit, types::ValueRef};
use std::path::Path;
use wire::{
    Malformed,
    archive::{IssoComment, IssoRows, IssoThread, LARGEST_RECORD},
};

pub fn read(path: &Path, rows: &mut IssoRows<'_, '_>) -> Result<(), Malformed> {
    let db = open(path).map_err(|e| fault("file", &e))?;
    for (table, columns) in [
        ("threads", &["id", "uri", "title"][..]),
        ("comments", &["tid", "id", "parent", "created", "mode", "remote_addr", "text", "author"]),
    ] {
        look(&db, table, columns)?;
    }
    each(&db, "threads", "SELECT id, uri, title FROM threads ORDER BY id", |row| {
        let Some(id) = whole(row, 0) else { return rows.refuse("threads".into(), NO_NUMBER.into()) };
        rows.thread(IssoThread { id, uri: text(row, 1), title: text(row, 2) })
    })?;
    let sql = "SELECT tid, id, parent, created, mode, remote_addr, text, author FROM comments ORDER BY id";
    each(&db, "comments", sql, |row| {
        let (Some(tid), Some(id)) = (whole(row, 0), whole(row, 1)) else {
            return rows.refuse("comments".into(), NO_NUMBER.into());
        };
        rows.comment(IssoComment {
            tid,
            id,
            parent: whole(row, 2),
            created: number(row, 3).unwrap_or(f64::NAN),
            mode: whole(row, 4).unwrap_or_default(),
            remote_addr: text(row, 5),
            text: text(row, 6),
            author: text(row, 7),
        })
    })
}

const NO_NUMBER: &str = "has a row without its number";

/// A file that nothing is written beside, unless its last changes still stand in a log there.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let still = if Path::new(&log).exists() { "" } else { "&immutable=1" };
    let name = path.to_string_lossy();
    let parts: Vec<String> =
        name.split('/').map(|part| utf8_percent_encode(part, NON_ALPHANUMERIC).to_string()).collect();
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(format!("file:{}?mode=ro{still}", parts.join("/")), flags)?;
    db.set_limit(Limit::SQLITE_LIMIT_LENGTH, 2 * LARGEST_RECORD as i32)?;
    db.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON;")?;
    Ok(db)
}

/// A view could be made to run for ever; only a table is read.
fn look(db: &Connection, table: &str, columns: &[&str]) -> Result<(), Malformed> {
    let kind: Option<String> = db
        .query_row("SELECT type FROM sqlite_master WHERE name = ?1", [table], |row| row.get(0))
        .map(Some)
        .or_else(|e| if e == rusqlite::Error::QueryReturnedNoRows { Ok(None) } else { Err(e) })
        .map_err(|e| fault("file", &e))?;
    let missing = |what: &str| Malformed { where_: table.into(), what: what.into() };
    if kind.as_deref() != Some("table") {
        return Err(missing("is no table of this database: it is not Isso's"));
    }
    let mut there = db.prepare("SELECT name FROM pragma_table_info(?1)").map_err(|e| fault(table, &e))?;
    let there: Vec<String> = there
        .query_map([table], |row| row.get(0))
        .and_then(Iterator::collect)
        .map_err(|e| fault(table, &e))?;
    match columns.iter().find(|column| there.iter().all(|name| name != *column)) {
        Some(column) => Err(missing(&format!("has no column {column}: it is not Isso's"))),
        None => Ok(()),
    }
}

fn each(
    db: &Connection,
    table: &str,
    sql: &str,
    mut take: impl FnMut(&Row<'_>) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    let mut statement = db.prepare(sql).map_err(|e| fault(table, &e))?;
    let mut rows = statement.query([]).map_err(|e| fault(table, &e))?;
    while let Some(row) = rows.next().map_err(|e| fault(table, &e))? {
        take(row)?;
    }
    Ok(())
}

fn fault(place: &str, e: &rusqlite::Error) -> Malformed {
    Malformed { where_: place.to_owned(), what: format!("cannot be read: {e}") }
}

fn whole(row: &Row<'_>, at: usize) -> Option<i64> {
    match row.get_ref(at).ok()? {
        ValueRef::Integer(n) => Some(n),
        _ => None,
    }
}

fn number(row: &Row<'_>, at: usize) -> Option<f64> {
    match row.get_ref(at).ok()? {
        ValueRef::Integer(n) => Some(n as f64),
        ValueRef::Real(n) => Some(n),
        _ => None,
    }
}

/// Empty where there is none.
fn text(row: &Row<'_>, at: usize) -> String {
    match row.get_ref(at) {
        Ok(ValueRef::Text(bytes) | ValueRef::Blob(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
        _ => String::new(),
    }
}
