//! One process for each data directory, kept by a lock on a file in it.

use crate::failure::Failure;
use std::{
    fs::{File, TryLockError},
    path::Path,
};

/// Held as long as it lives; the system lets go of it also when the process is killed.
#[derive(Debug)]
pub struct DataLock {
    _file: File,
}

impl DataLock {
    /// Makes the data directory where it is missing, and takes it for this process.
    pub fn take(data: &Path) -> Result<DataLock, Failure> {
        let at = data.display();
        if data.exists() && !data.is_dir() {
            return Err(Failure(format!("{at} is a file: name a directory with --data")));
        }
        std::fs::create_dir_all(data)
            .map_err(|e| Failure(format!("the data directory {at} cannot be made: {e}")))?;
        let path = data.join("serve.lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|e| Failure(format!("{} cannot be written: {e}", path.display())))?;
        match file.try_lock() {
            Ok(()) => Ok(DataLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Failure(format!(
                "another dateline is serving this data directory ({at}): stop it first, or name another with --data"
            ))),
            Err(TryLockError::Error(e)) => Err(Failure(format!("{} cannot be locked: {e}", path.display()))),
        }
    }
}
