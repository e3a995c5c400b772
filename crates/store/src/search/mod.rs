//! Search: one analyser for all languages, an index in the database that follows it, and finding.

pub mod analyse;
mod find;
mod index;
mod query;
mod sweep;

pub use find::{Hit, Hits};
