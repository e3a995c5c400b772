//! Bringing the index in step with the database. Every step may be done twice; the index holds nothing
//! that the database does not.

use super::analyse;
use crate::{Store, args, dialect::SEARCH_ADD, error::Result, write::Write};
use newsroom::{
    Millis,
    discussion::{Comment, CommentId, State},
    story::{Status, Story, StoryId},
};

/// A document's number: its time above, the low bits of its own number below. Newest is greatest.
fn number(at: Millis, id: i64) -> i64 {
    (at.0.clamp(-(1 << 42), (1 << 42) - 1) << 20) | (id & 0xf_ffff)
}

fn story_text(story: &Story) -> String {
    let copy = &story.copy;
    let mut text =
        [&copy.headline, &copy.kicker, &copy.standfirst, &copy.byline, &copy.dateline.place, &copy.agency]
            .map(String::as_str)
            .join("\n");
    text.push('\n');
    text.push_str(&copy.body);
    for photo in &story.photos {
        text.push('\n');
        text.push_str(&photo.caption);
    }
    for topic in &copy.topics {
        text.push('\n');
        text.push_str(topic);
    }
    text
}

impl Store {
    /// A story enters the index when it is published and leaves it, with its comments, when it is killed.
    pub async fn index_story(&self, id: StoryId) -> Result<()> {
        let Some(story) = self.story(id).await? else { return Ok(()) };
        let mut write = Write::new();
        match (story.status, story.published_at) {
            (Status::Published, Some(at)) => {
                write.step(
                    "DELETE FROM search_terms WHERE rowid IN \
                     (SELECT doc FROM search_doc WHERE story_id = $1 AND comment_id IS NULL)",
                    args![id],
                );
                write.step("DELETE FROM search_doc WHERE story_id = $1 AND comment_id IS NULL", args![id]);
                self.add(&mut write, number(at, id), id, None, &story_text(&story)).await?;
            }
            _ => {
                write.step(
                    "DELETE FROM search_terms WHERE rowid IN (SELECT doc FROM search_doc WHERE story_id = $1)",
                    args![id],
                );
                write.step("DELETE FROM search_doc WHERE story_id = $1", args![id]);
            }
        }
        self.commit(write).await.map(|_| ())
    }

    pub async fn index_comments(&self, ids: &[CommentId]) -> Result<()> {
        let mut write = Write::new();
        for id in ids {
            if let Some(comment) = self.comment(*id).await? {
                self.index_comment(&mut write, &comment).await?;
            }
        }
        if write.is_empty() {
            return Ok(());
        }
        self.commit(write).await.map(|_| ())
    }

    async fn index_comment(&self, write: &mut Write, comment: &Comment) -> Result<()> {
        let there = self
            .one(
                "SELECT d.doc, s.status FROM story s \
                 LEFT JOIN search_doc d ON d.story_id = s.id AND d.comment_id = $1 WHERE s.id = $2",
                &args![comment.id, comment.story],
                |row| Ok((row.opt_int(0)?, row.word(1, Status::parse)?)),
            )
            .await?;
        let Some((there, status)) = there else { return Ok(()) };
        // The paper's search finds what is said in the paper.
        let found = comment.state == State::Shown && status != Status::Outside;
        let changed = comment.edited.is_some() || comment.reason.is_some();
        if let Some(doc) = there.filter(|_| !found || changed) {
            write.step("DELETE FROM search_terms WHERE rowid = $1", args![doc]);
            write.step("DELETE FROM search_doc WHERE doc = $1", args![doc]);
        }
        if found && (there.is_none() || changed) {
            let text = format!("{}\n{}", comment.name, comment.text);
            self.add(write, number(comment.at, comment.id), comment.story, Some(comment.id), &text).await?;
        }
        Ok(())
    }

    async fn add(
        &self,
        write: &mut Write,
        wanted: i64,
        story: StoryId,
        comment: Option<CommentId>,
        text: &str,
    ) -> Result<()> {
        let terms = analyse::terms(text).join(" ");
        if terms.is_empty() {
            return Ok(());
        }
        // Two of one millisecond whose numbers end alike are rare; the second takes the next free place.
        let taken = self
            .all(
                "SELECT doc FROM search_doc WHERE doc >= $1 AND doc < $2 AND (story_id <> $3 OR comment_id IS NOT NULL)",
                &args![wanted, wanted + 8, story],
                |row| row.int(0),
            )
            .await?;
        let doc = (wanted..wanted + 8).find(|doc| !taken.contains(doc)).unwrap_or(wanted + 8);
        write.step(
            "INSERT INTO search_doc (doc, story_id, comment_id) VALUES ($1, $2, $3)",
            args![doc, story, comment],
        );
        write.step(SEARCH_ADD.of(self.0.engine.dialect()), args![doc, terms]);
        Ok(())
    }

    /// Makes the whole index anew. `told` hears how many documents are done.
    pub async fn rebuild_index(&self, mut told: impl FnMut(u64)) -> Result<u64> {
        let mut clear = Write::new();
        clear.step("DELETE FROM search_terms", args![]);
        clear.step("DELETE FROM search_doc", args![]);
        self.commit(clear).await?;
        let mut done = 0;
        let mut after = 0;
        loop {
            let ids = self
                .all(
                    "SELECT id FROM story WHERE id > $1 AND published_at IS NOT NULL ORDER BY id LIMIT $2",
                    &args![after, 200i64],
                    |row| row.int(0),
                )
                .await?;
            let Some(last) = ids.last() else { break };
            after = *last;
            futures_util::future::try_join_all(ids.iter().map(|id| self.index_story(*id))).await?;
            done += ids.len() as u64;
            told(done);
        }
        after = 0;
        loop {
            let ids = self
                .all(
                    "SELECT c.id FROM comment c WHERE c.id > $1 AND c.state = 'shown' ORDER BY c.id LIMIT $2",
                    &args![after, 2_000i64],
                    |row| row.int(0),
                )
                .await?;
            let Some(last) = ids.last() else { break };
            after = *last;
            futures_util::future::try_join_all(ids.chunks(250).map(|ids| self.index_comments(ids))).await?;
            done += ids.len() as u64;
            told(done);
        }
        Ok(done)
    }

    /// Published stories and shown comments that the index lacks, and documents that should not be there.
    pub async fn index_faults(&self) -> Result<(u64, u64)> {
        let count = |n: Option<i64>| n.unwrap_or(0).unsigned_abs();
        let missing = self
            .one(
                "SELECT (SELECT count(*) FROM story s WHERE s.status = 'published' AND NOT EXISTS \
                 (SELECT 1 FROM search_doc d WHERE d.story_id = s.id AND d.comment_id IS NULL)) + \
                 (SELECT count(*) FROM comment c JOIN story s ON s.id = c.story_id WHERE c.state = 'shown' \
                 AND s.status = 'published' AND NOT EXISTS \
                 (SELECT 1 FROM search_doc d WHERE d.story_id = c.story_id AND d.comment_id = c.id))",
                &[],
                |row| row.int(0),
            )
            .await?;
        let surplus = self
            .one(
                "SELECT count(*) FROM search_doc d LEFT JOIN comment c ON c.id = d.comment_id \
                 LEFT JOIN story s ON s.id = d.story_id WHERE s.id IS NULL OR s.status <> 'published' \
                 OR (d.comment_id IS NOT NULL AND (c.id IS NULL OR c.state <> 'shown'))",
                &[],
                |row| row.int(0),
            )
            .await?;
        Ok((count(missing), count(surplus)))
    }
}
