//! The table of templates that come with Dateline.

macro_rules! table {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../templates/", $name)))),*] };
}

/// The readers' pages.
const READER: &[(&str, &str)] = table!["reader.css", "base.html", "error.html"];

/// Every template with its source.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    READER.iter().copied()
}
