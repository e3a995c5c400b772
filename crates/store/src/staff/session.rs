//! Sessions at the desk. The database knows a digest of each token, never the token.

use super::person::{Person, person_at};
use crate::{
    Store, args,
    error::{Error, Result},
    log,
    write::Write,
};
use newsroom::{Millis, clock::MINUTE};

/// How long a session lasts, in milliseconds: since it was last used, and in any case.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub idle: i64,
    pub absolute: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: i64,
    pub created_at: Millis,
    /// To the minute.
    pub seen_at: Millis,
    /// In words, `Firefox on Linux`.
    pub browser: String,
}

/// A session with its person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub session: i64,
    pub since: Millis,
    /// Whether it began with a passkey.
    pub by_passkey: bool,
    pub person: Person,
}

/// Using a session is written down at most once in this time.
const SEEN: i64 = MINUTE;

/// Begins a session; the first thing it returns is the session's number.
pub(crate) fn session_write(
    person: &Person,
    digest: &str,
    browser: &str,
    by_passkey: bool,
    span: Span,
    now: Millis,
) -> Write {
    let mut write = Write::new();
    write.must(
        "INSERT INTO session (digest, staff_id, created_at, seen_at, browser, by_passkey) \
         SELECT $1, id, $2, $2, $3, $4 FROM staff WHERE id = $5 AND disabled_at IS NULL RETURNING id",
        args![digest, now, browser, by_passkey, person.id],
        "account",
    );
    write.step(
        "DELETE FROM session WHERE created_at < $1 OR seen_at < $2",
        args![now.plus(-span.absolute), now.plus(-span.idle)],
    );
    write
}

impl Store {
    /// `digest` is the token's SHA-256 in hex. Sweeps sessions that are over.
    pub async fn add_session(
        &self,
        person: &Person,
        digest: &str,
        browser: &str,
        span: Span,
        now: Millis,
    ) -> Result<i64> {
        let mut write = session_write(person, digest, browser, false, span, now);
        write.and(log::entry(now, &person.name, "signed in", &format!("staff {}", person.name)));
        let outcome = self.commit(write).await?;
        let id = outcome.returned.first().copied().flatten();
        id.ok_or_else(|| Error::Broken("the new session has no number".into()))
    }

    /// The living session of that digest, and its use noted. `None` where it is over or its person is
    /// disabled.
    pub async fn find_session(&self, digest: &str, span: Span, now: Millis) -> Result<Option<SignedIn>> {
        let found = self
            .one(
                "SELECT s.id, s.seen_at, s.created_at, s.by_passkey, p.id, p.name, p.role, p.created_at, p.disabled_at \
                 FROM session s JOIN staff p ON p.id = s.staff_id \
                 WHERE s.digest = $1 AND s.created_at > $2 AND s.seen_at > $3 AND p.disabled_at IS NULL",
                &args![digest, now.plus(-span.absolute), now.plus(-span.idle)],
                |row| {
                    let signed_in = SignedIn {
                        session: row.int(0)?,
                        since: row.moment(2)?,
                        by_passkey: row.flag(3)?,
                        person: person_at(row, 4)?,
                    };
                    Ok((signed_in, row.moment(1)?))
                },
            )
            .await?;
        let Some((signed_in, seen_at)) = found else { return Ok(None) };
        if now.since(seen_at) >= SEEN {
            let mut write = Write::new();
            write.step("UPDATE session SET seen_at = $1 WHERE id = $2", args![now, signed_in.session]);
            // A full disk must not keep anybody from reading.
            if let Err(why) = self.commit(write).await {
                tracing::warn!(%why, "the use of a session could not be noted");
            }
        }
        Ok(Some(signed_in))
    }

    /// A person's living sessions, the last used first.
    pub async fn list_sessions(&self, person: i64, span: Span, now: Millis) -> Result<Vec<Session>> {
        self.all(
            "SELECT id, created_at, seen_at, browser FROM session \
             WHERE staff_id = $1 AND created_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, id DESC",
            &args![person, now.plus(-span.absolute), now.plus(-span.idle)],
            |row| {
                Ok(Session {
                    id: row.int(0)?,
                    created_at: row.moment(1)?,
                    seen_at: row.moment(2)?,
                    browser: row.text(3)?,
                })
            },
        )
        .await
    }

    /// Ends one of this person's sessions; `act` says how, `signed out`.
    pub async fn end_session(&self, person: &Person, id: i64, act: &str, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.must("DELETE FROM session WHERE id = $1 AND staff_id = $2", args![id, person.id], "session");
        write.and(log::entry(now, &person.name, act, &format!("staff {}", person.name)));
        self.commit(write).await.map(|_| ())
    }

    /// Ends all of this person's sessions but one.
    pub async fn end_other_sessions(&self, person: &Person, keep: i64, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step("DELETE FROM session WHERE staff_id = $1 AND id <> $2", args![person.id, keep]);
        write.and(log::entry(
            now,
            &person.name,
            "ended all other sessions",
            &format!("staff {}", person.name),
        ));
        self.commit(write).await.map(|_| ())
    }
}
