//! Single comments, and the columns that all lists of them share.

use crate::{Store, args, error::Result, value::Row};
use newsroom::{
    discussion::{Badge, Comment, CommentId, Reason, State, Voucher},
    story::StoryId,
};

macro_rules! comments {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.story_id, c.parent_id, c.root_id, c.name, c.network, c.text, c.at, c.state, c.reason, \
             c.replies, c.valued, c.staff, c.featured, c.edited_at, c.vouched, c.reader_id, c.badge, c.closed \
             FROM comment c ",
            $rest
        )
    };
}
pub(crate) use comments;

pub(crate) fn comment(row: &Row<'_>) -> Result<Comment> {
    Ok(Comment {
        id: row.int(0)?,
        story: row.int(1)?,
        parent: row.opt_int(2)?,
        root: row.int(3)?,
        answers: None,
        name: row.text(4)?,
        network: row.text(5)?,
        text: row.text(6)?,
        at: row.moment(7)?,
        state: row.word(8, State::parse)?,
        reason: row.opt_text(9)?.and_then(|code| Reason::parse(&code)),
        replies: row.count(10)?,
        valued: row.count(11)?,
        staff: row.flag(12)?,
        featured: row.flag(13)?,
        edited: row.opt_moment(14)?,
        vouched: row.opt_text(15)?.and_then(|word| Voucher::parse(&word)),
        reader: row.opt_int(16)?,
        badge: row.opt_text(17)?.and_then(|badge| Badge::parse(&badge)),
        closed: row.flag(18)?,
    })
}

impl Store {
    pub async fn comment(&self, id: CommentId) -> Result<Option<Comment>> {
        self.one(comments!("WHERE c.id = $1"), &args![id], comment).await
    }

    /// Why it was held, in words, and what the screen saw, as JSON.
    pub async fn why_held(&self, id: CommentId) -> Result<(Option<String>, Option<String>)> {
        let why = self
            .one("SELECT held_why, risks FROM comment WHERE id = $1", &args![id], |row| {
                Ok((row.opt_text(0)?, row.opt_text(1)?))
            })
            .await?;
        Ok(why.unwrap_or_default())
    }

    /// The latest shown of a whole discussion, the newest first.
    pub async fn latest_comments(&self, story: StoryId, most: u32) -> Result<Vec<Comment>> {
        self.all(
            comments!("WHERE c.story_id = $1 AND c.state = 'shown' ORDER BY c.at DESC, c.id DESC LIMIT $2"),
            &args![story, most],
            comment,
        )
        .await
    }

    /// All of the paper in the order of their numbers, after `after`: for exports.
    pub async fn all_comments(&self, after: CommentId, most: u32) -> Result<Vec<Comment>> {
        self.all(comments!("WHERE c.id > $1 ORDER BY c.id LIMIT $2"), &args![after, most], comment).await
    }

    /// Every comment of a story that begins a thread, in whatever state: for bringing an archive's page up
    /// to date.
    pub async fn roots_of(&self, story: StoryId) -> Result<Vec<Comment>> {
        // A query for each index there is: none has all of a story's comments, which would cost every post.
        let (listed, held, removed) = futures_util::future::try_join3(
            self.all(
                comments!("WHERE c.story_id = $1 AND c.parent_id IS NULL AND c.listed = 1"),
                &args![story],
                comment,
            ),
            self.all(
                comments!(
                    "WHERE c.state = 'held' AND c.story_id = $1 AND c.parent_id IS NULL AND c.listed = 0"
                ),
                &args![story],
                comment,
            ),
            self.all(
                comments!(
                    "WHERE c.state = 'removed' AND c.story_id = $1 AND c.parent_id IS NULL AND c.listed = 0"
                ),
                &args![story],
                comment,
            ),
        )
        .await?;
        Ok([listed, held, removed].concat())
    }
}
