//! What must happen later. A job is written in the transaction that makes it necessary, and may run twice.

use crate::{Store, args, error::Result, write::Write};
use newsroom::{Millis, clock::MINUTE, discussion::CommentId, story::StoryId};

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Bring the search index in step with a story.
    IndexStory(StoryId),
    /// Bring the search index in step with these comments.
    IndexComments(Vec<CommentId>),
    /// Make the renditions of a photo, by its digest.
    Renditions(String),
    /// Publish what is scheduled for now.
    Publish(StoryId),
    /// Seal what was added to the log.
    SealLog,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub id: i64,
    /// `None` where a newer program left a task that this one does not know.
    pub task: Option<Task>,
    pub run_at: Millis,
    pub attempts: u32,
}

/// A claimed job is left to its runner this long; then any node may take it.
const LEASE: i64 = 2 * MINUTE;
/// Tries before a job is left alone, for a person to see.
pub const MOST_ATTEMPTS: u32 = 8;

impl Task {
    fn words(&self) -> (&'static str, String) {
        match self {
            Task::IndexStory(id) => ("index-story", id.to_string()),
            Task::IndexComments(ids) => {
                ("index-comments", ids.iter().map(i64::to_string).collect::<Vec<_>>().join(","))
            }
            Task::Renditions(digest) => ("renditions", digest.clone()),
            Task::Publish(id) => ("publish", id.to_string()),
            Task::SealLog => ("seal-log", String::new()),
        }
    }

    fn of(kind: &str, args: &str) -> Option<Task> {
        Some(match kind {
            "index-story" => Task::IndexStory(args.parse().ok()?),
            "index-comments" => Task::IndexComments(
                args.split(',').map(str::parse).collect::<std::result::Result<_, _>>().ok()?,
            ),
            "renditions" => Task::Renditions(args.to_owned()),
            "publish" => Task::Publish(args.parse().ok()?),
            "seal-log" => Task::SealLog,
            _ => return None,
        })
    }
}

pub(crate) const LEAVE: &str = "INSERT INTO job (kind, args, run_at, attempts) VALUES ($1, $2, $3, 0)";

/// Leaves a task for `at`.
pub(crate) fn leave(task: &Task, at: Millis) -> Write {
    let (kind, args) = task.words();
    let mut write = Write::new();
    write.step(LEAVE, args![kind, args, at]);
    write
}

pub(crate) fn index_comments(ids: &[CommentId], at: Millis) -> Write {
    leave(&Task::IndexComments(ids.to_vec()), at)
}

impl Store {
    /// Takes up to `most` jobs that are due, for this node alone.
    pub async fn claim_jobs(&self, now: Millis, most: u32) -> Result<Vec<Job>> {
        let due = self
            .all(
                "SELECT id, kind, args, run_at, attempts FROM job WHERE run_at <= $1 AND attempts < $2 \
                 ORDER BY run_at, id LIMIT $3",
                &args![now, MOST_ATTEMPTS, most],
                |row| {
                    Ok(Job {
                        id: row.int(0)?,
                        task: Task::of(&row.text(1)?, &row.text(2)?),
                        run_at: row.moment(3)?,
                        attempts: row.count(4)?,
                    })
                },
            )
            .await?;
        if due.is_empty() {
            return Ok(due);
        }
        let mut write = Write::new();
        for job in &due {
            // Whoever moves its time first has it.
            write.step(
                "UPDATE job SET run_at = $1, attempts = attempts + 1 WHERE id = $2 AND run_at = $3",
                args![now.plus(LEASE), job.id, job.run_at],
            );
        }
        let outcome = self.commit(write).await?;
        Ok(due.into_iter().zip(outcome.rows).filter(|(_, rows)| *rows > 0).map(|(job, _)| job).collect())
    }

    pub async fn finish_jobs(&self, done: &[i64]) -> Result<()> {
        let mut write = Write::new();
        for id in done {
            write.step("DELETE FROM job WHERE id = $1", args![*id]);
        }
        self.commit(write).await.map(|_| ())
    }

    /// Notes why a job failed, and when it is tried again.
    pub async fn put_off_job(&self, id: i64, why: &str, until: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step("UPDATE job SET error = $1, run_at = $2 WHERE id = $3", args![why, until, id]);
        self.commit(write).await.map(|_| ())
    }

    /// Jobs waiting, and those given up.
    pub async fn count_jobs(&self) -> Result<(u32, u32)> {
        let counts = self
            .one("SELECT count(*), count(CASE WHEN attempts >= 8 THEN 1 END) FROM job", &[], |row| {
                Ok((row.count(0)?, row.count(1)?))
            })
            .await?;
        Ok(counts.unwrap_or((0, 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::Task;

    #[test]
    fn there_and_back() {
        for task in [
            Task::IndexStory(3),
            Task::IndexComments(vec![1, 22]),
            Task::Renditions("ab".into()),
            Task::Publish(4),
            Task::SealLog,
        ] {
            let (kind, args) = task.words();
            assert_eq!(Task::of(kind, &args), Some(task));
        }
        assert_eq!(Task::of("unheard-of", "1"), None);
    }
}
