//! All HTML, feeds, sitemaps and structured data of the paper, made from domain types: data in, text out.

pub mod assets;
mod card;
pub mod desk;
mod embedded;
pub mod error;
pub mod feed;
mod figure;
pub mod form;
mod frame;
pub mod front;
pub mod gone;
pub mod house_rules;
pub mod letter;
pub mod list;
pub mod markup;
pub mod outside;
#[cfg(test)]
mod page_tests;
pub mod receipt;
pub mod report;
pub mod ruling_log;
pub mod sample;
mod search;
pub mod sitemap;
mod social;
pub mod story;
mod structured;
mod talk;
pub mod theme;
pub mod thread;
pub mod transparency;
mod xml;

pub use error::ErrorPage;
pub use feed::{DiscussionFeed, Feed, FeedItem, Talked};
pub use form::Form;
pub use front::Front;
pub use gone::Gone;
pub use list::{List, ListKind};
pub use outside::OutsidePage;
pub use receipt::{AppealForm, EditForm, OwnData, Receipt, Statement};
pub use report::{ReportFate, ReportPage};
pub use search::{Found, Piece, Search};
pub use sitemap::{NewsSitemap, Sitemap, SitemapIndex};
pub use story::StoryPage;
pub use theme::{Fault, Theme};
pub use thread::ThreadPage;
