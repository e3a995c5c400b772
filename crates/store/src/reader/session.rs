//! Where a reader is signed in. The database knows a digest of each token, never the token.

use super::{
    account::{Reader, columns, reader_at},
    way::{self, Knock, Shown, WayKind},
};
use crate::{Store, args, error::Result, staff::Span, write::Write};
use newsroom::{Millis, clock::HOUR};

pub struct NewSession<'a> {
    /// The token's SHA-256 in hex.
    pub digest: &'a str,
    /// In words, `Firefox on Linux`.
    pub browser: &'a str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderSession {
    pub id: i64,
    pub created_at: Millis,
    /// To the hour.
    pub seen_at: Millis,
    pub browser: String,
}

/// A session with its account, and the way by which it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedInReader {
    pub session: i64,
    pub reader: Reader,
    pub way: WayKind,
    pub label: String,
}

/// Using a session is written down at most once in this time.
const SEEN: i64 = HOUR;

pub(super) fn begun(new: &NewSession<'_>, reader: i64, way: Shown<'_>, now: Millis) -> Write {
    let mut write = Write::new();
    write.must(
        "INSERT INTO reader_session (digest, reader_id, way_id, created_at, seen_at, browser) \
         SELECT $1, r.id, w.id, $2, $2, $3 FROM reader r JOIN reader_way w ON w.reader_id = r.id \
         WHERE r.id = $4 AND r.ended_at IS NULL AND w.kind = $5 AND w.digest = $6",
        args![new.digest, now, new.browser, reader, way.kind.as_str(), way.digest],
        "account",
    );
    write.step(
        "UPDATE reader_way SET used_at = $1 WHERE kind = $2 AND digest = $3",
        args![now, way.kind.as_str(), way.digest],
    );
    write
}

impl Store {
    /// Signs in whoever knocked. [`crate::Error::Taken`] with `knock` where it was used meanwhile.
    pub async fn begin_session(
        &self,
        new: &NewSession<'_>,
        reader: i64,
        knock: &Knock,
        now: Millis,
    ) -> Result<()> {
        let mut write = way::used(knock, now);
        write.and(begun(new, reader, knock.shown(), now));
        self.commit(write).await.map(|_| ())
    }

    /// The living session of that digest, and its use noted.
    pub async fn find_reader_session(
        &self,
        digest: &str,
        span: Span,
        now: Millis,
    ) -> Result<Option<SignedInReader>> {
        let sql = concat!(
            "SELECT s.id, s.seen_at, w.kind, w.label, ",
            columns!(),
            " FROM reader_session s JOIN reader r ON r.id = s.reader_id JOIN reader_way w ON w.id = s.way_id \
             WHERE s.digest = $1 AND s.created_at > $2 AND s.seen_at > $3 AND r.ended_at IS NULL"
        );
        let found = self
            .one(sql, &args![digest, now.plus(-span.absolute), now.plus(-span.idle)], |row| {
                let signed_in = SignedInReader {
                    session: row.int(0)?,
                    way: row.word(2, WayKind::parse)?,
                    label: row.text(3)?,
                    reader: reader_at(row, 4)?,
                };
                Ok((signed_in, row.moment(1)?))
            })
            .await?;
        let Some((signed_in, seen_at)) = found else { return Ok(None) };
        if now.since(seen_at) >= SEEN {
            let mut write = Write::new();
            write.step("UPDATE reader_session SET seen_at = $1 WHERE id = $2", args![now, signed_in.session]);
            // A full disk must not keep anybody from reading.
            if let Err(why) = self.commit(write).await {
                tracing::warn!(%why, "the use of a reader's session could not be noted");
            }
        }
        Ok(Some(signed_in))
    }

    /// A reader's living sessions, the last used first.
    pub async fn list_reader_sessions(
        &self,
        reader: i64,
        span: Span,
        now: Millis,
    ) -> Result<Vec<ReaderSession>> {
        self.all(
            "SELECT id, created_at, seen_at, browser FROM reader_session WHERE reader_id = $1 \
             AND created_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, id DESC",
            &args![reader, now.plus(-span.absolute), now.plus(-span.idle)],
            |row| {
                Ok(ReaderSession {
                    id: row.int(0)?,
                    created_at: row.moment(1)?,
                    seen_at: row.moment(2)?,
                    browser: row.text(3)?,
                })
            },
        )
        .await
    }

    /// Ends one of this reader's sessions. Twice is once.
    pub async fn end_reader_session(&self, reader: i64, id: i64) -> Result<()> {
        let mut write = Write::new();
        write.step("DELETE FROM reader_session WHERE id = $1 AND reader_id = $2", args![id, reader]);
        self.commit(write).await.map(|_| ())
    }

    /// Ends all of this reader's sessions but one.
    pub async fn end_other_reader_sessions(&self, reader: i64, keep: i64) -> Result<()> {
        let mut write = Write::new();
        write.step("DELETE FROM reader_session WHERE reader_id = $1 AND id <> $2", args![reader, keep]);
        self.commit(write).await.map(|_| ())
    }

    /// Forgets the sessions that are over.
    pub async fn sweep_reader_sessions(&self, span: Span, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step("DELETE FROM reader_session WHERE seen_at < $1", args![now.plus(-span.idle)]);
        self.commit(write).await.map(|_| ())
    }
}
