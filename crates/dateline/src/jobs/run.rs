//! Takes the jobs that are due, does them, and puts off those that fail.

use super::{Pace, end_reader, index, letter, publish, renditions, score, tell, webhook};
use crate::{app::AppState, clock, failure::Failure, letters, reports};
use newsroom::{
    Millis,
    clock::{HOUR, MINUTE},
};
use std::time::Duration;
use store::job::{Job, Lane, MOST_ATTEMPTS, Task};

/// Between two looks where there was nothing to do.
const PAUSE: Duration = Duration::from_millis(150);
/// Jobs taken at once.
const AT_ONCE: u32 = 16;

pub async fn run(app: AppState, lane: Lane) {
    loop {
        match round(&app, lane, clock::now(), Pace::Gentle).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(e) => tracing::warn!(error = %e, "jobs could not be taken"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// One look at what is due at `now`; how many jobs were taken.
pub async fn round(app: &AppState, lane: Lane, now: Millis, pace: Pace) -> store::Result<usize> {
    let jobs = app.store.claim_jobs_of(lane, now, AT_ONCE).await?;
    let mut done = Vec::new();
    match lane {
        Lane::House => {
            for job in &jobs {
                done.extend(one(app, job, lane, pace).await?);
            }
        }
        // These wait for others most of the time: together, so that one that hangs keeps none waiting.
        Lane::Letters | Lane::Webhooks | Lane::Scorer => {
            let all = jobs.iter().map(|job| one(app, job, lane, pace));
            done.extend(futures_util::future::try_join_all(all).await?.into_iter().flatten());
        }
    }
    app.store.finish_jobs(&done).await?;
    Ok(jobs.len())
}

/// What came of a job that did not fail, by the word for its kind.
enum Came {
    Done(&'static str),
    /// There is more of it, then.
    Part(&'static str, Task, Millis),
}

/// Its number where it is done.
async fn one(app: &AppState, job: &Job, lane: Lane, pace: Pace) -> store::Result<Option<i64>> {
    match act(app, job, pace).await {
        Ok(Came::Done(kind)) => {
            app.figures.job(kind, "done");
            Ok(Some(job.id))
        }
        Ok(Came::Part(kind, next, at)) => {
            app.figures.job(kind, "done");
            app.store.go_on_with_job(job.id, &next, at).await?;
            Ok(None)
        }
        Err(why) => {
            app.figures.job("any", "failed");
            let tried = job.attempts + 1;
            let last = job.task.as_ref().map_or(tried >= MOST_ATTEMPTS, |task| task.is_given_up(tried));
            tracing::warn!(job = job.id, task = ?job.task, attempts = tried, given_up = last, why = %why);
            let until = clock::now().plus(wait(lane, job.attempts));
            app.store.put_off_job(job.id, &why.0, until).await?;
            Ok(None)
        }
    }
}

/// Until the next try, in milliseconds.
fn wait(lane: Lane, attempts: u32) -> i64 {
    match lane {
        // 10 s, 40 s, 90 s, …: a fault that mends itself does so within minutes.
        Lane::House => (10_000 * i64::from(attempts + 1).pow(2)).min(10 * MINUTE),
        // 1, 4, 16, 64 minutes, then every four hours: half a day of another's outage.
        // A comment is looked at while it is new, or not at all.
        Lane::Scorer => 10_000 * 4_i64.pow(attempts.min(4)),
        Lane::Letters | Lane::Webhooks => (MINUTE * 4_i64.pow(attempts.min(6))).min(4 * HOUR),
    }
}

async fn act(app: &AppState, job: &Job, pace: Pace) -> Result<Came, Failure> {
    let failed = |e: store::Error| Failure(e.to_string());
    let done = match &job.task {
        Some(Task::IndexStory(id)) => app.store.index_story(*id).await.map_err(failed).map(|()| "index"),
        Some(Task::IndexComments(ids)) => {
            index::comments(app, ids, pace).await.map_err(failed).map(|()| "index")
        }
        Some(Task::Renditions(digest)) => renditions::make_ready(app, digest).await.map(|()| "renditions"),
        Some(Task::Publish(id)) => publish::publish(app, *id).await.map_err(failed).map(|()| "publish"),
        Some(Task::SealLog) => app.store.seal_log().await.map_err(failed).map(|()| "seal"),
        Some(Task::Tell(event, ids)) => {
            tell::tell(app, job.id, *event, ids).await.map_err(failed).map(|()| "tell")
        }
        Some(Task::AskToConfirm) => {
            letters::ask_to_confirm(app, clock::now()).await.map_err(failed).map(|()| "tell")
        }
        Some(Task::CatchUp(id)) => {
            letters::catch_up(app, *id, clock::now()).await.map_err(failed).map(|()| "tell")
        }
        Some(Task::Letter(id)) => letter::send(app, *id, is_last(job)).await.map(|()| "letter"),
        Some(Task::Deliver(id)) => webhook::deliver(app, *id, is_last(job)).await.map(|()| "webhook"),
        Some(Task::Weigh(id)) => reports::weigh(app, *id).await.map_err(failed).map(|()| "weigh"),
        Some(Task::TellReporters(id)) => {
            letters::after_ruling(app, *id, clock::now()).await.map_err(failed).map(|()| "tell")
        }
        Some(Task::Score(id)) => {
            score::comment(app, *id, job.attempts + 1 >= score::TRIES).await.map(|()| "score")
        }
        Some(Task::EndReader { reader, comments, before }) => {
            let more = end_reader::part(app, *reader, *comments, *before, clock::now()).await;
            return more.map(|more| came("end-reader", more)).map_err(failed);
        }
        Some(Task::SweepIndex { begun }) => {
            let more = index::sweep(app, *begun, pace).await;
            return more.map(|more| came("index", more)).map_err(failed);
        }
        None => Err(Failure("a newer version left a job that this one does not know".into())),
    };
    done.map(Came::Done)
}

fn came(kind: &'static str, more: Option<(Task, Millis)>) -> Came {
    match more {
        Some((next, at)) => Came::Part(kind, next, at),
        None => Came::Done(kind),
    }
}

fn is_last(job: &Job) -> bool {
    job.attempts + 1 >= MOST_ATTEMPTS
}
