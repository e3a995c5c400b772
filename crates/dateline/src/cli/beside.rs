//! Commands that work beside a running `serve`: they open the same database and take no lock.

use super::args::Data;
use crate::{
    app::{App, AppState, open_store},
    config::{Config, Sources},
    failure::Failure,
};
use std::{io::Write, path::Path, sync::Arc};
use store::Store;

/// Opens the paper's store and runs `work` with it. With `make` a paper that is not there yet is begun.
pub(super) fn with_store<T>(
    data: &Data,
    make: bool,
    work: impl AsyncFnOnce(Store) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let folder = &data.data;
    let config = Sources::read(folder)?.settle()?;
    ready(data, &config, make)?;
    runtime()?.block_on(async {
        // A running paper learns of the change from the database's own list.
        let store = open_store(&config, folder, Arc::new(|_| {})).await?;
        work(store).await
    })
}

/// The same with everything that `serve` has, for what takes more than the database.
pub(super) fn with_app<T>(
    data: &Data,
    make: bool,
    work: impl AsyncFnOnce(AppState) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let folder = &data.data;
    let config = Sources::read(folder)?.settle()?;
    ready(data, &config, make)?;
    with_app_in(folder, config, work)
}

/// The same with a configuration in hand.
pub(super) fn with_app_in<T>(
    folder: &Path,
    config: Config,
    work: impl AsyncFnOnce(AppState) -> Result<T, Failure>,
) -> Result<T, Failure> {
    // What is made here has no absolute address in it.
    let paper = config.paper(config.listen.address);
    runtime()?.block_on(async { work(Arc::new(App::open(config, paper, folder).await?)).await })
}

/// Whether a paper was begun there.
pub(super) fn is_begun(folder: &Path, config: &Config) -> bool {
    config.database.url.is_some() || folder.join("paper.sqlite").is_file()
}

fn ready(data: &Data, config: &Config, make: bool) -> Result<(), Failure> {
    let folder = &data.data;
    if make {
        return std::fs::create_dir_all(folder)
            .map_err(|e| Failure(format!("{} cannot be made: {e}", folder.display())));
    }
    if is_begun(folder, config) {
        return Ok(());
    }
    Err(Failure(format!("there is no paper in {}: name its data directory with --data", folder.display())))
}

/// Commands do one thing after another.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure(format!("the command cannot be started: {e}")))
}

/// What the store could not do, as the end of a command.
pub(super) fn failed(e: store::Error) -> Failure {
    Failure(format!("nothing was changed: {e}"))
}

/// Who does what is done from the command line, in the log.
pub(super) const WHO: &str = "the command line";

/// A line on standard output; a pipe that nobody reads is a failure in words, not a panic.
pub(super) fn say(line: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .map_err(|e| Failure(format!("standard output cannot be written: {e}")))
}
