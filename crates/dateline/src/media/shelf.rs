//! Where photos are kept: files named by their content's SHA-256, so that the same photo is kept once and a
//! name never means another.

use sha2::{Digest, Sha256};
use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

pub struct Shelf(PathBuf);

/// A photo's name here: the SHA-256 of its bytes, in lowercase hex.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

impl Shelf {
    pub fn open(folder: &Path) -> io::Result<Shelf> {
        fs::create_dir_all(folder)?;
        Ok(Shelf(folder.to_owned()))
    }

    /// Keeps a photo as received, durable when this returns. Gives its digest.
    pub fn keep(&self, bytes: &[u8]) -> io::Result<String> {
        let digest = digest(bytes);
        self.put(&digest, &digest, bytes)?;
        Ok(digest)
    }

    /// The photo as received.
    pub fn original(&self, digest: &str) -> io::Result<Option<Vec<u8>>> {
        self.get(digest, digest)
    }

    /// Where the photo as received is kept, or would be; `None` where `digest` is none.
    pub fn path(&self, digest: &str) -> Option<PathBuf> {
        Some(self.folder(digest)?.join(digest))
    }

    pub fn put_rendition(&self, digest: &str, width: u32, jpeg: &[u8]) -> io::Result<()> {
        self.put(digest, &format!("{digest}-{width}.jpg"), jpeg)
    }

    pub fn rendition(&self, digest: &str, width: u32) -> io::Result<Option<Vec<u8>>> {
        self.get(digest, &format!("{digest}-{width}.jpg"))
    }

    fn put(&self, digest: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
        let folder = self.folder(digest).ok_or_else(|| io::Error::other("not a digest"))?;
        let path = folder.join(name);
        if path.exists() {
            return Ok(());
        }
        fs::create_dir_all(&folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(&path).map_err(|e| e.error)?;
        // The name itself must survive a power cut, too.
        fs::File::open(&folder)?.sync_all()
    }

    fn get(&self, digest: &str, name: &str) -> io::Result<Option<Vec<u8>>> {
        let Some(folder) = self.folder(digest) else { return Ok(None) };
        match fs::read(folder.join(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// Only a digest names a folder, so that no name leads elsewhere.
    fn folder(&self, digest: &str) -> Option<PathBuf> {
        let is_digest = digest.len() == 64 && digest.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        is_digest.then(|| self.0.join(&digest[..2]))
    }
}
