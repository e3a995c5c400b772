//! `dateline import`: files and folders into the desk's inbox, or, for an archive's pages, into the paper.

mod archive;
mod bring;
mod files;
mod folder;
mod instead;
mod isso;
mod ledger;
mod look;
mod looked;
mod onto;
mod own;
mod pile;
mod place;
mod result;
mod spool;
mod threads;

pub(super) use files::read_bounded;
pub(super) use look::{Look, look};
pub(super) use own::faults as faults_of_export;
pub(super) use result::{Tally, counted};

use super::{
    args::Import,
    beside::{is_begun, say, with_app, with_app_in},
    progress::Progress,
};
use crate::{
    app::AppState,
    config::Sources,
    failure::Failure,
    intake::{self, Fate, Manner},
    jobs,
};
use files::{Beside, Found};
use newsroom::{Zone, ingest::Ingest, item::Item};
use std::path::{Path, PathBuf};
use wire::{Format, archive::Archived};

/// Exit code 0 when everything was taken in or known already, 1 when anything was refused: whoever runs
/// it from a script must learn of it. What is refused never keeps the rest out.
pub(super) fn run(args: Import) -> Result<(), Failure> {
    if own::is_meant(&args) {
        return own::run(args);
    }
    let archived = args.format.as_deref().and_then(Archived::named);
    let format = match archived {
        Some(_) => None,
        None => args.format.as_deref().map(format_named).transpose()?,
    };
    let old = archive::Old::read(args.site.clone(), &args.map)?;
    let manner = Manner { publish: args.publish, dry: args.dry_run };
    let paths = args.paths;
    let work = async |app: AppState| {
        let mut tally = Tally::default();
        let found = files::find(&paths, &mut tally);
        let mut progress = Progress::over(found.len());
        let looked = manner.dry.then(looked::Looked::new).transpose();
        let mut looked = looked.map_err(|e| Failure(archive::aside(&e)))?;
        for file in &found {
            match archive::form_of(&file.path, archived, format.is_some()) {
                Some(form) => {
                    archive::take(&app, &file.path, form, &old, looked.as_mut(), &mut tally).await?
                }
                None => take_file(&app, file, format, manner, &mut tally).await?,
            }
            progress.step();
        }
        drop(progress);
        if !manner.dry {
            // Not left to a running paper: there may be none, and a job may run twice.
            jobs::finish(&app).await.map_err(|e| {
                Failure(format!(
                    "all was taken in, but photos and search are not up to date yet: {e}; `dateline serve` goes on with it"
                ))
            })?;
        }
        Ok(tally)
    };
    let folder = &args.data.data;
    let config = Sources::read(folder)?.settle()?;
    let tally = if args.dry_run && (!is_begun(folder, &config) || !folder.is_dir()) {
        // Looking makes nothing: a paper that is not there is an empty one somewhere else.
        let nowhere =
            tempfile::tempdir().map_err(|e| Failure(format!("no temporary directory can be made: {e}")))?;
        with_app_in(nowhere.path(), config, work)?
    } else {
        with_app(&args.data, !args.dry_run, work)?
    };
    say(&if args.json { tally.json() } else { tally.words(args.dry_run) })?;
    match tally.count_refused() {
        0 => Ok(()),
        1 => Err(Failure("one was refused; its place and reason are above".into())),
        n => Err(Failure(format!("{n} were refused; their places and reasons are above"))),
    }
}

/// As which archive a file would be read; `None` where it is none.
pub(super) fn archive_form(path: &Path) -> Option<Archived> {
    archive::form_of(path, None, false)
}

pub(super) fn format_named(name: &str) -> Result<Format, Failure> {
    Format::named(name).ok_or_else(|| {
        let names = Format::ALL.map(Format::as_str).join(", ");
        let archives = Archived::ALL.map(Archived::as_str).join(", ");
        let own = own::FORMAT;
        Failure(format!("there is no format {name}: the formats are {names}, {archives}, {own}"))
    })
}

/// A file's items, as this paper reads them.
pub(super) fn read_file(
    path: &Path,
    bytes: &[u8],
    format: Option<Format>,
    zone: &Zone,
) -> Result<Vec<Item>, wire::Malformed> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    wire::read(bytes, format.or_else(|| Format::sniff(bytes, &name)), zone)
}

/// An item's fault is the tally's; only a database that fails ends the import.
async fn take_file(
    app: &AppState,
    file: &Found,
    format: Option<Format>,
    manner: Manner,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let path: &PathBuf = &file.path;
    let bytes = match files::read_bounded(path, wire::MOST_BYTES) {
        Ok(bytes) => bytes,
        Err(why) => {
            tally.refuse(path, "file", why);
            return Ok(());
        }
    };
    let items = match read_file(path, &bytes, format, &app.paper.zone) {
        Ok(items) => items,
        Err(fault) => {
            tally.refuse(path, &fault.where_, fault.what);
            return Ok(());
        }
    };
    let beside = Beside::of(path);
    let each = parts(&bytes, items.len());
    for (at, item) in items.into_iter().enumerate() {
        let received = each.as_ref().map_or(&bytes, |each| &each[at]);
        let fate = intake::take_in(app, item, received, &beside, manner).await.map_err(|e| {
            Failure(format!(
                "{} could not be taken in: {e}; run the same import again, what came before it stays",
                path.display()
            ))
        })?;
        count(path, fate, tally);
    }
    Ok(())
}

/// Of many items in one array each keeps its own text: a thousand must not keep a thousand copies of all.
fn parts(bytes: &[u8], items: usize) -> Option<Vec<Vec<u8>>> {
    if items < 2 {
        return None;
    }
    let each: Vec<serde_json::Value> = serde_json::from_slice(bytes).ok()?;
    (each.len() == items).then(|| each.iter().map(|one| one.to_string().into_bytes()).collect())
}

fn count(path: &Path, fate: Fate, tally: &mut Tally) {
    match fate.outcome {
        Ingest::Duplicate | Ingest::Stale => tally.unchanged += 1,
        _ => tally.stories += 1,
    }
    tally.comments += fate.comments;
    tally.photos += fate.photos;
    for note in fate.notes {
        // Said when it was taken in first.
        if fate.outcome != Ingest::Duplicate || note.starts_with("Not published") {
            tally.note(path, note);
        }
    }
}
