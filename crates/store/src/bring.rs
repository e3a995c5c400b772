//! Comments brought from other systems' archives, many in one transaction.

use crate::{Store, args, comment::post, error::Result, job, write::Write};
use newsroom::{
    Millis,
    discussion::{CommentId, Reason, State},
    slug::Slug,
    story::{Address, Status, Story, StoryId},
    touch::Touch,
};

/// One comment, with its place in the thread worked out.
#[derive(Clone, Debug)]
pub struct Brought {
    /// By which it is known again.
    pub digest: i64,
    pub id: CommentId,
    pub root: CommentId,
    pub parent: Option<CommentId>,
    pub state: State,
    /// Of a removed one, where the archive says it.
    pub reason: Option<Reason>,
    /// Whether readers find it in its thread: shown, or something under it is.
    pub listed: bool,
    pub at: Millis,
    pub name: String,
    /// The mask, or empty.
    pub network: String,
    pub text: String,
}

/// Comments of one thread that go in together.
#[derive(Clone, Debug)]
pub struct Sheaf {
    pub story: StoryId,
    pub comments: Vec<Brought>,
    /// Roots, of these or brought before, with the shown replies that they gain by these.
    pub grown: Vec<(CommentId, u32)>,
}

/// Comments whose index is one job.
const INDEXED_AT_ONCE: usize = 1_000;

impl Store {
    /// The story or comment that was brought under that digest.
    pub async fn brought(&self, digest: i64) -> Result<Option<i64>> {
        self.one("SELECT id FROM brought WHERE digest = $1", &args![digest], |row| row.int(0)).await
    }

    /// A story that an archive has whole, with the paths by which its old readers look for it: known again, and
    /// closed where it was closed there, from its first moment.
    pub async fn bring_story(
        &self,
        digest: i64,
        story: &Story,
        closed: bool,
        moved: &[String],
        now: Millis,
    ) -> Result<()> {
        let mut write = self.saving(None, story, "import", "brought it from an archive", now);
        write.step(NOTE, args![digest, story.id]);
        if closed {
            write.step("UPDATE discussion SET mode = 'closed' WHERE story_id = $1", args![story.id]);
        }
        for path in moved {
            write.step(
                "INSERT INTO moved (path, story_id) VALUES ($1, $2) ON CONFLICT (path) DO NOTHING",
                args![path, story.id],
            );
        }
        self.commit(write).await.map(|_| ())
    }

    /// Where the published story is read that had this path before it was brought here.
    pub async fn moved(&self, path: &str) -> Result<Option<Address>> {
        self.one(
            "SELECT s.day, s.slug FROM moved m JOIN story s ON s.id = m.story_id \
             WHERE m.path = $1 AND s.status = 'published'",
            &args![path],
            |row| Ok(Address { day: row.word(0, |day| day.parse().ok())?, slug: row.word(1, Slug::parse)? }),
        )
        .await
    }

    /// Numbers for as many comments, the first of them.
    pub async fn numbers(&self, count: usize) -> Result<i64> {
        self.next_ids(count.max(1)).await
    }

    /// All of them, or none.
    pub async fn bring(&self, sheaves: &[Sheaf], now: Millis) -> Result<()> {
        let mut write = Write::new();
        let mut shown = Vec::new();
        for sheaf in sheaves {
            // The paper's search finds what is said in the paper: of another site's page there is nothing to index.
            let outside = self
                .one("SELECT status FROM story WHERE id = $1", &args![sheaf.story], |row| {
                    row.word(0, Status::parse)
                })
                .await?
                == Some(Status::Outside);
            bind(&mut write, sheaf);
            if !outside {
                shown.extend(sheaf.comments.iter().filter(|c| c.state == State::Shown).map(|c| c.id));
            }
        }
        for some in shown.chunks(INDEXED_AT_ONCE) {
            write.and(job::index_comments(some, now));
        }
        write.touch(sheaves.iter().map(|sheaf| Touch::Discussion(sheaf.story)));
        self.commit(write).await.map(|_| ())
    }
}

fn bind(write: &mut Write, sheaf: &Sheaf) {
    let story = sheaf.story;
    let mut counts = [0i64; 3];
    for c in &sheaf.comments {
        write.step(
            post::INSERT,
            args![
                c.id,
                story,
                c.root,
                c.parent,
                c.state.as_str(),
                c.listed,
                c.at,
                &c.name,
                &c.network,
                &c.text,
                0i64,
                None::<String>,
                None::<String>,
                newsroom::discussion::LAST
            ],
        );
        if let Some(reason) = c.reason {
            write.step("UPDATE comment SET reason = $1 WHERE id = $2", args![reason.code(), c.id]);
        }
        // What was removed stays as a stub as soon as something stands under it, also what came earlier.
        if let Some(parent) = c.parent.filter(|_| c.listed) {
            write.step("UPDATE comment SET listed = 1 WHERE id = $1 AND listed = 0", args![parent]);
        }
        write.step(NOTE, args![c.digest, c.id]);
        if let Some(count) = counts.get_mut(c.state as usize) {
            *count += 1;
        }
    }
    for (root, more) in &sheaf.grown {
        write.step(REPLIES, args![*more, *root]);
    }
    write.step(COUNTS, args![counts[0], counts[1], counts[2], story]);
}

const NOTE: &str =
    "INSERT INTO brought (digest, id) VALUES ($1, $2) ON CONFLICT (digest) DO UPDATE SET id = excluded.id";
const REPLIES: &str = "UPDATE comment SET replies = replies + $1 WHERE id = $2";
const COUNTS: &str =
    "UPDATE discussion SET shown = shown + $1, held = held + $2, removed = removed + $3 WHERE story_id = $4";
