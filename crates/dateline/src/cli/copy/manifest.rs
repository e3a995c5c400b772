//! What a backup says of itself, before all else in it.

use crate::failure::Failure;
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "manifest.json";
const FORMAT: &str = "dateline-backup";

#[derive(Serialize, Deserialize)]
pub struct Manifest {
    format: String,
    /// Of the program that wrote it.
    pub version: String,
    /// Of the database in it.
    pub schema: usize,
    /// When the copy was made, RFC 3339.
    pub at: String,
    /// Photos in it: a tar that was cut between two of them would otherwise look whole.
    pub photos: usize,
    /// Bytes of the database.
    pub database: u64,
}

impl Manifest {
    pub fn new(at: String, photos: usize, database: u64) -> Manifest {
        Manifest {
            format: FORMAT.into(),
            version: env!("CARGO_PKG_VERSION").into(),
            schema: store::SCHEMA_VERSION,
            at,
            photos,
            database,
        }
    }

    pub fn read(bytes: &[u8]) -> Result<Manifest, Failure> {
        let manifest: Manifest = serde_json::from_slice(bytes)
            .map_err(|e| Failure(format!("the backup's {NAME} cannot be read: {e}")))?;
        if manifest.format != FORMAT {
            return Err(Failure(format!("the file is no backup of dateline: its {NAME} says otherwise")));
        }
        if manifest.schema > store::SCHEMA_VERSION {
            return Err(Failure(format!(
                "the backup was written by dateline {}, whose data are of version {}; this dateline knows versions up to {}: restore it with that dateline or a newer one",
                manifest.version,
                manifest.schema,
                store::SCHEMA_VERSION
            )));
        }
        Ok(manifest)
    }
}
