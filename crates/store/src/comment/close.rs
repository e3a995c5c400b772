//! A thread that takes no more replies.

use crate::{
    Store, args,
    error::{Error, Result},
    job, log,
    write::Write,
};
use newsroom::{Millis, discussion::CommentId, event::Event, touch::Touch};

impl Store {
    /// Closes the thread in which a comment stands, or opens it again; whether that changed anything.
    /// [`Error::Gone`] where there is no such comment.
    pub async fn close_thread(&self, id: CommentId, on: bool, who: &str, now: Millis) -> Result<bool> {
        let comment = self.comment(id).await?.ok_or(Error::Gone("comment"))?;
        let mut write = Write::new();
        write.unless_taken(
            "UPDATE comment SET closed = $1 WHERE id = $2 AND closed <> $1",
            args![on, comment.root],
            "thread",
        );
        let (act, event) = match on {
            true => ("closed its thread", Event::ThreadClosed),
            false => ("opened its thread", Event::ThreadOpened),
        };
        write.and(log::entry(now, who, act, &format!("comment {id}")));
        write.and(job::tell(event, &[id], now));
        write.touch([Touch::Discussion(comment.story), Touch::Comment(id)]);
        match self.commit(write).await {
            Ok(_) => Ok(true),
            Err(Error::Taken("thread")) => Ok(false),
            Err(e) => Err(e),
        }
    }
}
