//! Passkeys as ways into accounts: what their devices gave, beside the way that they are. Each use counts once by the
//! question that it answered, so nobody knocks.

use super::{
    account::{self, NewReader, Reader, columns, reader_at},
    session::{self, NewSession},
    way::{self, Shown, WayKind},
};
use crate::{
    Store, args,
    error::Result,
    passkey::{Counted, NewPasskey, Passkey, kept_at, of_passkey},
    write::Write,
};
use newsroom::Millis;

fn shown<'a>(digest: &'a str, label: &'a str) -> Shown<'a> {
    Shown { kind: WayKind::Passkey, digest, label }
}

/// The way, and the passkey that it is. [`crate::Error::Taken`] with `passkey` where its device has given it before.
fn added(new: &NewPasskey, digest: &str, reader: i64, now: Millis) -> Write {
    let mut write = way::added(shown(digest, &new.name), reader, "passkey", now);
    write.unless_taken(
        "INSERT INTO passkey (credential, handle, key, uses, backup, name, created_at, way_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT id FROM reader_way WHERE kind = $8 AND digest = $9)) \
         ON CONFLICT (credential) DO NOTHING",
        args![
            new.credential.clone(),
            new.handle.clone(),
            new.key.clone(),
            new.counted.uses,
            &new.counted.backup,
            &new.name,
            now,
            WayKind::Passkey.as_str(),
            digest
        ],
        "passkey",
    );
    write
}

/// Before the ways go of which they are part.
pub(super) fn dropped(reader: i64, way: Option<i64>) -> Write {
    let mut write = Write::new();
    write.step(
        "DELETE FROM passkey WHERE way_id IN \
         (SELECT w.id FROM reader_way w WHERE w.reader_id = $1 AND ($2 = 0 OR w.id = $2))",
        args![reader, way.unwrap_or(0)],
    );
    write
}

impl Store {
    /// Makes an account that this passkey opens, and its first session. [`crate::Error::Taken`] with
    /// `name` where another account has that look, with `passkey` where its device has given it before.
    pub async fn add_reader_by_passkey(
        &self,
        new: &NewReader<'_>,
        passkey: &NewPasskey,
        digest: &str,
        now: Millis,
    ) -> Result<i64> {
        let id = self.next_id().await?;
        let mut write = account::made(id, new, now);
        write.and(added(passkey, digest, id, now));
        write.and(session::begun(&new.session, id, shown(digest, &passkey.name), now));
        self.commit(write).await.map(|_| id)
    }

    /// One more way into an account. [`crate::Error::Taken`] with `passkey` where its device has given it before,
    /// [`crate::Error::Gone`] where the account has ended.
    pub async fn add_reader_passkey(
        &self,
        reader: i64,
        passkey: &NewPasskey,
        digest: &str,
        now: Millis,
    ) -> Result<()> {
        let mut write = Write::new();
        write.must(
            "UPDATE reader SET name = name WHERE id = $1 AND ended_at IS NULL",
            args![reader],
            "account",
        );
        write.and(added(passkey, digest, reader, now));
        self.commit(write).await.map(|_| ())
    }

    /// Those of an account, the oldest first.
    pub async fn passkeys_of_reader(&self, reader: i64) -> Result<Vec<Passkey>> {
        let sql = concat!(
            "SELECT ",
            of_passkey!(),
            " FROM passkey p JOIN reader_way w ON w.id = p.way_id WHERE w.reader_id = $1 ORDER BY p.id"
        );
        self.all(sql, &args![reader], |row| kept_at(row, 0)).await
    }

    /// By the name that its device gives it, with the account that it opens.
    pub async fn find_reader_passkey(&self, credential: &[u8]) -> Result<Option<(Passkey, Reader)>> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            ", ",
            of_passkey!(),
            " FROM passkey p JOIN reader_way w ON w.id = p.way_id JOIN reader r ON r.id = w.reader_id \
             WHERE p.credential = $1 AND r.ended_at IS NULL"
        );
        self.one(sql, &args![credential.to_vec()], |row| Ok((kept_at(row, 8)?, reader_at(row, 0)?))).await
    }

    /// Signs in with a passkey, and notes its use. [`crate::Error::Gone`] where it was removed or used otherwise
    /// meanwhile.
    pub async fn begin_session_by_passkey(
        &self,
        new: &NewSession<'_>,
        reader: i64,
        digest: &str,
        used: (&Passkey, &Counted),
        now: Millis,
    ) -> Result<()> {
        let (was, is) = used;
        let mut write = Write::new();
        write.must(
            "UPDATE passkey SET uses = $1, backup = $2, used_at = $3 WHERE id = $4 AND uses = $5",
            args![is.uses, &is.backup, now, was.id, was.counted.uses],
            "passkey",
        );
        write.and(session::begun(new, reader, shown(digest, &was.name), now));
        self.commit(write).await.map(|_| ())
    }
}
