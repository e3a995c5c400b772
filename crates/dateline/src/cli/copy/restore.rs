//! `dateline restore`: a data directory made of a backup, or none.

use super::unpack;
use crate::{
    app::open_store,
    cli::{
        args::Restore,
        beside::{runtime, say},
        import::counted,
    },
    clock,
    config::Config,
    failure::Failure,
    serve::DataLock,
};
use std::{fs, path::Path, sync::Arc};

/// Left in a folder by a `serve` that ended.
const LOCK: &str = "serve.lock";

pub fn run(args: Restore) -> Result<(), Failure> {
    let folder = &args.data.data;
    if !args.file.exists() {
        return Err(Failure(format!("{} is not there", args.file.display())));
    }
    let was_there = folder.is_dir();
    empty(folder)?;
    let lock = DataLock::take(folder)?;
    let done = fill(&args.file, folder);
    if done.is_err() {
        // It was empty, so all of it is ours.
        for part in ["paper.sqlite", "paper.sqlite-wal", "paper.sqlite-shm", "dateline.toml", LOCK] {
            let _ = fs::remove_file(folder.join(part));
        }
        for part in ["media", "theme"] {
            let _ = fs::remove_dir_all(folder.join(part));
        }
        if !was_there {
            let _ = fs::remove_dir(folder);
        }
    }
    drop(lock);
    say(&done?)
}

fn empty(folder: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(super::at(folder, &e)),
    };
    for entry in entries {
        let entry = entry.map_err(|e| super::at(folder, &e))?;
        if entry.file_name() != LOCK {
            return Err(Failure(format!(
                "{} is not empty: name a new or empty data directory with --data",
                folder.display()
            )));
        }
    }
    Ok(())
}

fn fill(file: &Path, folder: &Path) -> Result<String, Failure> {
    let manifest = unpack(file, folder)?;
    runtime()?.block_on(async {
        let broken = |e: store::Error| Failure(format!("the database in {}: {e}", file.display()));
        // The file in this folder, whatever database the settings name.
        let store = open_store(&Config::default(), folder, Arc::new(|_| {})).await?;
        if let Some(fault) = store.database_faults().await.map_err(broken)?.into_iter().next() {
            return Err(Failure(format!("{} is no whole backup: {fault}", file.display())));
        }
        // A receipt given since the backup must not open a new comment of its number.
        store.leap_ids().await.map_err(broken)?;
        store.remake_renditions(clock::now()).await.map_err(broken)?;
        let (stories, comments, _) = store.totals().await.map_err(broken)?;
        Ok(format!(
            "{} is the paper of {}: {}, {}, {}; `dateline serve` makes the photos' renditions",
            folder.display(),
            manifest.at,
            counted(stories as usize, "story", "stories"),
            counted(comments as usize, "comment", "comments"),
            counted(manifest.photos, "photo", "photos"),
        ))
    })
}
