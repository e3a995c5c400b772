//! Taking the words of what was erased out of the index for good. FTS5 only marks a deleted document; its words go when
//! the part of the index that has them is written anew.

use crate::{
    Store, args,
    dialect::{Dialect, SEARCH_SHAPE, SEARCH_SWEEP, SEARCH_UNSWEPT},
    engine::Engine,
    error::Result,
    write::Write,
};

/// Pages written in one change: some milliseconds, so that nobody who writes waits for longer.
const PAGES: i64 = 50;

impl Store {
    /// One part of the sweep; `begin` takes in all that the index is made of then. `true` once nothing is left of
    /// what had been deleted by then. What is deleted meanwhile is for a sweep of its own.
    pub async fn sweep_index(&self, begin: bool) -> Result<bool> {
        if self.0.engine.dialect() == Dialect::Postgres || self.is_index_swept().await? {
            return Ok(true);
        }
        let before = self.shape_of_index().await?;
        let mut write = Write::new();
        write.step(SEARCH_SWEEP, args![if begin { -PAGES } else { PAGES }]);
        self.commit(write).await?;
        // In one piece it is not gone through any more, whatever has been marked in it since.
        Ok(self.shape_of_index().await? == before || self.is_index_swept().await?)
    }

    /// Of which parts the index is made, and how far each has been gone through.
    async fn shape_of_index(&self) -> Result<Option<Vec<u8>>> {
        self.one(SEARCH_SHAPE, &[], |row| row.bytes(0)).await
    }

    async fn is_index_swept(&self) -> Result<bool> {
        let marks = self.one(SEARCH_UNSWEPT, &[], |row| row.int(0)).await?;
        Ok(marks.unwrap_or(0) == 0)
    }

    /// Empties the log of writes beside an SQLite file, which has what was written last a second time.
    /// `false` where somebody reads as of a moment before, an export perhaps: later, then.
    pub async fn empty_write_log(&self) -> Result<bool> {
        match &self.0.engine {
            Engine::Sqlite(db) => db.writer.empty_log().await,
            Engine::Postgres(_) => Ok(true),
        }
    }
}
