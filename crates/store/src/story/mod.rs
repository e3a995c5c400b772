//! Stories: whole ones, lists of them, and every change of one.

mod cards;
mod desk;
mod find;
mod parts;
mod save;
mod sitemap;

pub use cards::{ListOf, Since};
pub use desk::{Deed, DeskRow};
pub use sitemap::Month;
