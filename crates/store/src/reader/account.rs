//! An account and its names.

use super::{
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
    write.unless_taken(
        "INSERT INTO reader_name (look, reader_id) VALUES ($1, $2) ON CONFLICT (look) DO NOTHING",
        args![new.look, id],
        "name",
    );
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

    /// Whether there is any account.
    pub async fn has_readers(&self) -> Result<bool> {
        let any = self.one("SELECT reader_id FROM reader_name LIMIT 1", &[], |row| row.int(0)).await?;
        Ok(any.is_some())
    }

    /// The account that has, or had, a name of that look.
    pub async fn reader_of_look(&self, look: &str) -> Result<Option<i64>> {
        self.one("SELECT reader_id FROM reader_name WHERE look = $1", &args![look], |row| row.int(0)).await
    }

    /// Names that the account has had, counted by their looks.
    pub async fn count_names(&self, id: i64) -> Result<u32> {
        let count = self
            .one("SELECT count(*) FROM reader_name WHERE reader_id = $1", &args![id], |row| row.count(0))
            .await?;
        Ok(count.unwrap_or(0))
    }

    /// By what its names are told apart.
    pub async fn looks_of(&self, id: i64) -> Result<Vec<String>> {
        self.all("SELECT look FROM reader_name WHERE reader_id = $1 ORDER BY look", &args![id], |row| {
            row.text(0)
        })
        .await
    }

    /// [`crate::Error::Taken`] with `name` where another account has that look.
    pub async fn rename_reader(&self, id: i64, name: &str, look: &str) -> Result<()> {
        let mut write = Write::new();
        write.unless_taken(
            "INSERT INTO reader_name (look, reader_id) VALUES ($1, $2) \
             ON CONFLICT (look) DO UPDATE SET reader_id = excluded.reader_id \
             WHERE reader_name.reader_id = excluded.reader_id",
            args![look, id],
            "name",
        );
        write.must(
            "UPDATE reader SET name = $1 WHERE id = $2 AND ended_at IS NULL",
            args![name, id],
            "account",
        );
        self.commit(write).await.map(|_| ())
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
