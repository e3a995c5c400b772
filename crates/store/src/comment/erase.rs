//! All that a writer gave with a comment, gone for good: text, name, network, what was changed, cut or typed in
//! an appeal, and the addresses for its letters.

use super::{rule::count, turn::in_turn};
use crate::{Store, args, error::Result, job, write::Write};
use newsroom::{
    Millis,
    discussion::{Comment, State},
    touch::Touch,
};

impl Store {
    /// [`crate::Error::Taken`] with `comment` where it changed, was ruled on or reported meanwhile.
    pub async fn erase_comment(&self, comment: &Comment, now: Millis) -> Result<()> {
        let (id, state) = (comment.id, State::Withdrawn);
        let listed = self.has_listed_replies(id).await?;
        let mut write = Write::new();
        in_turn(&mut write, comment);
        write.unless_taken(
            "UPDATE comment SET state = 'withdrawn', listed = $1, name = '', network = '', text = '', risks = NULL, \
             held_why = NULL, vouched = NULL, reader_id = NULL, badge = NULL, featured = 0 WHERE id = $2 AND state = $3 AND text = $4 \
             AND NOT EXISTS (SELECT 1 FROM report r WHERE r.comment_id = $2 AND r.decided_at IS NULL) \
             AND NOT EXISTS (SELECT 1 FROM appeal a WHERE a.comment_id = $2 AND a.decided_at IS NULL)",
            args![listed, id, comment.state.as_str(), &comment.text],
            "comment",
        );
        write.step("UPDATE revision SET text = '' WHERE comment_id = $1", args![id]);
        write.step("UPDATE ruling SET was_text = NULL WHERE comment_id = $1", args![id]);
        write.step("UPDATE appeal SET text = '' WHERE comment_id = $1", args![id]);
        write.step("DELETE FROM comment_print WHERE comment_id = $1", args![id]);
        write.step("DELETE FROM doubt WHERE comment_id = $1", args![id]);
        write.step("DELETE FROM valued WHERE comment_id = $1", args![id]);
        write.step(
            "DELETE FROM digest_line WHERE comment_id = $1 OR subscription_id IN \
             (SELECT id FROM subscription WHERE kind IN ('fate', 'answers') AND of_id = $1)",
            args![id],
        );
        write.step("DELETE FROM subscription WHERE kind IN ('fate', 'answers') AND of_id = $1", args![id]);
        write.step(
            "INSERT INTO revision (comment_id, at, act, text) VALUES ($1, $2, 'erased', '')",
            args![id, now],
        );
        write.step("UPDATE discussion SET pinned_id = NULL WHERE pinned_id = $1", args![id]);
        if state != comment.state {
            count(&mut write, comment, state);
            self.list_parents(&mut write, comment, listed).await?;
        }
        write.and(job::index_comments(&[id], now));
        write.and(job::sweep_index(now));
        write.touch([Touch::Discussion(comment.story), Touch::Comment(id)]);
        self.commit(write).await.map(|_| ())
    }
}
