//! An account and its names.

use super::{
    names,
    session::{self, NewSession},
    way::{self, Knock},
};
use crate::{
    Store, args,
    comment::find::{comment, comments},
    error::Result,
    value::Row,
    write::Write,
};
use newsroom::{
    Millis,
    discussion::{Comment, CommentId, Regard},
    touch::Touch,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    pub id: i64,
    /// Empty once it has ended.
    pub name: String,
    pub created_at: Millis,
    pub ended_at: Option<Millis>,
    /// What the desk has given: words beside the name, and until when.
    pub badge: Option<(String, Millis)>,
    pub regard: Option<(Regard, Millis)>,
}

/// A new account, signed in at once.
pub struct NewReader<'a> {
    pub name: &'a str,
    /// See `newsroom::discussion::name::look`.
    pub look: &'a str,
    pub session: NewSession<'a>,
}

/// Columns of an account, for lists that join it.
macro_rules! columns {
    () => {
        "r.id, r.name, r.created_at, r.ended_at, r.badge, r.badge_until, r.regard, r.regard_until"
    };
}
pub(super) use columns;

/// From the column on where its eight begin.
pub(super) fn reader_at(row: &Row<'_>, at: usize) -> Result<Reader> {
    let regard = row.opt_text(at + 6)?.and_then(|word| Regard::parse(&word));
    Ok(Reader {
        id: row.int(at)?,
        name: row.text(at + 1)?,
        created_at: row.moment(at + 2)?,
        ended_at: row.opt_moment(at + 3)?,
        badge: row.opt_text(at + 4)?.zip(row.opt_moment(at + 5)?),
        regard: regard.zip(row.opt_moment(at + 7)?),
    })
}

pub(super) fn made(id: i64, new: &NewReader<'_>, now: Millis) -> Write {
    let mut write = Write::new();
    write.step("INSERT INTO reader (id, name, created_at) VALUES ($1, $2, $3)", args![id, new.name, now]);
    write.and(names::taken_by(id, new.name, new.look, now));
    // From the first account on, names are looked up.
    write.touch([Touch::Sanctions]);
    write
}

impl Store {
    /// Makes the account of whoever knocked, and opens its first session. [`crate::Error::Taken`] with `name` where another account
    /// has that look, with `knock` where the way was used meanwhile.
    pub async fn add_reader(&self, new: &NewReader<'_>, knock: &Knock, now: Millis) -> Result<i64> {
        let id = self.next_id().await?;
        let mut write = way::used(knock, now);
        write.and(made(id, new, now));
        write.and(way::added(knock.shown(), id, "knock", now));
        write.and(session::begun(&new.session, id, knock.shown(), now));
        self.commit(write).await.map(|_| id)
    }

    pub async fn reader(&self, id: i64) -> Result<Option<Reader>> {
        let sql = concat!("SELECT ", columns!(), " FROM reader r WHERE r.id = $1");
        self.one(sql, &args![id], |row| reader_at(row, 0)).await
    }

    /// Its comments, the newest first; `before` is a comment's number.
    pub async fn comments_of_reader(
        &self,
        id: i64,
        before: Option<CommentId>,
        most: u32,
    ) -> Result<Vec<Comment>> {
        self.all(
            comments!("WHERE c.reader_id = $1 AND c.id < $2 ORDER BY c.id DESC LIMIT $3"),
            &args![id, before.unwrap_or(i64::MAX), most],
            comment,
        )
        .await
    }
}
