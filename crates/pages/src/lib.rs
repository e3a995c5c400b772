//! All HTML, feeds, sitemaps and structured data of the paper, made from domain types: data in, text out.

pub mod assets;
mod embedded;
pub mod error;
mod frame;
pub mod markup;
pub mod sample;
pub mod theme;

pub use error::ErrorPage;
pub use theme::{Fault, Theme};
