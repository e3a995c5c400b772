//! What the editors put forward: comments that they commend, and the thread that stands first.

use crate::{
    Store, args,
    error::{Error, Result},
    log,
    write::Write,
};
use newsroom::{
    Millis,
    discussion::{CommentId, State},
    touch::Touch,
};

impl Store {
    /// Commends a shown comment, or no longer. [`Error::Gone`] where it is not shown.
    pub async fn feature(&self, id: CommentId, on: bool, who: &str, now: Millis) -> Result<()> {
        let comment = self.comment(id).await?.ok_or(Error::Gone("comment"))?;
        let mut write = Write::new();
        write.must(
            "UPDATE comment SET featured = $1 WHERE id = $2 AND (state = 'shown' OR $1 = 0)",
            args![on, id],
            "shown comment",
        );
        let act = if on { "made it an editors' pick" } else { "took it from the editors' picks" };
        write.and(log::entry(now, who, act, &format!("comment {id}")));
        write.touch([Touch::Discussion(comment.story), Touch::Comment(id)]);
        self.commit(write).await.map(|_| ())
    }

    /// Sets a shown comment's thread before all others of its discussion, or no longer.
    pub async fn pin(&self, id: CommentId, on: bool, who: &str, now: Millis) -> Result<()> {
        let comment = self.comment(id).await?.ok_or(Error::Gone("comment"))?;
        if on && comment.state != State::Shown {
            return Err(Error::Gone("shown comment"));
        }
        let mut write = Write::new();
        write.must(
            "UPDATE discussion SET pinned_id = $1 WHERE story_id = $2",
            args![on.then_some(comment.root), comment.story],
            "discussion",
        );
        let act = if on { "pinned its thread" } else { "unpinned its thread" };
        write.and(log::entry(now, who, act, &format!("comment {id}")));
        write.touch([Touch::Discussion(comment.story), Touch::Comment(id)]);
        self.commit(write).await.map(|_| ())
    }
}
