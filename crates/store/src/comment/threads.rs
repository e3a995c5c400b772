//! Pages of threads: each root by one walk of the index of its order, each root's first replies by another.
//! Neither grows with the discussion.

use super::find::{comment, comments};
use crate::{Store, args, error::Result};
use newsroom::{
    Millis,
    discussion::{
        Comment, CommentId, Order, Page, Policy, State, Thread,
        comment::{Cursor, REPLIES_PER_PAGE, REPLIES_PER_THREAD, THREADS_PER_PAGE},
    },
    story::StoryId,
};

const ROOTS: [&str; 4] = [
    comments!(
        "WHERE c.story_id = $1 AND c.parent_id IS NULL AND c.listed = 1 AND (c.at, c.id) < ($2, $3) \
         ORDER BY c.at DESC, c.id DESC LIMIT $4"
    ),
    comments!(
        "WHERE c.story_id = $1 AND c.parent_id IS NULL AND c.listed = 1 AND (c.at, c.id) > ($2, $3) \
         ORDER BY c.at, c.id LIMIT $4"
    ),
    comments!(
        "WHERE c.story_id = $1 AND c.parent_id IS NULL AND c.listed = 1 AND (c.replies, c.id) < ($2, $3) \
         ORDER BY c.replies DESC, c.id DESC LIMIT $4"
    ),
    comments!(
        "WHERE c.story_id = $1 AND c.parent_id IS NULL AND c.listed = 1 AND (c.valued, c.id) < ($2, $3) \
         ORDER BY c.valued DESC, c.id DESC LIMIT $4"
    ),
];

const REPLIES: &str = comments!(
    "WHERE c.root_id = $1 AND c.parent_id IS NOT NULL AND c.listed = 1 AND (c.at, c.id) > ($2, $3) \
     ORDER BY c.at, c.id LIMIT $4"
);

fn beginning(order: Order) -> Cursor {
    match order {
        Order::Oldest => Cursor { key: i64::MIN, id: 0 },
        _ => Cursor { key: i64::MAX, id: i64::MAX },
    }
}

/// Where the page after this root begins.
fn after(order: Order, root: &Comment) -> Cursor {
    let key = match order {
        Order::Newest | Order::Oldest => root.at.0,
        Order::Discussed => i64::from(root.replies),
        Order::Valued => i64::from(root.valued),
    };
    Cursor { key, id: root.id }
}

impl Store {
    /// One page of a discussion; `None` where there is no such story.
    pub async fn page(
        &self,
        story: StoryId,
        order: Order,
        from: Option<Cursor>,
        policy: &Policy,
        now: Millis,
    ) -> Result<Option<Page>> {
        let Some(discussion) = self.discussion(story, policy, now).await? else { return Ok(None) };
        let start = from.unwrap_or(beginning(order));
        let sql = ROOTS[Order::ALL.iter().position(|o| *o == order).unwrap_or(0)];
        let most = THREADS_PER_PAGE as u32 + 1;
        let mut roots = self.all(sql, &args![story, start.key, start.id, most], comment).await?;
        let more = roots.len() > THREADS_PER_PAGE;
        roots.truncate(THREADS_PER_PAGE);
        let next = roots.last().filter(|_| more).map(|last| after(order, last));
        // The pinned thread stands first on the first page, and nowhere else.
        if let Some(pinned) = discussion.pinned {
            roots.retain(|root| root.id != pinned);
            if from.is_none()
                && let Some(root) = self.comment(pinned).await?.filter(|root| root.state == State::Shown)
            {
                roots.insert(0, root);
            }
        }
        let threads = roots.into_iter().map(|root| self.with_replies(root, None, REPLIES_PER_THREAD));
        let threads = futures_util::future::try_join_all(threads).await?;
        Ok(Some(Page { discussion, order, threads, first: from.is_none(), next }))
    }

    /// One thread, from its first replies or those after `from`; `None` where no such root is listed.
    pub async fn thread(
        &self,
        story: StoryId,
        root: CommentId,
        from: Option<Cursor>,
    ) -> Result<Option<Thread>> {
        let root = self
            .one(
                comments!("WHERE c.id = $1 AND c.story_id = $2 AND c.parent_id IS NULL AND c.listed = 1"),
                &args![root, story],
                comment,
            )
            .await?;
        match root {
            Some(root) => self.with_replies(root, from, REPLIES_PER_PAGE).await.map(Some),
            None => Ok(None),
        }
    }

    async fn with_replies(&self, root: Comment, from: Option<Cursor>, most: usize) -> Result<Thread> {
        if root.replies == 0 && root.state == State::Shown {
            return Ok(Thread { root, replies: vec![], more: 0, next: None });
        }
        let start = from.unwrap_or(beginning(Order::Oldest));
        let args = args![root.id, start.key, start.id, most as u32 + 1];
        let mut replies = self.all(REPLIES, &args, comment).await?;
        let beyond = replies.len() > most;
        replies.truncate(most);
        let shown = replies.iter().filter(|r| r.state == State::Shown).count() as u32;
        let more = if beyond { root.replies.saturating_sub(shown).max(1) } else { 0 };
        let next = replies.last().filter(|_| beyond).map(|last| after(Order::Oldest, last));
        Ok(Thread { root, replies, more, next })
    }

    /// The page of its thread on which a reply stands: where that page begins, `None` for the first.
    pub async fn page_of_reply(&self, reply: &Comment) -> Result<Option<Cursor>> {
        let before = self
            .all(
                "SELECT c.at, c.id FROM comment c WHERE c.root_id = $1 AND c.parent_id IS NOT NULL AND c.listed = 1 \
                 AND (c.at, c.id) < ($2, $3) ORDER BY c.at DESC, c.id DESC LIMIT $4",
                &args![reply.root, reply.at, reply.id, REPLIES_PER_PAGE as u32],
                |row| Ok(Cursor { key: row.int(0)?, id: row.int(1)? }),
            )
            .await?;
        Ok(if before.len() < REPLIES_PER_PAGE { None } else { before.into_iter().next() })
    }
}
