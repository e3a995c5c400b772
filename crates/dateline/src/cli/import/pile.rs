//! Comments that are written together: of many small threads, or some of a large one. A transaction for each page of
//! ten comments would cost more than the comments.

use super::archive::failed;
use crate::{app::AppState, clock, failure::Failure};
use store::bring::Sheaf;

/// Written as soon as there are so many,
const COMMENTS: usize = 5_000;
/// or their texts have so many bytes.
const BYTES: usize = 8 << 20;

pub struct Pile<'a> {
    app: &'a AppState,
    sheaves: Vec<Sheaf>,
    comments: usize,
    bytes: usize,
}

impl<'a> Pile<'a> {
    pub fn new(app: &'a AppState) -> Pile<'a> {
        Pile { app, sheaves: Vec::new(), comments: 0, bytes: 0 }
    }

    pub async fn put(&mut self, sheaf: Sheaf) -> Result<(), Failure> {
        self.comments += sheaf.comments.len();
        self.bytes += sheaf.comments.iter().map(|c| c.text.len()).sum::<usize>();
        self.sheaves.push(sheaf);
        if self.comments >= COMMENTS || self.bytes >= BYTES {
            self.write().await?;
        }
        Ok(())
    }

    /// What is left.
    pub async fn write(&mut self) -> Result<(), Failure> {
        let sheaves = std::mem::take(&mut self.sheaves);
        (self.comments, self.bytes) = (0, 0);
        if sheaves.is_empty() {
            return Ok(());
        }
        self.app.store.bring(&sheaves, clock::now()).await.map_err(failed)
    }
}
