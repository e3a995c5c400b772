//! An export's rows, back into an empty paper. It is many transactions: a mark tells of one that was broken
//! off, and the same export may then be brought in again.

use super::Table;
use crate::{
    Store, args,
    error::{Error, Result},
    log, reader, schema,
    value::Value,
    write::Write,
};
use newsroom::{Millis, touch::Touch};

const MARK: &str = "bringing-back";

impl Store {
    /// Which export is being brought in, or was when it broke off.
    pub async fn brings_back(&self) -> Result<Option<String>> {
        self.setting(MARK).await
    }

    /// A table that has rows where an empty paper has none.
    pub async fn first_filled_table(&self) -> Result<Option<&'static str>> {
        for table in super::all().iter().filter(|t| !t.keys) {
            let any = table.texts(self.0.engine.dialect()).any;
            if self.one(any, &[], |row| row.int(0)).await?.is_some() {
                return Ok(Some(table.name));
            }
        }
        Ok(None)
    }

    /// Marks the paper, and keeps the numbers that the export uses from being given out.
    pub async fn begin_bringing_back(&self, export: &str, next_id: i64) -> Result<()> {
        let mut write = Write::new();
        write.unless_taken(
            "INSERT INTO setting (key, value) VALUES ($1, $2) \
             ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE setting.value = excluded.value",
            args![MARK, export],
            "another export is being brought in",
        );
        write.step("UPDATE id_block SET next = $1 WHERE one = 1 AND next < $1", args![next_id]);
        self.commit(write).await.map(|_| ())
    }

    /// All of these rows or none; those that are there already stay as they are.
    pub async fn bring_back(&self, table: &'static Table, rows: Vec<Vec<Value>>) -> Result<()> {
        if rows.iter().any(|row| row.len() != table.columns.len()) {
            return Err(Error::Broken(format!("a row of {} has other columns", table.name)));
        }
        let add = table.texts(self.0.engine.dialect()).add;
        let mut write = Write::new();
        for row in rows {
            write.step(add, row);
        }
        self.commit(write).await.map(|_| ())
    }

    /// Takes the mark away, counts on after the highest numbers, changes in the rows what versions of the schema since
    /// the export's have changed, and leaves a line in the log.
    pub async fn end_bringing_back(&self, who: &str, what: &str, schema: usize, now: Millis) -> Result<()> {
        for recount in super::all().iter().filter_map(|t| t.texts(self.0.engine.dialect()).recount) {
            self.one(recount, &[], |row| row.opt_int(0)).await?;
        }
        let mut write = log::entry(now, who, "brought back", what);
        for change in schema::changes_since(schema) {
            write.step(change, args![]);
        }
        write.step("DELETE FROM setting WHERE key = $1", args![MARK]);
        write.and(reader::folded_otherwise());
        write.touch([Touch::Paper]);
        self.commit(write).await?;
        // Jobs are not carried, but what was promised to those who ended their account is kept here, too.
        self.end_readers_without_job(now).await
    }
}
