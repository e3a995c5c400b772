//! The end of an account, by its holder's word: at once for the account, and by a job for its comments.

use super::passkey;
use crate::{
    Store, args,
    error::Result,
    job::{self, Task},
    write::Write,
};
use newsroom::{
    Millis,
    discussion::{Comment, CommentId},
    touch::Touch,
};

impl Store {
    /// Ways, sessions, name and badge go at once. With `comments` its names are free again; without, they stay
    /// its own, for what was written under them still stands. [`crate::Error::Gone`] where it has ended.
    pub async fn end_reader(&self, id: i64, comments: bool, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.must(
            "UPDATE reader SET ended_at = $1, name = '', badge = NULL, badge_until = NULL, regard = NULL, \
             regard_until = NULL WHERE id = $2 AND ended_at IS NULL",
            args![now, id],
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
        }
        write.and(job::leave(&Task::EndReader { reader: id, comments }, now));
        write.touch([Touch::Sanctions]);
        self.commit(write).await.map(|_| ())
    }

    /// What could not be erased yet is looked at again then.
    pub async fn end_reader_later(&self, id: i64, at: Millis) -> Result<()> {
        self.commit(job::leave(&Task::EndReader { reader: id, comments: true }, at)).await.map(|_| ())
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
