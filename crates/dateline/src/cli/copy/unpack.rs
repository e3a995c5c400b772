//! Reads a backup as if a stranger had made it: only names that a backup has, only ordinary files, each
//! within its bound, nothing twice, and nothing missing.

use super::{
    MOST_MANIFEST, MOST_TEXT, at,
    manifest::{self, Manifest},
};
use crate::{
    failure::Failure,
    media::{self, Shelf},
};
use std::{
    collections::HashSet,
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
};

/// Whether it looks like a tar file: its mark stands in the first header.
pub fn is_copy(path: &Path) -> bool {
    let mut start = [0; 262];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && &start[257..] == b"ustar"
}

/// Into `folder`, which has nothing of a paper in it. Where it fails, what it wrote is the caller's to
/// remove.
pub fn unpack(file: &Path, folder: &Path) -> Result<Manifest, Failure> {
    let opened = File::open(file).map_err(|e| at(file, &e))?;
    if opened.metadata().is_ok_and(|kind| kind.is_dir()) {
        return Err(Failure(format!(
            "{} is a folder: name the file that `dateline backup` wrote",
            file.display()
        )));
    }
    let mut tar = tar::Archive::new(BufReader::with_capacity(1 << 20, opened));
    let broken = |e: &io::Error| Failure(format!("{} is no whole backup: {e}", file.display()));
    let foreign =
        |name: &str| Failure(format!("{} has {name:?} in it, which is no part of a backup", file.display()));
    let mut manifest: Option<Manifest> = None;
    let mut seen = HashSet::new();
    let (mut photos, mut has_database) = (0, false);
    let media = folder.join("media");
    let shelf = Shelf::open(&media).map_err(|e| at(&media, &e))?;
    for entry in tar.entries().map_err(|e| broken(&e))? {
        let mut entry = entry.map_err(|e| broken(&e))?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if !entry.header().entry_type().is_file() || !seen.insert(name.clone()) {
            return Err(foreign(&name));
        }
        let Some(said) = &manifest else {
            if name != manifest::NAME {
                return Err(Failure(format!(
                    "{} is no backup of dateline: it does not begin with a {}",
                    file.display(),
                    manifest::NAME
                )));
            }
            manifest = Some(Manifest::read(&bounded(&mut entry, MOST_MANIFEST).map_err(|e| broken(&e))?)?);
            continue;
        };
        match name.as_str() {
            "paper.sqlite" => {
                let path = folder.join("paper.sqlite");
                let mut to = File::create_new(&path).map_err(|e| at(&path, &e))?;
                // No more than the manifest says, whatever the header claims.
                let copied =
                    io::copy(&mut (&mut entry).take(said.database), &mut to).map_err(|e| broken(&e))?;
                if copied != said.database || entry.size() != said.database {
                    return Err(broken(&io::Error::other(
                        "the database is not as long as the manifest says",
                    )));
                }
                to.sync_all().map_err(|e| at(&path, &e))?;
                has_database = true;
            }
            "dateline.toml" => {
                let bytes = bounded(&mut entry, MOST_TEXT).map_err(|e| broken(&e))?;
                let path = folder.join("dateline.toml");
                std::fs::write(&path, bytes).map_err(|e| at(&path, &e))?;
            }
            name => match name.split_once('/') {
                Some(("theme", file_name)) if pages::Theme::names().contains(&file_name) => {
                    let bytes = bounded(&mut entry, MOST_TEXT).map_err(|e| broken(&e))?;
                    let path = folder.join("theme").join(file_name);
                    let parent = path.parent().unwrap_or(folder);
                    std::fs::create_dir_all(parent).map_err(|e| at(parent, &e))?;
                    std::fs::write(&path, bytes).map_err(|e| at(&path, &e))?;
                }
                Some(("media", digest)) => {
                    let bytes = bounded(&mut entry, media::MOST_BYTES as u64).map_err(|e| broken(&e))?;
                    if media::digest(&bytes) != digest {
                        return Err(broken(&io::Error::other(format!(
                            "the photo {digest:?} is not what its name says"
                        ))));
                    }
                    shelf.keep(&bytes).map_err(|e| at(&media, &e))?;
                    photos += 1;
                }
                _ => return Err(foreign(name)),
            },
        }
    }
    let Some(manifest) = manifest else {
        return Err(broken(&io::Error::other("it is empty")));
    };
    if !has_database || photos != manifest.photos {
        return Err(broken(&io::Error::other(format!(
            "it ends early: {photos} of {} photos are there{}",
            manifest.photos,
            if has_database { "" } else { ", and no database" }
        ))));
    }
    Ok(manifest)
}

fn bounded(entry: &mut impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    entry.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("a file in it is larger than {} kB", most >> 10)));
    }
    Ok(bytes)
}
