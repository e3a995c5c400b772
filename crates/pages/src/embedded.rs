//! The table of templates that come with Dateline.

macro_rules! table {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../templates/", $name)))),*] };
}

/// The readers' pages.
const READER: &[(&str, &str)] = table![
    "reader.css",
    "base.html",
    "parts.html",
    "front.html",
    "list.html",
    "search.html",
    "story.html",
    "discussion.html",
    "talk.html",
    "thread.html",
    "receipt.html",
    "gone.html",
    "error.html",
];

/// Every template with its source.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    READER.iter().copied()
}
