//! The paper as a whole: copies of it, and whether it is sound.

use crate::{Store, args, engine::Engine, error::Result, write::Write};
use newsroom::{Millis, discussion::CommentId, story::StoryId};
use std::{collections::BTreeMap, path::Path};

/// A moderator's decision as it was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruled {
    pub comment: CommentId,
    pub at: Millis,
    pub who: String,
    pub ruling: String,
    pub reason: Option<String>,
    pub note: String,
}

/// Why a comment was held, in words, and what the screen saw, as JSON.
pub type Held = (Option<String>, Option<String>);

impl Store {
    /// Copies the SQLite database as of one moment into a new file, while it is in use. `false`, and
    /// nothing done, where the paper is kept in PostgreSQL.
    pub async fn snapshot(&self, to: &Path) -> Result<bool> {
        match &self.0.engine {
            Engine::Sqlite(db) => db.snapshot(to).map(|()| true),
            Engine::Postgres(_) => Ok(false),
        }
    }

    /// What the database itself finds wrong, a line each: broken pages, references to what is not there.
    pub async fn database_faults(&self) -> Result<Vec<String>> {
        match &self.0.engine {
            Engine::Sqlite(db) => db.faults(),
            // PostgreSQL keeps references whole by itself and has no check of its pages for clients.
            Engine::Postgres(_) => Ok(vec![]),
        }
    }

    /// Numbers of all stories, in order, after `after`.
    pub async fn story_ids(&self, after: StoryId, most: u32) -> Result<Vec<StoryId>> {
        self.all("SELECT id FROM story WHERE id > $1 ORDER BY id LIMIT $2", &args![after, most], |row| {
            row.int(0)
        })
        .await
    }

    /// Stories, comments and different photos.
    pub async fn totals(&self) -> Result<(u32, u32, u32)> {
        let totals = self
            .one(
                "SELECT (SELECT count(*) FROM story), (SELECT count(*) FROM comment), \
                 (SELECT count(DISTINCT digest) FROM photo WHERE digest <> '')",
                &[],
                |row| Ok((row.count(0)?, row.count(1)?, row.count(2)?)),
            )
            .await?;
        Ok(totals.unwrap_or_default())
    }

    /// Comments whose place in their thread is not sound, with what is wrong.
    pub async fn thread_faults(&self) -> Result<Vec<(CommentId, &'static str)>> {
        let mut faults = Vec::new();
        for (sql, what) in [
            (
                "SELECT c.id FROM comment c LEFT JOIN story s ON s.id = c.story_id WHERE s.id IS NULL ORDER BY c.id",
                "stands under a story that is not there",
            ),
            (
                "SELECT id FROM comment WHERE parent_id IS NULL AND root_id <> id ORDER BY id",
                "begins a thread but names another as its root",
            ),
            (
                "SELECT c.id FROM comment c LEFT JOIN comment p ON p.id = c.parent_id WHERE c.parent_id IS NOT NULL \
                 AND (p.id IS NULL OR p.story_id <> c.story_id OR p.root_id <> c.root_id) ORDER BY c.id",
                "answers a comment that is not there, or is in another thread",
            ),
            (
                "SELECT c.id FROM comment c LEFT JOIN comment r ON r.id = c.root_id \
                 WHERE r.id IS NULL OR r.parent_id IS NOT NULL ORDER BY c.id",
                "has a root that is not there, or is no root",
            ),
            (
                "SELECT c.id FROM comment c WHERE c.parent_id IS NULL AND c.replies <> (SELECT count(*) FROM comment r \
                 WHERE r.root_id = c.id AND r.parent_id IS NOT NULL AND r.listed = 1 AND r.state = 'shown') ORDER BY c.id",
                "does not have as many replies as it says",
            ),
            (
                "SELECT id FROM comment WHERE state = 'shown' AND listed <> 1 ORDER BY id",
                "is shown but not listed in its thread",
            ),
        ] {
            let ids = self.all(sql, &[], |row| row.int(0)).await?;
            faults.extend(ids.into_iter().map(|id| (id, what)));
        }
        Ok(faults)
    }

    /// Months whose number of stories in the sitemap is not what is there.
    pub async fn sitemap_faults(&self) -> Result<Vec<String>> {
        self.all(
            "SELECT COALESCE(m.month, t.month) FROM sitemap_month m FULL JOIN \
             (SELECT substr(day, 1, 7) AS month, count(*) AS stories FROM story WHERE status = 'published' \
             AND day IS NOT NULL GROUP BY substr(day, 1, 7)) t ON t.month = m.month \
             WHERE COALESCE(m.stories, 0) <> COALESCE(t.stories, 0) ORDER BY 1",
            &[],
            |row| row.text(0),
        )
        .await
    }

    /// Of those comments with numbers from `first` to `last` that were held or seen as a risk: why.
    pub async fn held_between(&self, first: CommentId, last: CommentId) -> Result<BTreeMap<CommentId, Held>> {
        let rows = self
            .all(
                "SELECT id, held_why, risks FROM comment WHERE id >= $1 AND id <= $2 \
                 AND (held_why IS NOT NULL OR risks IS NOT NULL)",
                &args![first, last],
                |row| Ok((row.int(0)?, (row.opt_text(1)?, row.opt_text(2)?))),
            )
            .await?;
        Ok(rows.into_iter().collect())
    }

    /// All decisions on the comments with numbers from `first` to `last`, in their order.
    pub async fn rulings_between(&self, first: CommentId, last: CommentId) -> Result<Vec<Ruled>> {
        self.all(
            "SELECT comment_id, at, staff, ruling, reason, note FROM ruling \
             WHERE comment_id >= $1 AND comment_id <= $2 ORDER BY comment_id, at, id",
            &args![first, last],
            |row| {
                Ok(Ruled {
                    comment: row.int(0)?,
                    at: row.moment(1)?,
                    who: row.text(2)?,
                    ruling: row.text(3)?,
                    reason: row.opt_text(4)?,
                    note: row.text(5)?,
                })
            },
        )
        .await
    }

    /// Forgets every photo's renditions and leaves a job to make them: for a copy that came without them.
    pub async fn remake_renditions(&self, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step(
            "INSERT INTO job (kind, args, run_at, attempts) \
             SELECT 'renditions', p.digest, $1, 0 FROM (SELECT DISTINCT digest FROM photo WHERE digest <> '') p",
            args![now],
        );
        write.step("UPDATE photo SET renditions = ''", args![]);
        self.commit(write).await.map(|_| ())
    }
}
