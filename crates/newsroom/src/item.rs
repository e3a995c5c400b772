//! A received item: what came by wire or import, in the newspaper's own words, before the desk has it.

use crate::{Millis, discussion::Network, ednote::EdNote, photo::Credit, slug::Slugline, story::Copy};

/// What an item is known by: the sender's identifier and version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// `urn:newsml:…`, a URL, or for a saved page its own digest-free name (`saved-page:{headline slug}/{day}`).
    pub uri: String,
    /// Orders versions of the same uri: the sender's version number, or its versionCreated; 0 when unknown.
    pub version: i64,
    /// SHA-256 of the item in its canonical form, lowercase hex: equal means that nothing changed.
    pub digest: String,
}

/// What the sender allows now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PubStatus {
    #[default]
    Usable,
    /// Not now: kept at the desk, not to be published.
    Withheld,
    /// Withdrawn for ever: kills what was published.
    Canceled,
}

/// A photo that an item names, and where its bytes may be found beside it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ItemPhoto {
    /// A file name or reference, as the sender wrote it, largest rendition first; only files that came
    /// with the item are ever opened.
    pub hrefs: Vec<String>,
    pub caption: String,
    pub alt: String,
    pub credit: Credit,
}

/// A comment that came with a saved page or an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemComment {
    pub name: String,
    /// The network as the source masked it.
    pub network: Option<Network>,
    pub text: String,
    pub at: Millis,
}

/// One thing received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub source: Source,
    pub copy: Copy,
    pub pub_status: PubStatus,
    pub embargo_until: Option<Millis>,
    pub urgency: u8,
    pub slugline: Slugline,
    pub ednote: EdNote,
    pub usage_terms: String,
    pub photos: Vec<ItemPhoto>,
    /// When the source says that it was published: a saved page has one, a wire item only its version.
    pub published_at: Option<Millis>,
    /// Whether it is an archive's page, published at its own time without being asked (`published_at` is then set).
    pub archive: bool,
    pub comments: Vec<ItemComment>,
    /// The number of comments that the page itself said it had, where it did.
    pub comments_said: Option<u32>,
    /// Things the reader of the format wants the desk to know; each in one sentence.
    pub notes: Vec<String>,
}
