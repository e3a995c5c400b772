//! Writers' appeals against rulings.

use super::turn::IN_TURN;
use crate::{Store, args, error::Result, job, value::Row, write::Write};
use newsroom::{Millis, discussion::CommentId, event::Event, touch::Touch};

pub struct NewAppeal<'a> {
    pub comment: CommentId,
    pub at: Millis,
    pub due: Millis,
    pub text: &'a str,
    /// Who ruled first.
    pub first: &'a str,
    /// The latest that was ruled when it was found to be in order.
    pub seen: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
    pub comment: CommentId,
    pub at: Millis,
    pub due: Millis,
    pub text: String,
    pub first: String,
    pub decided_at: Option<Millis>,
    pub judge: Option<String>,
    /// `upheld` where the comment came back, in whole or in part; `kept` where the ruling stands.
    pub outcome: Option<String>,
    /// The number of the ruling that decided it.
    pub ruling: Option<i64>,
}

fn appeal(row: &Row<'_>) -> Result<Appeal> {
    Ok(Appeal {
        comment: row.int(0)?,
        at: row.moment(1)?,
        due: row.moment(2)?,
        text: row.text(3)?,
        first: row.text(4)?,
        decided_at: row.opt_moment(5)?,
        judge: row.opt_text(6)?,
        outcome: row.opt_text(7)?,
        ruling: row.opt_int(8)?,
    })
}

impl Store {
    /// [`crate::Error::Taken`] where one is open already, or something was ruled or taken back meanwhile.
    pub async fn add_appeal(&self, new: &NewAppeal<'_>) -> Result<()> {
        let mut write = Write::new();
        // A ruling, and its undoing, waits here for the appeal, or the appeal for them.
        write.must(IN_TURN, args![new.comment], "comment");
        write.unless_taken(
            "INSERT INTO appeal (comment_id, at, due, text, first) SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), \
             CAST($3 AS BIGINT), $4, $5 WHERE $6 = (SELECT COALESCE(MAX(r.id), 0) FROM ruling r WHERE r.comment_id = $1) \
             ON CONFLICT (comment_id) WHERE decided_at IS NULL DO NOTHING",
            args![new.comment, new.at, new.due, new.text, new.first, new.seen],
            "appeal",
        );
        write.and(job::tell(Event::AppealMade, &[new.comment], new.at));
        write.touch([Touch::Comment(new.comment)]);
        self.commit(write).await.map(|_| ())
    }

    /// All of one comment, the oldest first.
    pub async fn appeals_of(&self, comment: CommentId) -> Result<Vec<Appeal>> {
        self.all(
            "SELECT comment_id, at, due, text, first, decided_at, judge, outcome, ruling_id FROM appeal \
             WHERE comment_id = $1 ORDER BY at, id",
            &args![comment],
            appeal,
        )
        .await
    }
}
