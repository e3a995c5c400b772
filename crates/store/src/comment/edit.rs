//! A writer changes or withdraws their own comment; what it said before is kept for moderators.

use super::{post, rule::count, turn::in_turn};
use crate::{Store, args, error::Result, job, write::Write};
use newsroom::{
    Millis,
    discussion::{Comment, CommentId, State},
    event::Event,
    touch::Touch,
};

/// A change that the rule let pass.
pub struct Edit<'a> {
    /// As it was when it was judged.
    pub comment: &'a Comment,
    pub text: &'a str,
    /// Shown or held.
    pub state: State,
    /// Why it is held, in words.
    pub held_why: Option<&'a str>,
    /// Its place among those that wait, see `newsroom::discussion::rank`.
    pub rank: i64,
    /// What the screen saw, as JSON; `None` where nothing.
    pub risks: Option<&'a str>,
    /// Digests of the old words and the new; `None` where duplicates are taken.
    pub digests: Option<(i64, i64)>,
    /// The same words are taken again when last said before this moment.
    pub again_after: Millis,
    /// An outside scorer is asked about the new words.
    pub scored: bool,
    pub now: Millis,
}

/// What a comment said before it was changed or withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    pub at: Millis,
    /// `changed` or `withdrew`.
    pub act: String,
    pub text: String,
}

/// A moderator who was quicker keeps the last word.
const UNRULED: &str = "UPDATE comment SET text = $1, state = $2, listed = $3, edited_at = $4, held_why = $5, \
     risks = $6, rank = $7, unread = 1 WHERE id = $8 AND state = $9 AND text = $10 \
     AND NOT EXISTS (SELECT 1 FROM ruling r WHERE r.comment_id = $8)";

impl Store {
    /// [`crate::Error::Taken`] with `text` where the same was said here, with `comment` where it changed or was
    /// ruled on meanwhile.
    pub async fn edit_comment(&self, edit: &Edit<'_>) -> Result<()> {
        let Edit { comment, now, .. } = *edit;
        let mut write = Write::new();
        if let Some((old, new)) = edit.digests.filter(|(old, new)| old != new) {
            write.step(post::FORGET, args![comment.story, old]);
            write.unless_taken(post::RECENT, args![comment.story, new, now, edit.again_after], "text");
        }
        let listed = edit.state == State::Shown || self.has_listed_replies(comment.id).await?;
        let columns = args![
            edit.text,
            edit.state.as_str(),
            listed,
            now,
            edit.held_why,
            edit.risks,
            edit.rank,
            comment.id,
            comment.state.as_str(),
            &comment.text
        ];
        in_turn(&mut write, comment);
        write.unless_taken(UNRULED, columns, "comment");
        self.write_down(&mut write, comment, edit.state, listed, "changed", now).await?;
        write.and(job::tell(Event::CommentEdited, &[comment.id], now));
        if edit.scored {
            write.and(job::leave(&job::Task::Score(comment.id), now));
        }
        self.commit(write).await.map(|_| ())
    }

    /// [`crate::Error::Taken`] with `comment` where it changed or was ruled on meanwhile.
    pub async fn withdraw_comment(&self, comment: &Comment, digest: Option<i64>, now: Millis) -> Result<()> {
        let mut write = Write::new();
        if let Some(digest) = digest {
            write.step(post::FORGET, args![comment.story, digest]);
        }
        let listed = self.has_listed_replies(comment.id).await?;
        in_turn(&mut write, comment);
        write.unless_taken(
            "UPDATE comment SET state = 'withdrawn', listed = $1 WHERE id = $2 AND state = $3 AND text = $4 \
             AND NOT EXISTS (SELECT 1 FROM ruling r WHERE r.comment_id = $2)",
            args![listed, comment.id, comment.state.as_str(), &comment.text],
            "comment",
        );
        // Nothing is left for a moderator to decide.
        write.step(
            "UPDATE report SET decided_at = $1, outcome = 'withdrawn' WHERE comment_id = $2 AND decided_at IS NULL",
            args![now, comment.id],
        );
        write.step("DELETE FROM doubt WHERE comment_id = $1", args![comment.id]);
        self.write_down(&mut write, comment, State::Withdrawn, listed, "withdrew", now).await?;
        write.and(job::tell(Event::CommentWithdrawn, &[comment.id], now));
        self.commit(write).await.map(|_| ())
    }

    /// The past, the counts, the thread, the index and the pages.
    async fn write_down(
        &self,
        write: &mut Write,
        comment: &Comment,
        state: State,
        listed: bool,
        act: &'static str,
        now: Millis,
    ) -> Result<()> {
        write.step(
            "INSERT INTO revision (comment_id, at, act, text) VALUES ($1, $2, $3, $4)",
            args![comment.id, now, act, &comment.text],
        );
        if state != comment.state {
            count(write, comment, state);
            self.list_parents(write, comment, listed).await?;
        }
        write.and(job::index_comments(&[comment.id], now));
        write.touch([Touch::Discussion(comment.story), Touch::Comment(comment.id)]);
        Ok(())
    }

    /// What a comment said before, the oldest first.
    pub async fn revisions_of(&self, id: CommentId) -> Result<Vec<Revision>> {
        self.all("SELECT at, act, text FROM revision WHERE comment_id = $1 ORDER BY id", &args![id], |row| {
            Ok(Revision { at: row.moment(0)?, act: row.text(1)?, text: row.text(2)? })
        })
        .await
    }
}
