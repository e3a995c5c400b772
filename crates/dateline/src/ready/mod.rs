//! Ready pages: rendered once, kept as bytes, and gone the moment something they depend on changes.
//!
//! The promise: a request that begins after [`ReadyPages::invalidate`] returned never gets bytes rendered
//! from what was read before it.

mod answer;
mod book;
mod page;
mod press;
mod quiet;

pub use page::{Encoding, Page, Rendered};
pub use press::{ReadyPages, Settings};
