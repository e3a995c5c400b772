//! Who of the moderators has a comment before them, so that two do not work on the same: a hint that ends by
//! itself, on every node.

use crate::{Store, args, error::Result, write::Write};
use newsroom::{Millis, discussion::CommentId};
use std::collections::HashMap;

/// Hints read at once; a paper has fewer moderators.
const MOST: u32 = 500;

/// Whoever has decided about a comment has done with it.
pub(super) fn looked(id: CommentId, who: &str) -> Write {
    let mut write = Write::new();
    write.step("DELETE FROM looking WHERE comment_id = $1 AND staff = $2", args![id, who]);
    write
}

impl Store {
    /// Says until when somebody looks at a comment, and at no other. Whoever was there before keeps the place
    /// until their time ends; who has it then is returned.
    pub async fn look_at(
        &self,
        id: CommentId,
        who: &str,
        now: Millis,
        until: Millis,
    ) -> Result<Option<String>> {
        let mut write = Write::new();
        write.step(
            "DELETE FROM looking WHERE until < $1 OR (staff = $2 AND comment_id <> $3)",
            args![now, who, id],
        );
        write.step(
            "INSERT INTO looking (comment_id, staff, until) SELECT c.id, $1, CAST($2 AS BIGINT) FROM comment c \
             WHERE c.id = $3 ON CONFLICT (comment_id) DO UPDATE SET until = excluded.until \
             WHERE looking.staff = excluded.staff",
            args![who, until, id],
        );
        self.commit(write).await?;
        self.one("SELECT staff FROM looking WHERE comment_id = $1", &args![id], |row| row.text(0)).await
    }

    /// By the comment that they look at.
    pub async fn lookers(&self, now: Millis) -> Result<HashMap<CommentId, String>> {
        let looking = self
            .all(
                "SELECT comment_id, staff FROM looking WHERE until >= $1 LIMIT $2",
                &args![now, MOST],
                |row| Ok((row.int(0)?, row.text(1)?)),
            )
            .await?;
        Ok(looking.into_iter().collect())
    }
}
