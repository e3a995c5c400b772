//! Takes the jobs that are due, does them, and puts off those that fail.

use super::{index, publish, renditions};
use crate::{app::AppState, clock, failure::Failure};
use newsroom::clock::MINUTE;
use std::time::Duration;
use store::job::{Job, MOST_ATTEMPTS, Task};

/// Between two looks where there was nothing to do.
const PAUSE: Duration = Duration::from_millis(150);
/// Jobs taken at once.
const AT_ONCE: u32 = 16;

pub async fn run(app: AppState) {
    loop {
        match round(&app).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(e) => tracing::warn!(error = %e, "jobs could not be taken"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// One look; how many jobs were taken.
pub async fn round(app: &AppState) -> store::Result<usize> {
    let jobs = app.store.claim_jobs(clock::now(), AT_ONCE).await?;
    let mut done = Vec::new();
    for job in &jobs {
        match act(app, job).await {
            Ok(kind) => {
                app.figures.job(kind, "done");
                done.push(job.id);
            }
            Err(why) => {
                app.figures.job("any", "failed");
                let last = job.attempts + 1 >= MOST_ATTEMPTS;
                tracing::warn!(job = job.id, task = ?job.task, attempts = job.attempts + 1, given_up = last, why = %why);
                // 10 s, 40 s, 90 s, …: a fault that mends itself does so within minutes.
                let wait = 10_000 * i64::from(job.attempts + 1).pow(2);
                app.store.put_off_job(job.id, &why.0, clock::now().plus(wait.min(10 * MINUTE))).await?;
            }
        }
    }
    app.store.finish_jobs(&done).await?;
    Ok(jobs.len())
}

async fn act(app: &AppState, job: &Job) -> Result<&'static str, Failure> {
    let failed = |e: store::Error| Failure(e.to_string());
    match &job.task {
        Some(Task::IndexStory(id)) => app.store.index_story(*id).await.map_err(failed).map(|()| "index"),
        Some(Task::IndexComments(ids)) => index::comments(app, ids).await.map_err(failed).map(|()| "index"),
        Some(Task::Renditions(digest)) => renditions::make_ready(app, digest).await.map(|()| "renditions"),
        Some(Task::Publish(id)) => publish::publish(app, *id).await.map_err(failed).map(|()| "publish"),
        Some(Task::SealLog) => app.store.seal_log().await.map_err(failed).map(|()| "seal"),
        None => Err(Failure("a newer version left a job that this one does not know".into())),
    }
}
