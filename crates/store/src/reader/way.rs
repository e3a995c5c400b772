//! The ways into an account, and knocks: somebody at the door who shows who they are.

use super::{
    account::{Reader, columns, reader_at},
    passkey,
};
use crate::{
    Store, args,
    error::{Error, Result},
    letter::{self, NewLetter},
    value::Row,
    write::Write,
};
use newsroom::{Millis, clock::HOUR, discussion::account::KNOCK_ENDS};

/// How a reader shows who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayKind {
    /// By reading the letters of an address.
    Mail,
    /// By the word of an OpenID Connect provider.
    Oidc,
    /// By a key in their own device.
    Passkey,
}

impl WayKind {
    pub fn as_str(self) -> &'static str {
        match self {
            WayKind::Mail => "mail",
            WayKind::Oidc => "oidc",
            WayKind::Passkey => "passkey",
        }
    }

    pub fn parse(word: &str) -> Option<WayKind> {
        [WayKind::Mail, WayKind::Oidc, WayKind::Passkey].into_iter().find(|k| k.as_str() == word)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    pub id: i64,
    pub kind: WayKind,
    /// The masked address, the provider's label, or the passkey's name.
    pub label: String,
    pub created_at: Millis,
    pub used_at: Millis,
}

/// Somebody at the door.
#[derive(Clone, Debug)]
pub struct NewKnock<'a> {
    pub kind: WayKind,
    pub digest: &'a str,
    pub label: &'a str,
    /// What the provider calls them; empty where nobody does.
    pub name: &'a str,
    /// The account that asks for another way in.
    pub reader: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knock {
    pub id: i64,
    pub at: Millis,
    pub kind: WayKind,
    pub digest: String,
    pub label: String,
    pub name: String,
    pub reader: Option<i64>,
}

/// Letters to one address in an hour, at most: nobody's letter box is filled by a stranger.
const MOST_LETTERS: u32 = 5;

fn knock(row: &Row<'_>) -> Result<Knock> {
    Ok(Knock {
        id: row.int(0)?,
        kind: row.word(1, WayKind::parse)?,
        digest: row.text(2)?,
        label: row.text(3)?,
        name: row.text(4)?,
        reader: row.opt_int(5)?,
        at: row.moment(6)?,
    })
}

/// Each knock opens once.
pub(super) fn used(knock: &Knock, now: Millis) -> Write {
    let mut write = Write::new();
    write.unless_taken(
        "UPDATE reader_knock SET used_at = $1 WHERE id = $2 AND used_at IS NULL AND at > $3",
        args![now, knock.id, now.plus(-KNOCK_ENDS)],
        "knock",
    );
    write
}

/// A way as whoever came by it has shown it.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub kind: WayKind,
    pub digest: &'a str,
    pub label: &'a str,
}

impl Knock {
    pub(super) fn shown(&self) -> Shown<'_> {
        Shown { kind: self.kind, digest: &self.digest, label: &self.label }
    }
}

/// [`Error::Taken`] with `what` where it leads somewhere already.
pub(super) fn added(way: Shown<'_>, reader: i64, what: &'static str, now: Millis) -> Write {
    let mut write = Write::new();
    write.unless_taken(
        "INSERT INTO reader_way (reader_id, kind, digest, label, created_at, used_at) \
         VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (kind, digest) DO NOTHING",
        args![reader, way.kind.as_str(), way.digest, way.label, now],
        what,
    );
    write
}

impl Store {
    /// Somebody who has shown who they are already.
    pub async fn add_knock(&self, new: &NewKnock<'_>, now: Millis) -> Result<Knock> {
        let mut write = Write::new();
        write.step(
            "INSERT INTO reader_knock (kind, digest, label, name, reader_id, at) VALUES ($1, $2, $3, $4, $5, $6) \
             RETURNING id",
            args![new.kind.as_str(), new.digest, new.label, new.name, new.reader, now],
        );
        let outcome = self.commit(write).await?;
        let id = outcome.returned.first().copied().flatten();
        Ok(Knock {
            id: id.ok_or_else(|| Error::Broken("the new knock has no number".into()))?,
            kind: new.kind,
            digest: new.digest.into(),
            label: new.label.into(),
            name: new.name.into(),
            reader: new.reader,
            at: now,
        })
    }

    /// Somebody who is sent a letter with the way in; nothing where the address was written to often enough.
    pub async fn knock_by_letter(&self, new: &NewKnock<'_>, email: &str, now: Millis) -> Result<()> {
        let lately = self
            .one(
                "SELECT count(*) FROM reader_knock WHERE digest = $1 AND at > $2",
                &args![new.digest, now.plus(-HOUR)],
                |row| row.count(0),
            )
            .await?;
        if lately.unwrap_or(0) >= MOST_LETTERS {
            return Ok(());
        }
        let knock = self.add_knock(new, now).await?;
        let key = format!("sign-in:{}", knock.id);
        let letter = NewLetter {
            key: &key,
            kind: letter::Kind::SignIn,
            recipient: email,
            subscription: None,
            about: knock.id,
            at: now,
        };
        self.add_letter(&letter).await
    }

    /// A knock that still opens.
    pub async fn knock(&self, id: i64, now: Millis) -> Result<Option<Knock>> {
        self.one(
            "SELECT id, kind, digest, label, name, reader_id, at FROM reader_knock \
             WHERE id = $1 AND used_at IS NULL AND at > $2",
            &args![id, now.plus(-KNOCK_ENDS)],
            knock,
        )
        .await
    }

    /// The account that somebody who knocks has, with the number of the way.
    pub async fn reader_by_way(&self, kind: WayKind, digest: &str) -> Result<Option<(Reader, i64)>> {
        let sql = concat!(
            "SELECT w.id, ",
            columns!(),
            " FROM reader_way w JOIN reader r ON r.id = w.reader_id WHERE w.kind = $1 AND w.digest = $2 \
             AND r.ended_at IS NULL"
        );
        self.one(sql, &args![kind.as_str(), digest], |row| Ok((reader_at(row, 1)?, row.int(0)?))).await
    }

    /// Another way into an account. [`Error::Taken`] with `knock` where it was used, or leads elsewhere.
    pub async fn add_way(&self, knock: &Knock, reader: i64, now: Millis) -> Result<()> {
        let mut write = used(knock, now);
        write.and(added(knock.shown(), reader, "knock", now));
        self.commit(write).await.map(|_| ())
    }

    /// The oldest first.
    pub async fn ways_of(&self, reader: i64) -> Result<Vec<Way>> {
        self.all(
            "SELECT id, kind, label, created_at, used_at FROM reader_way WHERE reader_id = $1 ORDER BY id",
            &args![reader],
            |row| {
                Ok(Way {
                    id: row.int(0)?,
                    kind: row.word(1, WayKind::parse)?,
                    label: row.text(2)?,
                    created_at: row.moment(3)?,
                    used_at: row.moment(4)?,
                })
            },
        )
        .await
    }

    /// Closes a way in, and ends the sessions that came by it. [`Error::Taken`] with `last` where it is the only
    /// one.
    pub async fn remove_way(&self, reader: i64, id: i64) -> Result<()> {
        let mut write = Write::new();
        // Two that go at once wait for each other here, so that one of them finds itself the last.
        write.step("UPDATE reader SET name = name WHERE id = $1", args![reader]);
        write.and(passkey::dropped(reader, Some(id)));
        write.unless_taken(
            "DELETE FROM reader_way WHERE id = $1 AND reader_id = $2 \
             AND EXISTS (SELECT 1 FROM reader_way o WHERE o.reader_id = $2 AND o.id <> $1)",
            args![id, reader],
            "last",
        );
        write.step("DELETE FROM reader_session WHERE way_id = $1 AND reader_id = $2", args![id, reader]);
        self.commit(write).await.map(|_| ())
    }

    /// Forgets who was at the door before `before`.
    pub async fn forget_knocks(&self, before: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step("DELETE FROM reader_knock WHERE at < $1", args![before]);
        self.commit(write).await.map(|_| ())
    }
}
