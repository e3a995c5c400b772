//! The end of an account, by its holder's word: at once for the account, and by a job for its comments. The account
//! says what is to become of them until that is done, so that nothing is forgotten with a job.

use super::passkey;
use crate::{
    Store, args,
    error::Result,
    job::{self, Task},
    write::Write,
};
use newsroom::{
    Millis,
    discussion::{Comment, CommentId, account::NAMES_REST},
    touch::Touch,
};

/// An account that has ended, and has comments still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    pub reader: i64,
    pub ended_at: Millis,
    /// Why its job failed the last time, if it did.
    pub error: Option<String>,
}

fn word(comments: bool) -> &'static str {
    if comments { "erase" } else { "leave" }
}

impl Store {
    /// Ways, sessions, name and badge go at once. With `comments` its names are free again; without, they rest for
    /// [`NAMES_REST`], for what was written under them still stands. [`crate::Error::Gone`] where it has ended.
    pub async fn end_reader(&self, id: i64, comments: bool, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.must(
            "UPDATE reader SET ended_at = $1, ending = $2, name = '', badge = NULL, badge_until = NULL, \
             regard = NULL, regard_until = NULL WHERE id = $3 AND ended_at IS NULL",
            args![now, word(comments), id],
            "account",
        );
        write.step("DELETE FROM reader_session WHERE reader_id = $1", args![id]);
        write.step(
            "DELETE FROM reader_knock WHERE reader_id = $1 OR digest IN \
             (SELECT w.digest FROM reader_way w WHERE w.reader_id = $1)",
            args![id],
        );
        write.and(passkey::dropped(id, None));
        write.step("DELETE FROM reader_way WHERE reader_id = $1", args![id]);
        if comments {
            write.step("DELETE FROM reader_name WHERE reader_id = $1", args![id]);
        } else {
            write.step(
                "UPDATE reader_name SET free_at = $1 WHERE reader_id = $2",
                args![now.plus(NAMES_REST), id],
            );
        }
        write.and(job::leave(&Task::EndReader { reader: id, comments, before: None }, now));
        write.touch([Touch::Sanctions]);
        self.commit(write).await.map(|_| ())
    }

    /// Nothing is its own any more.
    pub async fn reader_has_ended(&self, id: i64) -> Result<()> {
        let mut write = Write::new();
        write.step(
            "UPDATE reader SET ending = NULL WHERE id = $1 \
             AND NOT EXISTS (SELECT 1 FROM comment c WHERE c.reader_id = $1)",
            args![id],
        );
        self.commit(write).await.map(|_| ())
    }

    /// Leaves a job for each account that has ended, has comments still, and has no job: its job came to nothing, or it
    /// came with an export.
    pub async fn end_readers_without_job(&self, now: Millis) -> Result<()> {
        let forgotten = self
            .all(
                "SELECT r.id, r.ending FROM reader r WHERE r.ending IS NOT NULL AND NOT EXISTS \
                 (SELECT 1 FROM job j WHERE j.kind = 'end-reader' AND j.args LIKE r.id || ' %') \
                 ORDER BY r.ended_at LIMIT 100",
                &[],
                |row| Ok((row.int(0)?, row.text(1)?)),
            )
            .await?;
        let mut write = Write::new();
        for (reader, ending) in forgotten {
            let comments = ending == word(true);
            write.and(job::leave(&Task::EndReader { reader, comments, before: None }, now));
        }
        if write.is_empty() { Ok(()) } else { self.commit(write).await.map(|_| ()) }
    }

    /// Accounts that ended before `before` and have comments still, on which nobody is to decide and nobody decided
    /// since.
    pub async fn unfinished_endings(&self, before: Millis) -> Result<Vec<Ending>> {
        self.all(
            "SELECT r.id, r.ended_at, (SELECT max(j.error) FROM job j WHERE j.kind = 'end-reader' \
             AND j.args LIKE r.id || ' %') FROM reader r WHERE r.ending IS NOT NULL AND r.ended_at < $1 \
             AND (NOT EXISTS (SELECT 1 FROM comment c WHERE c.reader_id = r.id) \
             OR EXISTS (SELECT 1 FROM comment c WHERE c.reader_id = r.id \
             AND NOT EXISTS (SELECT 1 FROM report p WHERE p.comment_id = c.id \
             AND (p.decided_at IS NULL OR p.decided_at > $1)) \
             AND NOT EXISTS (SELECT 1 FROM appeal a WHERE a.comment_id = c.id \
             AND (a.decided_at IS NULL OR a.decided_at > $1)))) ORDER BY r.ended_at, r.id LIMIT 100",
            &args![before],
            |row| Ok(Ending { reader: row.int(0)?, ended_at: row.moment(1)?, error: row.opt_text(2)? }),
        )
        .await
    }

    /// Takes the account from one of its comments; the name under it stays as it was written.
    pub async fn let_go_of_comment(&self, comment: &Comment) -> Result<()> {
        let mut write = Write::new();
        write.step(
            "UPDATE comment SET reader_id = NULL, badge = NULL, vouched = NULL WHERE id = $1",
            args![comment.id],
        );
        write.touch([Touch::Discussion(comment.story), Touch::Comment(comment.id)]);
        self.commit(write).await.map(|_| ())
    }

    /// Whether something about a comment waits for a decision.
    pub async fn is_under_decision(&self, id: CommentId) -> Result<bool> {
        let reported = !self.open_reports(id).await?.is_empty();
        Ok(reported || self.appeals_of(id).await?.iter().any(|a| a.decided_at.is_none()))
    }
}
