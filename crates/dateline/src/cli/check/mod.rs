//! `dateline check`: whether all that is stored is whole and consistent, or a file is well-formed.

mod paper;

use super::{
    args::Check,
    beside::{say, with_store},
    copy,
    import::{Look, Tally, archive_form, counted, faults_of_export, look, read_bounded, read_file},
};
use crate::{config::Sources, failure::Failure};
use newsroom::Zone;
use std::{net::SocketAddr, path::Path};
use store::Store;

/// What is wrong with a paper, a line each.
pub(super) async fn faults(store: &Store, data: &Path) -> Result<Vec<String>, Failure> {
    Ok(paper::check(store, data, false).await?.faults)
}

/// What is wrong goes to standard output, a line each; exit code 1 where anything is.
pub(super) fn run(args: Check) -> Result<(), Failure> {
    if let Some(file) = &args.file {
        return check_file(file, &args.data.data);
    }
    let data = args.data.data.clone();
    let rebuild = args.rebuild_index;
    let found = with_store(&args.data, false, async |store| paper::check(&store, &data, rebuild).await)?;
    tell(found)
}

fn tell(found: paper::Found) -> Result<(), Failure> {
    for fault in &found.faults {
        say(fault)?;
    }
    match found.faults.len() {
        0 => {
            say(&format!("{}: whole", found.totals))?;
            match found.sealed.entries {
                0 => Ok(()),
                n => say(&format!("The staff's log is sealed up to entry {n}: {}", found.sealed.hash)),
            }
        }
        1 => Err(Failure("one thing is wrong; it is named above".into())),
        n => Err(Failure(format!("{n} things are wrong; they are named above"))),
    }
}

fn check_file(file: &Path, data: &Path) -> Result<(), Failure> {
    if copy::is_copy(file) {
        let nowhere =
            tempfile::tempdir().map_err(|e| Failure(format!("no temporary directory can be made: {e}")))?;
        let manifest = copy::unpack(file, nowhere.path())?;
        let found = super::beside::runtime()?.block_on(paper::check_copy(nowhere.path()))?;
        say(&format!("A backup of {}, by dateline {}", manifest.at, manifest.version))?;
        return tell(found);
    }
    if let Some(told) = faults_of_export(file)? {
        return tell_file(&told, "an export of this program");
    }
    let refused = |place: &str, why: &str| Failure(format!("{}: {place}: {why}", file.display()));
    if let Some(form) = archive_form(file) {
        // By this paper's own rules; a file can be checked where there is no paper, too.
        let config = Sources::read(data)?.settle()?;
        let paper = config.paper(SocketAddr::from(([127, 0, 0, 1], 8080)));
        let Look { threads, comments, told } = look(file, form, &paper, &config.policy())
            .map_err(|fault| refused(&fault.where_, &fault.what))?;
        let what = format!(
            "{}, {}, {}",
            form.as_str(),
            counted(threads, "thread", "threads"),
            counted(comments, "comment", "comments")
        );
        return tell_file(&told, &what);
    }
    let bytes = read_bounded(file, wire::MOST_BYTES).map_err(|why| refused("file", &why))?;
    // A page's time is in the paper's zone; a file can be checked where there is no paper, too.
    let zone = Sources::read(data)?.settle()?.paper.zone;
    let zone = Zone::named(&zone).unwrap_or_default();
    let items = read_file(file, &bytes, None, &zone).map_err(|fault| refused(&fault.where_, &fault.what))?;
    for item in &items {
        for note in &item.notes {
            say(&format!("{}: {note}", item.source.uri))?;
        }
    }
    say(&format!("{}: well-formed", counted(items.len(), "item", "items")))
}

/// A file or folder of others, with what of it would be refused.
fn tell_file(told: &Tally, what: &str) -> Result<(), Failure> {
    let lines = told.told();
    if !lines.is_empty() {
        say(lines.trim_end())?;
    }
    match told.count_refused() {
        0 => say(&format!("{what}: well-formed")),
        n => Err(Failure(format!("{what}; {n} refused, named above"))),
    }
}
