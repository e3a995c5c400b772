//! What must happen later. A job is written in the transaction that makes it necessary, and may run twice.

use crate::{Store, args, error::Result, write::Write};
use newsroom::{
    Millis,
    clock::{DAY, MINUTE},
    discussion::CommentId,
    event::Event,
    story::StoryId,
};

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
    /// Tell webhooks and followers what happened to these comments, reports or stories.
    Tell(Event, Vec<i64>),
    /// Ask addresses that were given whether they want letters.
    AskToConfirm,
    /// Tell a subscription that was just confirmed what it has missed.
    CatchUp(i64),
    /// Send a letter.
    Letter(i64),
    /// Send what happened to a webhook.
    Deliver(i64),
    /// Hold a comment that enough readers have reported.
    Weigh(CommentId),
    /// Tell those who reported a comment that a warning decided it.
    TellReporters(CommentId),
    /// Ask the outside scorer about a comment.
    Score(CommentId),
    /// Take the words of what was erased out of the search index for good; `begun` where part of that is done.
    SweepIndex { begun: bool },
    /// Take an account that has ended from its comments, or erase these, too: a part of them at a time, those before
    /// that number.
    EndReader { reader: i64, comments: bool, before: Option<CommentId> },
}

/// What a runner of jobs takes. What speaks with servers outside has a lane of its own, so that one that
/// hangs keeps nothing else waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    House,
    Letters,
    Webhooks,
    Scorer,
}

impl Lane {
    pub const ALL: [Lane; 4] = [Lane::House, Lane::Letters, Lane::Webhooks, Lane::Scorer];

    fn number(self) -> i64 {
        match self {
            Lane::House => 0,
            Lane::Letters => 1,
            Lane::Webhooks => 2,
            Lane::Scorer => 3,
        }
    }
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
/// What was promised to a reader for good is tried without end; `dateline check` names it after a day.
const WITHOUT_END: &str = "end-reader";

impl Task {
    /// Whether it is left alone after so many tries.
    pub fn is_given_up(&self, attempts: u32) -> bool {
        attempts >= MOST_ATTEMPTS && !matches!(self, Task::EndReader { .. })
    }

    fn words(&self) -> (&'static str, String) {
        match self {
            Task::IndexStory(id) => ("index-story", id.to_string()),
            Task::IndexComments(ids) => ("index-comments", list(ids)),
            Task::Renditions(digest) => ("renditions", digest.clone()),
            Task::Publish(id) => ("publish", id.to_string()),
            Task::SealLog => ("seal-log", String::new()),
            Task::Tell(event, ids) => ("tell", format!("{} {}", event.as_str(), list(ids))),
            Task::AskToConfirm => ("ask-to-confirm", String::new()),
            Task::CatchUp(id) => ("catch-up", id.to_string()),
            Task::Letter(id) => ("letter", id.to_string()),
            Task::Deliver(id) => ("deliver", id.to_string()),
            Task::Weigh(id) => ("weigh", id.to_string()),
            Task::TellReporters(id) => ("tell-reporters", id.to_string()),
            Task::Score(id) => ("score", id.to_string()),
            Task::SweepIndex { begun } => ("sweep-index", u8::from(*begun).to_string()),
            Task::EndReader { reader, comments, before } => {
                let before = before.map(|id| format!(" {id}")).unwrap_or_default();
                ("end-reader", format!("{reader} {}{before}", u8::from(*comments)))
            }
        }
    }

    fn of(kind: &str, args: &str) -> Option<Task> {
        Some(match kind {
            "index-story" => Task::IndexStory(args.parse().ok()?),
            "index-comments" => Task::IndexComments(numbers(args)?),
            "renditions" => Task::Renditions(args.to_owned()),
            "publish" => Task::Publish(args.parse().ok()?),
            "seal-log" => Task::SealLog,
            "tell" => {
                let (event, ids) = args.split_once(' ')?;
                Task::Tell(Event::parse(event)?, numbers(ids)?)
            }
            "ask-to-confirm" => Task::AskToConfirm,
            "catch-up" => Task::CatchUp(args.parse().ok()?),
            "letter" => Task::Letter(args.parse().ok()?),
            "deliver" => Task::Deliver(args.parse().ok()?),
            "weigh" => Task::Weigh(args.parse().ok()?),
            "tell-reporters" => Task::TellReporters(args.parse().ok()?),
            "score" => Task::Score(args.parse().ok()?),
            "sweep-index" => Task::SweepIndex { begun: args == "1" },
            "end-reader" => {
                let (reader, rest) = args.split_once(' ')?;
                let (comments, before) = match rest.split_once(' ') {
                    Some((comments, before)) => (comments, Some(before.parse().ok()?)),
                    None => (rest, None),
                };
                Task::EndReader { reader: reader.parse().ok()?, comments: comments == "1", before }
            }
            _ => return None,
        })
    }
}

fn list(ids: &[i64]) -> String {
    ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
}

fn numbers(list: &str) -> Option<Vec<i64>> {
    list.split(',').map(str::parse).collect::<std::result::Result<_, _>>().ok()
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

/// Leaves nothing where nobody listens: no webhook, and no address that said yes.
const TELL: &str = "INSERT INTO job (kind, args, run_at, attempts) SELECT 'tell', $1, $2, 0 \
     WHERE EXISTS (SELECT 1 FROM webhook WHERE removed_at IS NULL) \
     OR EXISTS (SELECT 1 FROM subscription WHERE confirmed_at IS NOT NULL AND ended_at IS NULL)";

/// Leaves word of what happened, for those who listen.
pub(crate) fn tell(event: Event, ids: &[i64], at: Millis) -> Write {
    let (_, args) = Task::Tell(event, ids.to_vec()).words();
    let mut write = Write::new();
    write.step(TELL, args![args, at]);
    write
}

/// What was erased is out of the search index within a day: the whole of it is gone through for that, so not more often.
const SWEPT_WITHIN: i64 = DAY;

/// Leaves the sweep of the index where none waits already.
pub(crate) fn sweep_index(now: Millis) -> Write {
    let (kind, args) = Task::SweepIndex { begun: false }.words();
    let mut write = Write::new();
    write.step(
        "INSERT INTO job (kind, args, run_at, attempts) SELECT $1, $2, $3, 0 WHERE NOT EXISTS \
         (SELECT 1 FROM job WHERE kind = $1 AND args = $2 AND attempts = 0)",
        args![kind, args, now.plus(SWEPT_WITHIN)],
    );
    write
}

impl Store {
    /// Leaves a task that goes on from what this one did.
    pub async fn leave_job(&self, task: &Task, at: Millis) -> Result<()> {
        self.commit(leave(task, at)).await.map(|_| ())
    }

    /// Takes up to `most` jobs that are due, for this node alone.
    pub async fn claim_jobs(&self, now: Millis, most: u32) -> Result<Vec<Job>> {
        self.claim_jobs_of(Lane::House, now, most).await
    }

    /// The same of one lane.
    pub async fn claim_jobs_of(&self, lane: Lane, now: Millis, most: u32) -> Result<Vec<Job>> {
        let due = self
            .all(
                "SELECT id, kind, args, run_at, attempts FROM job WHERE run_at <= $1 \
                 AND (attempts < $2 OR kind = $3) AND CASE kind WHEN 'letter' THEN 1 WHEN 'deliver' THEN 2 WHEN 'score' THEN 3 ELSE 0 END = $4 \
                 ORDER BY run_at, id LIMIT $5",
                &args![now, MOST_ATTEMPTS, WITHOUT_END, lane.number(), most],
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

    /// Turns a job that has done a part of its work into the one for the next part: one row, done once more or not at all.
    pub async fn go_on_with_job(&self, id: i64, task: &Task, at: Millis) -> Result<()> {
        let (_, args) = task.words();
        let mut write = Write::new();
        write.step(
            "UPDATE job SET args = $1, run_at = $2, attempts = 0, error = NULL WHERE id = $3",
            args![args, at, id],
        );
        self.commit(write).await.map(|_| ())
    }

    /// Jobs waiting, and those given up.
    pub async fn count_jobs(&self) -> Result<(u32, u32)> {
        let counts = self
            .one(
                "SELECT count(*), count(CASE WHEN attempts >= 8 AND kind <> $1 THEN 1 END) FROM job",
                &args![WITHOUT_END],
                |row| Ok((row.count(0)?, row.count(1)?)),
            )
            .await?;
        Ok(counts.unwrap_or((0, 0)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Task};

    #[test]
    fn there_and_back() {
        for task in [
            Task::IndexStory(3),
            Task::IndexComments(vec![1, 22]),
            Task::Renditions("ab".into()),
            Task::Publish(4),
            Task::SealLog,
            Task::Tell(Event::CommentCut, vec![3, 4]),
            Task::AskToConfirm,
            Task::CatchUp(5),
            Task::Letter(6),
            Task::Deliver(7),
            Task::Score(8),
            Task::Weigh(9),
            Task::SweepIndex { begun: false },
            Task::SweepIndex { begun: true },
            Task::EndReader { reader: 10, comments: true, before: None },
            Task::EndReader { reader: 11, comments: false, before: Some(12) },
        ] {
            let (kind, args) = task.words();
            assert_eq!(Task::of(kind, &args), Some(task));
        }
        assert_eq!(Task::of("unheard-of", "1"), None);
    }
}
