//! Taking the words of what was erased out of the index for good. FTS5 only marks a deleted document; its words go when
//! the part of the index that has them is written anew.

use crate::{
    Store, args,
    dialect::{Dialect, SEARCH_SWEEP, SEARCH_UNSWEPT},
    engine::Engine,
    error::Result,
    write::Write,
};

/// Pages written in one change: some milliseconds, so that nobody who writes waits for longer.
const PAGES: i64 = 50;

impl Store {
    /// One part of the sweep; `begin` takes in all that the index is made of then. `true` once nothing is left of
    /// what had been deleted.
    pub async fn sweep_index(&self, begin: bool) -> Result<bool> {
        if self.0.engine.dialect() == Dialect::Postgres || self.is_index_swept().await? {
            return Ok(true);
        }
        let mut write = Write::new();
        write.step(SEARCH_SWEEP, args![if begin { -PAGES } else { PAGES }]);
        self.commit(write).await?;
        self.is_index_swept().await
    }

    async fn is_index_swept(&self) -> Result<bool> {
        let marks = self.one(SEARCH_UNSWEPT, &[], |row| row.int(0)).await?;
        Ok(marks.unwrap_or(0) == 0)
    }

    /// Empties the log of writes beside an SQLite file, which has what was written last a second time.
    /// [`crate::Error::Busy`] where somebody reads what is only there.
    pub async fn empty_write_log(&self) -> Result<()> {
        match &self.0.engine {
            Engine::Sqlite(db) => db.empty_log(),
            Engine::Postgres(_) => Ok(()),
        }
    }
}
