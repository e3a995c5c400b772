//! The files of an import: found in a fixed order, read within bounds, and nothing outside the folders
//! that were named.

use super::result::Tally;
use crate::{intake, media};
use std::{
    fs, io,
    io::Read,
    path::{Path, PathBuf},
};

pub struct Found {
    pub path: PathBuf,
}

/// Pictures are photos of the items beside them.
const PICTURES: [&str; 5] = ["jpg", "jpeg", "png", "webp", "gif"];
/// Folders within folders; deeper is a mistake, or a trap.
const DEEPEST: usize = 64;

/// All files that `paths` name, folders with all they hold, in the order of their names.
pub fn find(paths: &[PathBuf], tally: &mut Tally) -> Vec<Found> {
    let mut found = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Err(e) => tally.refuse(path, "file", words(&e)),
            Ok(kind) if kind.is_dir() => match path.canonicalize() {
                Ok(root) => walk(path, &root, 0, &mut found, tally),
                Err(e) => tally.refuse(path, "file", words(&e)),
            },
            Ok(_) if is_picture(path) => {
                tally.refuse(path, "file", "is a picture: import the item that names it".into());
            }
            Ok(_) => found.push(Found { path: path.clone() }),
        }
    }
    found
}

fn walk(folder: &Path, root: &Path, depth: usize, found: &mut Vec<Found>, tally: &mut Tally) {
    if depth > DEEPEST {
        return tally.refuse(folder, "file", format!("stands more than {DEEPEST} folders deep"));
    }
    let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(e) => return tally.refuse(folder, "file", words(&e)),
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(e) => {
                tally.refuse(&path, "file", words(&e));
                continue;
            }
        };
        if kind.is_symlink() {
            match path.canonicalize() {
                // A folder within the one named is walked at its own place.
                Ok(to) if to.starts_with(root) && to.is_dir() => {}
                Ok(to) if to.starts_with(root) && !is_picture(&path) => found.push(Found { path }),
                Ok(to) if to.starts_with(root) => {}
                Ok(_) => tally
                    .note(&path, "It is a link that leads out of the folder; it was not followed.".into()),
                Err(e) => tally.refuse(&path, "file", words(&e)),
            }
        } else if kind.is_dir() {
            walk(&path, root, depth + 1, found, tally);
        } else if !is_picture(&path) {
            found.push(Found { path });
        }
    }
}

fn is_picture(path: &Path) -> bool {
    let end = path.extension().map(|end| end.to_string_lossy().to_ascii_lowercase());
    end.is_some_and(|end| PICTURES.contains(&end.as_str()))
}

/// A regular file of at most `most` bytes; its length is looked at before anything is read.
pub fn read_bounded(path: &Path, most: usize) -> Result<Vec<u8>, String> {
    let kind = fs::metadata(path).map_err(|e| words(&e))?;
    if kind.is_dir() {
        return Err("is a folder where a file should be".into());
    }
    if !kind.is_file() {
        return Err("is no ordinary file".into());
    }
    let too_long = |bytes: u64| format!("is {bytes} bytes long; at most {} MiB are read", most >> 20);
    if kind.len() > most as u64 {
        return Err(too_long(kind.len()));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|e| words(&e))?;
    // It may grow while it is read.
    file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(|e| words(&e))?;
    if bytes.len() > most {
        return Err(too_long(bytes.len() as u64));
    }
    Ok(bytes)
}

pub fn words(e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::NotFound => "is not there".into(),
        io::ErrorKind::PermissionDenied => "may not be read by this user".into(),
        _ => format!("cannot be read: {e}"),
    }
}

/// The files in the folder of an item's file.
pub struct Beside(Option<PathBuf>);

impl Beside {
    pub fn of(item: &Path) -> Beside {
        // Of a linked item the folder where it truly stands is not the one that was named.
        let folder = item.parent().map(|p| if p.as_os_str().is_empty() { Path::new(".") } else { p });
        Beside(folder.and_then(|f| f.canonicalize().ok()))
    }
}

impl intake::Beside for Beside {
    fn file(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        let Some(folder) = self.0.as_ref().filter(|_| !name.starts_with('.')) else { return Ok(None) };
        let Ok(path) = folder.join(name).canonicalize() else { return Ok(None) };
        if path.parent() != Some(folder) || !path.is_file() {
            return Ok(None);
        }
        read_bounded(&path, media::MOST_BYTES).map(Some).map_err(|why| io::Error::other(format!("it {why}")))
    }
}
