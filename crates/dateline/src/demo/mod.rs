//! The demo paper: stories, pictures and discussions of our own making, embedded in the program.

pub mod content;
mod files;
mod fill;

pub use fill::{EDITOR, fill, settle};
