//! Commands that work beside a running `serve`: they open the same database and take no lock.

use super::args::Data;
use crate::{app::open_store, config::Sources, failure::Failure};
use std::{io::Write, sync::Arc};
use store::Store;

/// Opens the paper's store and runs `work` with it. With `make` a paper that is not there yet is begun.
pub(super) fn with_store<T>(
    data: &Data,
    make: bool,
    work: impl AsyncFnOnce(Store) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let folder = &data.data;
    let config = Sources::read(folder)?.settle()?;
    if make {
        std::fs::create_dir_all(folder)
            .map_err(|e| Failure(format!("{} cannot be made: {e}", folder.display())))?;
    } else if config.database.url.is_none() && !folder.join("paper.sqlite").is_file() {
        return Err(Failure(format!(
            "there is no paper in {}: name its data directory with --data",
            folder.display()
        )));
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure(format!("the command cannot be started: {e}")))?;
    runtime.block_on(async {
        // A running paper learns of the change from the database's own list.
        let store = open_store(&config, folder, Arc::new(|_| {})).await?;
        work(store).await
    })
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
