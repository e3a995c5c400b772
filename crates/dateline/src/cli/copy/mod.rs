//! A whole paper as one tar file: `dateline backup` writes it, `restore` makes a data directory of it,
//! `check FILE` reads it. The manifest comes first, the database second, then settings, theme and photos.

mod backup;
mod manifest;
mod restore;
mod unpack;

pub(super) use backup::run as backup;
pub(super) use restore::run as restore;
pub(super) use unpack::{is_copy, unpack};

/// Bytes of the manifest at most.
const MOST_MANIFEST: u64 = 64 << 10;
/// Bytes of the settings or of one file of a theme at most.
const MOST_TEXT: u64 = 8 << 20;

/// A file that cannot be written or read, as the end of a command.
fn at(path: &std::path::Path, e: &std::io::Error) -> crate::failure::Failure {
    crate::failure::Failure(format!("{}: {e}", path.display()))
}
