//! What a dry run has seen begin, beside the ledger in a temporary database: two addresses of one page are one page, and
//! what two files have comes once, as if the first had been written.

use super::ledger::on_disk;
use newsroom::{
    site::OutsidePage,
    story::{Address, StoryId},
};
use rusqlite::{Connection, OptionalExtension, Params, Row};
use std::{cell::RefCell, io};

const TABLES: &str = "
    CREATE TABLE page (key TEXT PRIMARY KEY, story INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE address (address TEXT PRIMARY KEY, story INTEGER NOT NULL, outside INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE moved (path TEXT PRIMARY KEY, story INTEGER NOT NULL) WITHOUT ROWID;
    -- Stories and comments by the digests by which they would be known again.
    CREATE TABLE known (digest INTEGER PRIMARY KEY, story INTEGER NOT NULL);";

/// Under numbers that no story has: from -1 downwards.
pub struct Looked {
    db: Connection,
    last: StoryId,
    /// Of an answer that has no room for it.
    fault: RefCell<Option<io::Error>>,
}

impl Looked {
    pub fn new() -> io::Result<Looked> {
        Ok(Looked { db: on_disk(TABLES)?, last: 0, fault: RefCell::default() })
    }

    pub fn next(&mut self) -> StoryId {
        self.last -= 1;
        self.last
    }

    fn set(&self, sql: &str, with: impl Params) -> io::Result<()> {
        self.db.prepare_cached(sql).and_then(|mut s| s.execute(with)).map(drop).map_err(io::Error::other)
    }

    fn one<T>(
        &self,
        sql: &str,
        with: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> io::Result<Option<T>> {
        let one = |mut s: rusqlite::CachedStatement<'_>| s.query_row(with, read).optional();
        self.db.prepare_cached(sql).and_then(one).map_err(io::Error::other)
    }

    /// A page begins, or a story that is known again by its digest.
    pub fn begin(
        &self,
        story: StoryId,
        address: &Address,
        page: Option<&OutsidePage>,
        digest: i64,
    ) -> io::Result<()> {
        let sql = "INSERT INTO address (address, story, outside) VALUES (?1, ?2, ?3)";
        self.set(sql, (in_words(address), story, page.is_some()))?;
        match page {
            Some(page) => self.set("INSERT INTO page (key, story) VALUES (?1, ?2)", (&page.key, story)),
            None => self.said(digest, story),
        }
    }

    /// A story or a comment of it.
    pub fn said(&self, digest: i64, story: StoryId) -> io::Result<()> {
        let sql = "INSERT INTO known (digest, story) VALUES (?1, ?2) ON CONFLICT (digest) DO NOTHING";
        self.set(sql, (digest, story))
    }

    /// Under which story that began.
    pub fn known(&self, digest: i64) -> io::Result<Option<StoryId>> {
        self.one("SELECT story FROM known WHERE digest = ?1", [digest], |row| row.get(0))
    }

    /// The story that begins at that address, and whether it is another site's page,
    pub fn at(&self, address: &Address) -> io::Result<Option<(StoryId, bool)>> {
        let sql = "SELECT story, outside FROM address WHERE address = ?1";
        self.one(sql, [in_words(address)], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// or the one for that page.
    pub fn of(&self, page: &OutsidePage) -> io::Result<Option<StoryId>> {
        self.one("SELECT story FROM page WHERE key = ?1", [&page.key], |row| row.get(0))
    }

    /// A story that was read at those paths before.
    pub fn moves(&self, paths: &[String], story: StoryId) -> io::Result<()> {
        let sql = "INSERT INTO moved (path, story) VALUES (?1, ?2) ON CONFLICT (path) DO NOTHING";
        paths.iter().try_for_each(|path| self.set(sql, (path, story)))
    }

    pub fn moved(&self, path: &str) -> io::Result<Option<StoryId>> {
        self.one("SELECT story FROM moved WHERE path = ?1", [path], |row| row.get(0))
    }

    /// Whether the address is promised; a fault is told by [`Looked::sound`].
    pub fn has(&self, address: &Address) -> bool {
        match self.at(address) {
            Ok(there) => there.is_some(),
            Err(e) => {
                self.fault.replace(Some(e));
                false
            }
        }
    }

    pub fn sound(&self) -> io::Result<()> {
        self.fault.take().map_or(Ok(()), Err)
    }
}

fn in_words(address: &Address) -> String {
    format!("{}/{}", address.day, address.slug)
}
