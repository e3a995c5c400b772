//! Every check of a data directory. None changes anything, but for the index when it is to be made anew.

use crate::{
    app::{open_store, theme_of},
    cli::{beside::failed, import::counted, progress::Progress},
    clock,
    config::Config,
    failure::Failure,
    media::{self, Shelf},
};
use newsroom::clock::DAY;
use std::{path::Path, sync::Arc};
use store::{Sealed, Store};

pub struct Found {
    /// A line each.
    pub faults: Vec<String>,
    /// `3 stories, 7 comments, 2 photos`
    pub totals: String,
    /// Up to where the staff's log is sealed.
    pub sealed: Sealed,
}

pub async fn check(store: &Store, data: &Path, rebuild: bool) -> Result<Found, Failure> {
    let totals = store.totals().await.map_err(failed)?;
    if rebuild {
        let mut progress = Progress::over((totals.0 + totals.1) as usize);
        store.rebuild_index(|done| progress.to(done as usize)).await.map_err(failed)?;
    }
    let (mut faults, sealed) = database(store).await?;
    for ending in store.unfinished_endings(clock::now().plus(-DAY)).await.map_err(failed)? {
        let why = ending.error.map(|why| format!("; its job failed: {why}")).unwrap_or_default();
        faults.push(format!(
            "account {} was erased at {}, and what was asked for its comments is not done{why}",
            ending.reader,
            ending.ended_at.rfc3339()
        ));
    }
    let (missing, surplus) = store.index_faults().await.map_err(failed)?;
    if missing + surplus > 0 {
        // Changes of this moment are indexed a little later, by a job.
        let (waiting, _) = store.count_jobs().await.map_err(failed)?;
        if surplus > 0 || waiting == 0 {
            faults.push(format!(
                "the search index lacks {missing} of what is published and has {surplus} that is not: make it anew with `dateline check --rebuild-index`"
            ));
        }
    }
    photos(store, data, true, &mut faults).await?;
    match theme_of(data) {
        Ok(theme) => faults.extend(theme.check().iter().map(|fault| format!("the theme: {fault}"))),
        Err(why) => faults.push(why.0),
    }
    Ok(Found { faults, totals: said(totals), sealed })
}

/// The same for an unpacked backup, which has neither renditions nor this paper's theme.
pub async fn check_copy(folder: &Path) -> Result<Found, Failure> {
    let store = open_store(&Config::default(), folder, Arc::new(|_| {})).await?;
    let (mut faults, sealed) = database(&store).await?;
    photos(&store, folder, false, &mut faults).await?;
    Ok(Found { faults, totals: said(store.totals().await.map_err(failed)?), sealed })
}

fn said((stories, comments, photos): (u32, u32, u32)) -> String {
    format!(
        "{}, {}, {}",
        counted(stories as usize, "story", "stories"),
        counted(comments as usize, "comment", "comments"),
        counted(photos as usize, "photo", "photos")
    )
}

/// With up to where the log is sealed.
async fn database(store: &Store) -> Result<(Vec<String>, Sealed), Failure> {
    let mut faults = store.database_faults().await.map_err(failed)?;
    if let Some(mark) = store.brings_back().await.map_err(failed)? {
        faults.push(format!("the export of {mark} was not brought in to its end: run that import again"));
    }
    for (story, what) in store.miscounted_discussions().await.map_err(failed)? {
        faults.push(format!("the discussion of story {story} {what}"));
    }
    for (comment, what) in store.thread_faults().await.map_err(failed)? {
        faults.push(format!("comment {comment} {what}"));
    }
    for month in store.sitemap_faults().await.map_err(failed)? {
        faults.push(format!("the sitemap's number of stories in {month} is not what is there"));
    }
    let (sealed, broken) = store.sealed_log().await.map_err(failed)?;
    faults.extend(broken);
    let (_, given_up) = store.count_jobs().await.map_err(failed)?;
    if given_up > 0 {
        faults.push(format!(
            "{} failed again and again; the log says why",
            counted(given_up as usize, "job", "jobs")
        ));
    }
    Ok((faults, sealed))
}

async fn photos(
    store: &Store,
    data: &Path,
    renditions: bool,
    faults: &mut Vec<String>,
) -> Result<(), Failure> {
    let folder = data.join("media");
    if !folder.is_dir() && store.photo_digests("", 1).await.map_err(failed)?.is_empty() {
        return Ok(());
    }
    let shelf = Shelf::open(&folder).map_err(|e| Failure(format!("{}: {e}", folder.display())))?;
    let (waiting, _) = store.count_jobs().await.map_err(failed)?;
    let mut after = String::new();
    loop {
        let some = store.photo_digests(&after, 500).await.map_err(failed)?;
        let Some((last, _)) = some.last() else { break };
        after = last.clone();
        for (digest, widths) in some {
            match shelf.original(&digest) {
                Ok(Some(bytes)) if media::digest(&bytes) == digest => {}
                Ok(Some(_)) => faults.push(format!("the photo {digest} has other bytes than were received")),
                Ok(None) => faults.push(format!("the photo {digest} is not in the media folder")),
                Err(e) => faults.push(format!("the photo {digest} cannot be read: {e}")),
            }
            if !renditions {
                continue;
            }
            if widths.is_empty() && waiting == 0 {
                faults.push(format!("the photo {digest} has no renditions, and no job is to make them"));
            }
            for width in widths.split(' ').filter_map(|w| w.parse().ok()) {
                if !matches!(shelf.rendition(&digest, width), Ok(Some(_))) {
                    faults.push(format!("the photo {digest} lacks its rendition of {width} pixels"));
                }
            }
        }
    }
    Ok(())
}
