//! What is where of an archive on its way, in a temporary SQLite database whose file is unlinked at once and gone
//! with the process. A small one never leaves its cache, a large one costs disk and not memory: of no thread, no page and no
//! comment is anything else kept in mind.

use super::spool::Spot;
use newsroom::site::same_page;
use rusqlite::{Connection, OptionalExtension, Params, Row};
use std::io;

/// A database whose file has no name once it is open; of it so many KiB are in memory at most.
pub fn on_disk(tables: &str) -> io::Result<Connection> {
    // Beside the file in which the comments wait.
    let file = tempfile::NamedTempFile::new()?;
    let db = Connection::open(file.path()).map_err(io::Error::other)?;
    db.set_prepared_statement_cache_capacity(64);
    let begun = "PRAGMA cache_size = -4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;";
    let all = format!("{begun} {tables} BEGIN;");
    db.execute_batch(&all).map_err(io::Error::other)?;
    file.close()?;
    Ok(db)
}

const TABLES: &str = "
    -- A thread as the archive names it. Its comments go with the first that comes under that name.
    CREATE TABLE name (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, claimed INTEGER NOT NULL DEFAULT 0, left TEXT
    );
    -- Two threads of one address, in whatever spelling, are one page.
    CREATE TABLE page (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE);
    CREATE TABLE thread (
        page INTEGER NOT NULL, id INTEGER NOT NULL, name INTEGER, address TEXT NOT NULL, record TEXT NOT NULL, story INTEGER, length INTEGER,
        PRIMARY KEY (page, id)
    ) WITHOUT ROWID;
    CREATE TABLE said (
        name INTEGER NOT NULL, spot INTEGER NOT NULL, length INTEGER NOT NULL, PRIMARY KEY (name, spot)
    ) WITHOUT ROWID;
    CREATE TABLE writer (key TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
    -- The shape of the page that is at hand: threads.rs.
    CREATE TABLE seed (
        n INTEGER PRIMARY KEY, digest INTEGER NOT NULL UNIQUE, answers INTEGER, at INTEGER NOT NULL, fate INTEGER NOT NULL,
        bare INTEGER NOT NULL, listed INTEGER NOT NULL, id INTEGER, root INTEGER, spot INTEGER NOT NULL,
        length INTEGER NOT NULL, walked INTEGER, below INTEGER
    );
    CREATE TABLE turn (id INTEGER PRIMARY KEY, n INTEGER NOT NULL);";

/// Rows at a time, as the statements have it.
pub const PART: usize = 1_000;

pub struct Ledger {
    db: Connection,
    /// Comments of one thread often follow each other.
    last: Option<(String, i64)>,
    threads: i64,
}

/// One thread of a page.
pub struct Entry {
    pub id: i64,
    /// Whose comments are its own; none where another thread of the same name came before.
    pub name: Option<i64>,
    /// Of its page as this thread has it.
    pub address: String,
    pub record: String,
    pub story: Option<Spot>,
}

impl Ledger {
    pub fn new() -> io::Result<Ledger> {
        Ok(Ledger { db: on_disk(TABLES)?, last: None, threads: 0 })
    }

    /// How many rows it changed. A limit stands in the text of a statement: bound anew, it would have it prepared anew.
    pub fn set(&self, sql: &str, with: impl Params) -> io::Result<usize> {
        self.db.prepare_cached(sql).and_then(|mut s| s.execute(with)).map_err(io::Error::other)
    }

    pub fn one<T>(
        &self,
        sql: &str,
        with: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> io::Result<Option<T>> {
        let one = |mut s: rusqlite::CachedStatement<'_>| s.query_row(with, read).optional();
        self.db.prepare_cached(sql).and_then(one).map_err(io::Error::other)
    }

    pub fn some<T>(
        &self,
        sql: &str,
        with: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> io::Result<Vec<T>> {
        let some = |mut s: rusqlite::CachedStatement<'_>| s.query_map(with, read)?.collect();
        self.db.prepare_cached(sql).and_then(some).map_err(io::Error::other)
    }

    fn name(&mut self, key: &str) -> io::Result<i64> {
        if let Some((last, id)) = &self.last
            && last == key
        {
            return Ok(*id);
        }
        let there = self.one("SELECT id FROM name WHERE key = ?1", [key], |row| row.get(0))?;
        let id = match there {
            Some(id) => id,
            None => {
                self.set("INSERT INTO name (key) VALUES (?1)", [key])?;
                self.db.last_insert_rowid()
            }
        };
        self.last = Some((key.to_owned(), id));
        Ok(id)
    }

    pub fn thread(&mut self, key: &str, address: &str, record: &str, story: Option<Spot>) -> io::Result<()> {
        let name = self.name(key)?;
        let claimed = "UPDATE name SET claimed = 1 WHERE id = ?1 AND claimed = 0";
        let name = (self.set(claimed, [name])? == 1).then_some(name);
        // A story that came along is not taken for another.
        let same = if story.is_some() { address.to_owned() } else { same_page(address) };
        self.set("INSERT INTO page (address) VALUES (?1) ON CONFLICT (address) DO NOTHING", [&same])?;
        let page: Option<i64> =
            self.one("SELECT id FROM page WHERE address = ?1", [&same], |row| row.get(0))?;
        self.threads += 1;
        let (story, length) = story.map_or((None, None), |(from, length)| (Some(from), Some(length)));
        let sql = "INSERT INTO thread (page, id, name, address, record, story, length) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let story = story.map(u64::cast_signed);
        self.set(sql, (page, self.threads, name, address, record, story, length)).map(drop)
    }

    pub fn left(&mut self, key: &str, why: &str) -> io::Result<()> {
        let name = self.name(key)?;
        self.set("UPDATE name SET left = ?2 WHERE id = ?1", (name, why)).map(drop)
    }

    pub fn writer(&mut self, key: &str, name: &str) -> io::Result<()> {
        let sql = "INSERT INTO writer (key, name) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET name = excluded.name";
        self.set(sql, (key, name)).map(drop)
    }

    pub fn writer_of(&self, key: &str) -> io::Result<Option<String>> {
        self.one("SELECT name FROM writer WHERE key = ?1", [key], |row| row.get(0))
    }

    pub fn said(&mut self, key: &str, (from, length): Spot) -> io::Result<()> {
        let name = self.name(key)?;
        let sql = "INSERT INTO said (name, spot, length) VALUES (?1, ?2, ?3)";
        self.set(sql, (name, from.cast_signed(), length)).map(drop)
    }

    pub fn count_pages(&self) -> io::Result<usize> {
        Ok(self.one("SELECT count(*) FROM page", [], |row| row.get::<_, u32>(0))?.unwrap_or(0) as usize)
    }

    /// Of threads and comments.
    pub fn counts(&self) -> io::Result<(usize, usize)> {
        let sql = "SELECT (SELECT count(*) FROM thread), (SELECT count(*) FROM said)";
        let counts: Option<(u32, u32)> = self.one(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(counts.map_or((0, 0), |(threads, comments)| (threads as usize, comments as usize)))
    }

    /// In the order in which they came, some after that one.
    pub fn pages(&self, after: i64) -> io::Result<Vec<i64>> {
        let sql = "SELECT id FROM page WHERE id > ?1 ORDER BY id LIMIT 500";
        self.some(sql, [after], |row| row.get(0))
    }

    /// The page's next thread after that one.
    pub fn next_thread(&self, page: i64, after: i64) -> io::Result<Option<Entry>> {
        let sql = "SELECT id, name, address, record, story, length FROM thread WHERE page = ?1 AND id > ?2 \
                   ORDER BY id LIMIT 1";
        self.one(sql, (page, after), |row| {
            let story: Option<i64> = row.get(4)?;
            let story = story.map(|from| Ok::<_, rusqlite::Error>((from.cast_unsigned(), row.get(5)?)));
            let (id, name, address, record) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(Entry { id, name, address, record, story: story.transpose()? })
        })
    }

    /// A thread's comments in the archive's order, [`PART`] after that spot.
    pub fn said_in(&self, name: i64, after: Option<Spot>) -> io::Result<Vec<Spot>> {
        let sql = "SELECT spot, length FROM said WHERE name = ?1 AND spot > ?2 ORDER BY spot LIMIT 1000";
        let after = after.map_or(-1, |(from, _)| from.cast_signed());
        self.some(sql, (name, after), |row| Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?)))
    }

    pub fn has_said(&self, name: i64) -> io::Result<bool> {
        let sql = "SELECT 1 FROM said WHERE name = ?1 LIMIT 1";
        Ok(self.one(sql, [name], |_| Ok(()))?.is_some())
    }

    pub fn count_said(&self, name: i64) -> io::Result<u32> {
        let sql = "SELECT count(*) FROM said WHERE name = ?1";
        Ok(self.one(sql, [name], |row| row.get(0))?.unwrap_or(0))
    }

    /// Threads with comments that did not come themselves: the name, how many comments, and why it was left out where
    /// somebody said it.
    pub fn rest(&self, mut each: impl FnMut(&str, u32, Option<&str>)) -> io::Result<()> {
        let sql = "SELECT n.key, c.many, n.left FROM name n JOIN (SELECT name, count(*) AS many FROM said GROUP BY name) c \
                   ON c.name = n.id WHERE n.claimed = 0 ORDER BY n.key";
        let all = |mut s: rusqlite::CachedStatement<'_>| {
            let mut rows = s.query([])?;
            while let Some(row) = rows.next()? {
                let why: Option<String> = row.get(2)?;
                each(&row.get::<_, String>(0)?, row.get(1)?, why.as_deref());
            }
            Ok(())
        };
        self.db.prepare_cached(sql).and_then(all).map_err(io::Error::other)
    }
}
