//! A moderator in doubt asks the others for a second opinion; any ruling that decides answers it, and one that is
//! taken back leaves it open again.

use super::looking::looked;
use crate::{Store, args, error::Result, log, write::Write};
use newsroom::{Millis, discussion::CommentId, touch::Touch};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub at: Millis,
    /// Who asks.
    pub staff: String,
    pub note: String,
}

impl Store {
    /// Asked again, the later question stands. [`crate::Error::Gone`] where there is no such comment.
    pub async fn doubt(&self, id: CommentId, note: &str, who: &str, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.must(
            "INSERT INTO doubt (comment_id, at, staff, note) SELECT c.id, CAST($1 AS BIGINT), $2, $3 FROM comment c WHERE c.id = $4 \
             ON CONFLICT (comment_id) DO UPDATE SET at = excluded.at, staff = excluded.staff, note = excluded.note, \
             decided_at = NULL, ruling_id = NULL",
            args![now, who, note, id],
            "comment",
        );
        write.and(looked(id, who));
        write.and(log::entry(now, who, "asked for a second opinion", &format!("comment {id}")));
        write.touch([Touch::Comment(id)]);
        self.commit(write).await.map(|_| ())
    }

    pub async fn doubt_on(&self, id: CommentId) -> Result<Option<Doubt>> {
        self.one(
            "SELECT at, staff, note FROM doubt WHERE comment_id = $1 AND decided_at IS NULL",
            &args![id],
            |row| Ok(Doubt { at: row.moment(0)?, staff: row.text(1)?, note: row.text(2)? }),
        )
        .await
    }
}
