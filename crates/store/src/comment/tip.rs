//! What moderators pass on to the editors: a mistake in a story that a comment points out.

use super::turn::IN_TURN;
use crate::{
    Store, args,
    error::{Error, Result},
    log,
    value::Row,
    write::Write,
};
use newsroom::{Millis, discussion::CommentId, story::StoryId, touch::Touch};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tip {
    pub id: i64,
    pub story: StoryId,
    pub comment: CommentId,
    pub at: Millis,
    /// Who passed it on.
    pub staff: String,
    pub note: String,
    /// When and by whom it was dealt with.
    pub done: Option<(Millis, String)>,
}

macro_rules! tips {
    ($rest:literal) => {
        concat!("SELECT id, story_id, comment_id, at, staff, note, done_at, done_by FROM tip ", $rest)
    };
}

fn tip(row: &Row<'_>) -> Result<Tip> {
    Ok(Tip {
        id: row.int(0)?,
        story: row.int(1)?,
        comment: row.int(2)?,
        at: row.moment(3)?,
        staff: row.text(4)?,
        note: row.text(5)?,
        done: row.opt_moment(6)?.zip(row.opt_text(7)?),
    })
}

/// Tips of one story or comment that are shown, the latest.
const MOST: u32 = 50;

impl Store {
    /// [`Error::Gone`] where there is no such comment. The same from the same person, while nobody has dealt with
    /// it, is one tip.
    pub async fn pass_on(&self, comment: CommentId, note: &str, who: &str, now: Millis) -> Result<()> {
        let mut write = Write::new();
        // Two at once wait for each other here.
        write.must(IN_TURN, args![comment], "comment");
        write.unless_taken(
            "INSERT INTO tip (story_id, comment_id, at, staff, note) SELECT c.story_id, c.id, CAST($1 AS BIGINT), $2, $3 \
             FROM comment c WHERE c.id = $4 AND NOT EXISTS (SELECT 1 FROM tip t WHERE t.comment_id = $4 AND t.staff = $2 \
             AND t.note = $3 AND t.done_at IS NULL)",
            args![now, who, note, comment],
            "tip",
        );
        write.and(log::entry(now, who, "passed it on to the editors", &format!("comment {comment}")));
        write.touch([Touch::Comment(comment)]);
        match self.commit(write).await {
            Ok(_) | Err(Error::Taken("tip")) => Ok(()),
            Err(e) => Err(e),
        }
    }

    /// An editor has dealt with it. Done twice is done; [`Error::Gone`] where there is none.
    pub async fn tip_done(&self, story: StoryId, id: i64, who: &str, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.must(
            "UPDATE tip SET done_at = COALESCE(done_at, $1), done_by = COALESCE(done_by, $2) \
             WHERE id = $3 AND story_id = $4",
            args![now, who, id, story],
            "tip",
        );
        write.and(log::entry(now, who, "dealt with a tip from its discussion", &format!("story {story}")));
        self.commit(write).await.map(|_| ())
    }

    /// The latest because of one comment, the oldest first.
    pub async fn tips_of(&self, comment: CommentId) -> Result<Vec<Tip>> {
        self.all(tips!("WHERE comment_id = $1 ORDER BY id LIMIT $2"), &args![comment, MOST], tip).await
    }

    /// Of one story, open ones first, then the latest.
    pub async fn tips_for(&self, story: StoryId) -> Result<Vec<Tip>> {
        self.all(
            tips!(
                "WHERE story_id = $1 ORDER BY CASE WHEN done_at IS NULL THEN 0 ELSE 1 END, id DESC LIMIT $2"
            ),
            &args![story, MOST],
            tip,
        )
        .await
    }

    /// Stories with tips that nobody has dealt with: number, headline, how many. Of the `most` oldest tips.
    pub async fn stories_with_tips(&self, most: u32) -> Result<Vec<(StoryId, String, u32)>> {
        self.all(
            "SELECT s.id, s.headline, count(*) FROM (SELECT id, story_id FROM tip WHERE done_at IS NULL ORDER BY id \
             LIMIT $1) AS t JOIN story s ON s.id = t.story_id GROUP BY s.id, s.headline ORDER BY MIN(t.id)",
            &args![most],
            |row| Ok((row.int(0)?, row.text(1)?, row.count(2)?)),
        )
        .await
    }
}
