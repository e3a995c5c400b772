//! `dateline generate`: a large paper of made-up words, the same each time, for benches and load tests.

mod chance;
mod words;
mod write;

use super::{
    args::Generate,
    beside::{failed, say, with_app},
    progress::Progress,
};
use crate::{app::AppState, clock, failure::Failure};
use std::collections::HashSet;
use write::Writer;

/// Rows in one transaction, about.
const AT_ONCE: usize = 4_000;

pub(super) fn run(args: Generate) -> Result<(), Failure> {
    let (stories, comments) = (args.stories, args.comments);
    with_app(&args.data, true, async |app: AppState| {
        if app.store.totals().await.map_err(failed)?.0 > 0 {
            return Err(Failure(format!(
                "the paper in {} has stories: made-up ones go into an empty data directory only",
                args.data.data.display()
            )));
        }
        let now = clock::now();
        let mut writer = Writer::new(&app.paper, now, stories, comments);
        let mut progress = Progress::over((stories + comments) as usize);
        let (mut loads, mut rows, mut done) = (Vec::new(), 0, 0);
        // Addresses are free by what was made before: the paper was empty.
        let mut addresses = HashSet::new();
        for n in 0..stories {
            let load = writer.story(n, &mut addresses);
            done += 1 + load.comments.len();
            rows += 12 + load.comments.len();
            loads.push(load);
            if rows >= AT_ONCE || n + 1 == stories {
                app.store.load(std::mem::take(&mut loads), now).await.map_err(failed)?;
                rows = 0;
                progress.to(done);
            }
        }
        drop(progress);
        let mut progress = Progress::over((stories + comments) as usize);
        app.store.rebuild_index(|done| progress.to(done as usize)).await.map_err(failed)?;
        Ok(())
    })?;
    say(&format!("{stories} stories and {comments} comments were made"))
}
