//! Readers mark comments as valuable; each reader counts once.

use crate::{Store, args, error::Result, write::Write};
use newsroom::{discussion::Comment, touch::Touch};

impl Store {
    /// Counts `voter`, a random word of that reader's browser, once. Whether it was new.
    pub async fn value_comment(&self, comment: &Comment, voter: &str) -> Result<bool> {
        let mut write = Write::new();
        write.unless_taken(
            "INSERT INTO valued (comment_id, voter) VALUES ($1, $2) ON CONFLICT (comment_id, voter) DO NOTHING",
            args![comment.id, voter],
            "vote",
        );
        write.must(
            "UPDATE comment SET valued = valued + 1 WHERE id = $1 AND state = 'shown'",
            args![comment.id],
            "comment",
        );
        write.touch([Touch::Discussion(comment.story)]);
        match self.commit(write).await {
            Ok(_) => Ok(true),
            Err(crate::Error::Taken("vote")) => Ok(false),
            Err(e) => Err(e),
        }
    }
}
