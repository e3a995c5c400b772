//! Passkeys: as they are kept, and those of staff: added, found by what a browser sends, counted on, removed.

use crate::{
    Store, args,
    error::{Error, Result},
    log,
    staff::{Person, Span, session_write},
    value::Row,
    write::Write,
};
use newsroom::Millis;
use std::collections::HashMap;

/// A passkey as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    pub id: i64,
    pub credential: Vec<u8>,
    pub handle: Vec<u8>,
    pub key: Vec<u8>,
    pub counted: Counted,
    pub name: String,
    pub created_at: Millis,
    pub used_at: Option<Millis>,
}

/// What changes with each use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Uses, as its device counts them; 0 where it does not.
    pub uses: u32,
    /// `none`, `able` or `kept`: whether there is a copy elsewhere.
    pub backup: String,
}

/// A passkey to be kept.
#[derive(Clone, Debug)]
pub struct NewPasskey {
    pub credential: Vec<u8>,
    pub handle: Vec<u8>,
    pub key: Vec<u8>,
    pub counted: Counted,
    pub name: String,
}

/// Columns of a passkey, `p`.
macro_rules! of_passkey {
    () => {
        "p.id, p.credential, p.handle, p.key, p.uses, p.backup, p.name, p.created_at, p.used_at"
    };
}
pub(crate) use of_passkey;

/// From the column on where its nine begin.
pub(crate) fn kept_at(row: &Row<'_>, at: usize) -> Result<Passkey> {
    Ok(Passkey {
        id: row.int(at)?,
        credential: row.bytes(at + 1)?,
        handle: row.bytes(at + 2)?,
        key: row.bytes(at + 3)?,
        counted: Counted { uses: row.count(at + 4)?, backup: row.text(at + 5)? },
        name: row.text(at + 6)?,
        created_at: row.moment(at + 7)?,
        used_at: row.opt_moment(at + 8)?,
    })
}

fn about(person: &Person) -> String {
    format!("staff {}", person.name)
}

impl Store {
    /// Gives it to somebody, and their session the rank of one that began with it. [`Error::Taken`] where the
    /// device has given it before.
    pub async fn add_passkey(
        &self,
        person: &Person,
        new: NewPasskey,
        session: i64,
        now: Millis,
    ) -> Result<()> {
        let mut write = Write::new();
        let act = format!("added the passkey {}", new.name);
        write.unless_taken(
            "INSERT INTO passkey (credential, handle, staff_id, key, uses, backup, name, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (credential) DO NOTHING",
            args![
                new.credential,
                new.handle,
                person.id,
                new.key,
                new.counted.uses,
                new.counted.backup,
                new.name,
                now
            ],
            "passkey",
        );
        write.must(
            "UPDATE session SET by_passkey = 1 WHERE id = $1 AND staff_id = $2",
            args![session, person.id],
            "session",
        );
        write.and(log::entry(now, &person.name, &act, &about(person)));
        self.commit(write).await.map(|_| ())
    }

    /// All of a person's, the oldest first.
    pub async fn passkeys_of(&self, staff: i64) -> Result<Vec<Passkey>> {
        let sql = concat!("SELECT ", of_passkey!(), " FROM passkey p WHERE p.staff_id = $1 ORDER BY p.id");
        self.all(sql, &args![staff], |row| kept_at(row, 0)).await
    }

    /// How many each of the staff has, by account.
    pub async fn count_passkeys(&self) -> Result<HashMap<i64, u32>> {
        let counts = self
            .all(
                "SELECT staff_id, count(*) FROM passkey WHERE staff_id IS NOT NULL GROUP BY staff_id",
                &args![],
                |row| Ok((row.int(0)?, row.count(1)?)),
            )
            .await?;
        Ok(counts.into_iter().collect())
    }

    /// By the name that its device gives it, with the number of its holder among the staff.
    pub async fn find_passkey(&self, credential: &[u8]) -> Result<Option<(Passkey, i64)>> {
        let sql = concat!(
            "SELECT p.staff_id, ",
            of_passkey!(),
            " FROM passkey p WHERE p.credential = $1 AND p.staff_id IS NOT NULL"
        );
        self.one(sql, &args![credential.to_vec()], |row| Ok((kept_at(row, 1)?, row.int(0)?))).await
    }

    /// A session that began with a passkey, and its use noted; see [`Store::add_session`]. [`Error::Gone`] with
    /// `passkey` where it was removed or used otherwise meanwhile.
    pub async fn add_passkey_session(
        &self,
        person: &Person,
        used: (&Passkey, &Counted),
        digest: &str,
        browser: &str,
        span: Span,
        now: Millis,
    ) -> Result<i64> {
        let (was, is) = used;
        let act = format!("signed in with the passkey {}", was.name);
        let mut write = session_write(person, digest, browser, true, span, now);
        write.must(
            "UPDATE passkey SET uses = $1, backup = $2, used_at = $3 WHERE id = $4 AND uses = $5",
            args![is.uses, &is.backup, now, was.id, was.counted.uses],
            "passkey",
        );
        write.and(log::entry(now, &person.name, &act, &about(person)));
        let outcome = self.commit(write).await?;
        let id = outcome.returned.first().copied().flatten();
        id.ok_or_else(|| Error::Broken("the new session has no number".into()))
    }

    /// Notes that one was refused, in the log that is sealed.
    pub async fn note_refused_passkey(
        &self,
        person: &Person,
        passkey: &Passkey,
        why: &str,
        now: Millis,
    ) -> Result<()> {
        let act = format!("was refused with the passkey {}: {why}", passkey.name);
        self.commit(log::entry(now, &person.name, &act, &about(person))).await.map(|_| ())
    }

    /// Removes one of a person's. [`Error::Gone`] with `passkey` where it is not theirs, with `another` where
    /// the last one stays and it is the last.
    pub async fn drop_passkey(&self, person: &Person, id: i64, keep_last: bool, now: Millis) -> Result<()> {
        let found = self.passkeys_of(person.id).await?.into_iter().find(|p| p.id == id);
        let act = format!("removed the passkey {}", found.ok_or(Error::Gone("passkey"))?.name);
        let mut write = Write::new();
        // Two that go at once wait for each other here, so that one of them finds itself the last.
        write.step("UPDATE staff SET name = name WHERE id = $1", args![person.id]);
        write.must(
            "DELETE FROM passkey WHERE id = $1 AND staff_id = $2 \
             AND ($3 = 0 OR (SELECT count(*) FROM passkey WHERE staff_id = $2) > 1)",
            args![id, person.id, keep_last],
            "another",
        );
        write.and(log::entry(now, &person.name, &act, &about(person)));
        self.commit(write).await.map(|_| ())
    }

    /// Removes all of a person's and ends their sessions: the way back for whoever lost them. How many there were.
    pub async fn drop_passkeys(&self, person: &Person, who: &str, now: Millis) -> Result<u64> {
        let mut write = Write::new();
        write.step("DELETE FROM passkey WHERE staff_id = $1", args![person.id]);
        write.step("DELETE FROM session WHERE staff_id = $1", args![person.id]);
        write.and(log::entry(now, who, "removed all passkeys", &about(person)));
        let outcome = self.commit(write).await?;
        Ok(outcome.rows.first().copied().unwrap_or(0))
    }
}
