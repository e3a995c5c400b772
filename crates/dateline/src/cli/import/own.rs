//! An export of this program, back into an empty paper, with every number as it was. It is read through whole
//! before anything is written: one fault refuses all of it.

use super::{super::check, files::read_bounded, folder::Folder, result::Tally};
use crate::{
    app::AppState,
    cli::{
        args::Import,
        beside::{WHO, failed, is_begun, say, with_app, with_app_in},
        progress::Progress,
    },
    clock,
    config::Sources,
    failure::Failure,
    jobs, media,
    serve::DataLock,
};
use std::path::Path;
use store::tables::{self, Table};

pub const FORMAT: &str = "dateline";

/// Whether the arguments name an export: by the format, or as a folder that says so.
pub fn is_meant(args: &Import) -> bool {
    let named = args.format.as_deref();
    named == Some(FORMAT) || named.is_none() && args.paths.iter().any(|path| Folder::is_one(path))
}

/// What is wrong with an export, as far as it can be told without a paper; `None` where it is none.
pub fn faults(path: &Path) -> Result<Option<Tally>, Failure> {
    if !Folder::is_one(path) {
        return Ok(None);
    }
    let mut tally = Tally::default();
    Folder::open(path)?.look_through(&mut tally);
    Ok(Some(tally))
}

pub fn run(args: Import) -> Result<(), Failure> {
    let [path] = &args.paths[..] else {
        return Err(Failure("an export of this program is brought in by itself: name one folder".into()));
    };
    for (given, option) in
        [(args.site.is_some(), "--site"), (!args.map.is_empty(), "--map"), (args.publish, "--publish")]
    {
        if given {
            return Err(Failure(format!(
                "an export of this program comes in as it was: {option} has no use here"
            )));
        }
    }
    let folder = Folder::open(path)?;
    let mut tally = Tally::default();
    folder.look_through(&mut tally);
    let sound = tally.refused.is_empty();
    let work = async |app: AppState| {
        fitting(&app, &folder).await?;
        if sound && !args.dry_run {
            bring_in(&app, &folder, &mut tally).await?;
        }
        tell(&app, &folder, &mut tally);
        Ok(tally)
    };
    let data = &args.data.data;
    let config = Sources::read(data)?.settle()?;
    let tally = if args.dry_run || !sound {
        if is_begun(data, &config) && data.is_dir() {
            with_app(&args.data, false, work)?
        } else {
            let nowhere = tempfile::tempdir()
                .map_err(|e| Failure(format!("no temporary directory can be made: {e}")))?;
            with_app_in(nowhere.path(), config, work)?
        }
    } else {
        // A paper that is being served gives out numbers meanwhile.
        let _alone = DataLock::take(data)?;
        with_app(&args.data, true, work)?
    };
    say(&if args.json { tally.json() } else { tally.words(args.dry_run) })?;
    match tally.count_refused() {
        0 => Ok(()),
        _ if sound => Err(Failure("the paper is not whole; what is wrong is named above".into())),
        _ => Err(Failure("nothing was taken in; what is wrong with the export is named above".into())),
    }
}

/// Only an empty paper takes an export, or one in which the same was broken off.
async fn fitting(app: &AppState, folder: &Folder) -> Result<(), Failure> {
    match app.store.brings_back().await.map_err(failed)? {
        Some(mark) if mark == folder.mark() => return Ok(()),
        Some(mark) => {
            return Err(Failure(format!(
                "the export of {mark} was not brought in to its end here: do that first, or begin with an empty data directory"
            )));
        }
        None => {}
    }
    match app.store.first_filled_table().await.map_err(failed)? {
        None => Ok(()),
        Some(table) => Err(Failure(format!(
            "this paper is not empty (table {table}): an export comes into an empty data directory or database"
        ))),
    }
}

async fn bring_in(app: &AppState, folder: &Folder, tally: &mut Tally) -> Result<(), Failure> {
    let broken_off = |e: store::Error| {
        Failure(format!(
            "{e}; the paper is half filled: run the same import again, or begin with an empty one"
        ))
    };
    // With the keys, receipts that the old paper has given since would open new comments of their numbers.
    let next = folder.next_id();
    let next = if folder.has_keys() { store::after_a_leap(next) } else { next };
    app.store.begin_bringing_back(folder.mark(), next).await.map_err(broken_off)?;
    let mut progress = Progress::over(folder.rows());
    let mut done = 0;
    for table in folder.tables() {
        folder
            .each_batch(table, async |rows| {
                done += rows.len();
                app.store.bring_back(table, rows).await.map_err(broken_off)?;
                progress.to(done);
                Ok(())
            })
            .await?;
    }
    drop(progress);
    for photo in folder.photos()? {
        let bytes = read_bounded(&photo, media::MOST_BYTES)
            .map_err(|why| Failure(format!("{}: {why}", photo.display())))?;
        app.media.keep(&bytes).map_err(|e| Failure(format!("{}: {e}", photo.display())))?;
        tally.photos += 1;
    }
    let now = clock::now();
    app.store.remake_renditions(now).await.map_err(broken_off)?;
    let mut progress = Progress::over(folder.rows());
    app.store.rebuild_index(|done| progress.to(done as usize)).await.map_err(broken_off)?;
    drop(progress);
    for table in folder.tables() {
        compare(app, folder, table, tally).await?;
    }
    let what = format!("the export of {}", folder.mark());
    app.store.end_bringing_back(WHO, &what, folder.schema(), now).await.map_err(broken_off)?;
    jobs::finish(app).await.map_err(broken_off)?;
    for fault in check::faults(&app.store, &app.data).await? {
        tally.refuse(folder.path(), "the paper made of it", fault);
    }
    Ok(())
}

/// Counts in, counts out: what clashed with another row is not there.
async fn compare(
    app: &AppState,
    folder: &Folder,
    table: &'static Table,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let (said, there) = (folder.count(table), app.store.count_rows(table).await.map_err(failed)?);
    match table.name {
        "story" => tally.stories = there as usize,
        "comment" => tally.comments = there as usize,
        _ => {}
    }
    if said != there as u64 {
        let why = format!("has {said} rows, of which {there} are in the paper: some of them are the same");
        tally.refuse(&folder.file(table), "file", why);
    }
    Ok(())
}

fn tell(app: &AppState, folder: &Folder, tally: &mut Tally) {
    if tally.stories == 0 {
        let of = |name: &str| {
            tables::all().iter().find(|t| t.name == name).map_or(0, |t| folder.count(t) as usize)
        };
        (tally.stories, tally.comments) = (of("story"), of("comment"));
        tally.photos = folder.photos().map_or(0, |photos| photos.len());
    }
    for (what, there, here) in [
        ("paper.name", folder.name(), &app.paper.name),
        ("paper.tagline", folder.tagline(), &app.paper.tagline),
        ("paper.language", folder.language(), &app.paper.language),
    ] {
        if there != here {
            let note = format!("{what} was {there:?} and is {here:?} here: dateline.toml says it.");
            tally.note(folder.path(), note);
        }
    }
    if !folder.has_keys() {
        let note = "It was written without --with-keys: accounts have no password until `dateline staff add NAME \
                    --role ROLE` gives them one; tokens, webhooks and the links to receipts and out of letters are void.";
        tally.note(folder.path(), note.into());
    }
}
