//! Who of the staff did what: an entry in the transaction of every act.

use crate::{
    Store, args,
    error::Result,
    job::{self, Task},
    write::Write,
};
use newsroom::Millis;

/// `what` names the thing: `story 12`, `comment 7`, `staff ilse`.
pub(crate) fn entry(at: Millis, who: &str, act: &str, what: &str) -> Write {
    let mut write = Write::new();
    write.step("INSERT INTO log (at, who, act, what) VALUES ($1, $2, $3, $4)", args![at, who, act, what]);
    write.and(job::leave(&Task::SealLog, at));
    write
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: i64,
    pub at: Millis,
    pub who: String,
    pub act: String,
    pub what: String,
}

impl Store {
    /// The latest first; `before` is an entry's number.
    pub async fn list_log(&self, before: Option<i64>, most: u32) -> Result<Vec<Entry>> {
        self.all(
            "SELECT id, at, who, act, what FROM log WHERE id < $1 ORDER BY id DESC LIMIT $2",
            &args![before.unwrap_or(i64::MAX), most],
            |row| {
                Ok(Entry {
                    id: row.int(0)?,
                    at: row.moment(1)?,
                    who: row.text(2)?,
                    act: row.text(3)?,
                    what: row.text(4)?,
                })
            },
        )
        .await
    }
}
