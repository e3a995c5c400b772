//! Hostile bytes in, items out: what agencies and archives send, read into the newspaper's own words.
//!
//! [`read`] does no I/O, never panics, and allocates no more than a fixed multiple of [`MOST_BYTES`].

pub mod archive;
mod body;
mod credit;
mod dateline;
mod digest;
mod format;
mod malformed;
mod ninjs;
mod plain_text;
mod saved_page;

pub use credit::caption_and_credit;
pub use format::Format;
pub use malformed::Malformed;

use newsroom::{Zone, item::Item};

/// Bytes of one file or request that are read at most.
pub const MOST_BYTES: usize = 8 << 20;

/// Reads every item in `bytes`. The format is found out where none is named. `zone` is the paper's: a
/// saved page prints its time in it, and a dateline's day is reckoned in it.
///
/// One fault refuses the whole file, so that nothing is half-taken; it names the item, `[3].uri`.
pub fn read(bytes: &[u8], format: Option<Format>, zone: &Zone) -> Result<Vec<Item>, Malformed> {
    if bytes.len() > MOST_BYTES {
        let most = MOST_BYTES >> 20;
        return Err(Malformed::file(format!("is {} bytes long; at most {most} MiB are read", bytes.len())));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Malformed::file("is empty"));
    }
    let text = plain_text::utf8(bytes)?;
    match format.or_else(|| Format::sniff(bytes, "")) {
        Some(Format::Ninjs) => ninjs::read(text, zone),
        Some(Format::SavedPage) => saved_page::read(text, zone).map(|item| vec![item]),
        None => Err(Malformed::file("is of no format that is read here (ninjs, saved-page)")),
    }
}
