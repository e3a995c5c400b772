//! `dateline serve`, from the arguments to the last reply.

use super::{args::Serve, beside::say};
use crate::{
    app::App,
    clock,
    config::Sources,
    demo,
    failure::Failure,
    http, observe,
    serve::{Bound, DataLock, Server, serve_metrics},
};
use std::{sync::Arc, time::Duration};
use tokio::signal::unix::{SignalKind, signal};

/// Time for requests under way when the process is told to end.
const LAST_CALL: Duration = Duration::from_secs(10);
/// A page unchanged for this long is worth better compression, in milliseconds.
const QUIET: i64 = 5_000;
const ROUNDS: Duration = Duration::from_secs(3);

pub(super) fn run(args: Serve) -> Result<(), Failure> {
    let data = &args.data.data;
    let _lock = DataLock::take(data)?;
    if args.demo {
        demo::settle(data)?;
    }
    let mut sources = Sources::read(data)?;
    sources.flags.extend(args.listen.map(|listen| ("listen", listen)));
    sources.flags.extend(args.database.map(|url| ("database", url)));
    let config = sources.settle()?;
    observe::start_log(&config.log);
    if !config.discussion.limits {
        tracing::warn!(
            "DISCUSSION LIMITS ARE OFF: no flood limit, no duplicate refused, nothing held. For load tests only"
        );
    }

    let jobs = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("jobs")
        .enable_all()
        .build()
        .map_err(|e| Failure(format!("the background threads cannot be started: {e}")))?;
    let bound = Bound::bind(config.listen.address, config.listen.workers)?;
    let paper = config.paper(bound.address());
    let app = Arc::new(jobs.block_on(App::open(config, paper, data))?);
    if args.demo
        && let Some(password) = jobs.block_on(demo::fill(&app))?
    {
        say(&format!("Sign in as {} with password: {password}", demo::EDITOR))?;
    }
    // Where nobody works yet, whoever reads this line makes the first account.
    if let Some(link) = jobs.block_on(http::desk::invite(&app))? {
        say(&format!("Set up the paper at {link}"))?;
    }
    let router = http::router(app.clone(), http::paper());

    jobs.block_on(async {
        // Before anything is served, so that no signal falls between.
        let deaf = |e| Failure(format!("signals cannot be heard: {e}"));
        let mut terminate = signal(SignalKind::terminate()).map_err(deaf)?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(deaf)?;

        if let Some(address) = app.config.metrics.listen {
            let address = serve_metrics(address, app.clone()).await?;
            tracing::info!(%address, "metrics are served");
        }
        crate::jobs::start(app.clone());
        tokio::spawn(improve(app.ready.clone()));
        let server = Server::start(bound, app.clone(), router)
            .map_err(|e| Failure(format!("the serving threads cannot be started: {e}")))?;
        say(&format!("listening on http://{}", server.address()))?;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("told to end: finishing requests under way");
        let drained = tokio::task::spawn_blocking(move || server.drain(LAST_CALL)).await;
        drained.map_err(|e| Failure(format!("the serving threads ended badly: {e}")))
    })?;
    jobs.shutdown_timeout(Duration::from_secs(2));
    Ok(())
}

async fn improve(ready: Arc<crate::ready::ReadyPages>) {
    let mut rounds = tokio::time::interval(ROUNDS);
    loop {
        rounds.tick().await;
        let ready = ready.clone();
        let _ = tokio::task::spawn_blocking(move || ready.improve(clock::now(), QUIET)).await;
    }
}
