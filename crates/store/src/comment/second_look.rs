//! What an outside scorer said of a comment that is in already.

use super::{rule::count, turn::in_turn};
use crate::{Store, args, error::Result, job, write::Write};
use newsroom::{
    Millis,
    discussion::{Comment, State},
    event::Event,
    touch::Touch,
};

pub struct SecondLook<'a> {
    /// As it was when it was scored.
    pub comment: &'a Comment,
    /// Its place among those that wait, if that is before the one it has.
    pub rank: i64,
    /// All that was seen, as JSON.
    pub risks: &'a str,
    /// Why it is held from now on, in words.
    pub hold: Option<&'a str>,
    pub now: Millis,
}

impl Store {
    /// [`crate::Error::Taken`] where it changed or was ruled on meanwhile: then nothing of it is written.
    pub async fn look_again(&self, look: &SecondLook<'_>) -> Result<()> {
        let SecondLook { comment, now, .. } = *look;
        let state = if look.hold.is_some() { State::Held } else { comment.state };
        let listed = state == State::Shown || self.has_listed_replies(comment.id).await?;
        let mut write = Write::new();
        in_turn(&mut write, comment);
        write.unless_taken(
            "UPDATE comment SET state = $1, listed = $2, risks = $3, rank = CASE WHEN rank < $4 THEN rank ELSE $4 END, held_why = COALESCE($5, held_why) \
             WHERE id = $6 AND state = $7 AND text = $8 \
             AND NOT EXISTS (SELECT 1 FROM ruling r WHERE r.comment_id = $6)",
            args![
                state.as_str(),
                listed,
                look.risks,
                look.rank,
                look.hold,
                comment.id,
                comment.state.as_str(),
                &comment.text
            ],
            "comment",
        );
        if state != comment.state {
            count(&mut write, comment, state);
            self.list_parents(&mut write, comment, listed).await?;
            write.and(job::index_comments(&[comment.id], now));
            write.and(job::tell(Event::CommentHeld, &[comment.id], now));
            write.touch([Touch::Discussion(comment.story)]);
        }
        write.touch([Touch::Comment(comment.id)]);
        self.commit(write).await.map(|_| ())
    }
}
