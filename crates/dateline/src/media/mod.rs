//! Photos: what is received is examined before it is kept, kept under its digest, and made ready in a few
//! widths without whatever else the file carried.

mod examine;
mod render;
mod shelf;

pub use examine::{Examined, MOST_BYTES, examine};
pub use render::{Rendition, render};
pub use shelf::{Shelf, digest};

/// Why a file is no photo for us, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unfit(pub String);

#[cfg(test)]
mod tests;
