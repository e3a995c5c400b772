//! The one renderer of the small markup of bodies and comments. Whatever comes in, only a handful of
//! harmless elements can come out: they are written here by hand, and nothing is passed through.

mod autolink;
mod escape;
mod html;
mod marked;
mod plain;

use std::borrow::Cow;

use newsroom::dateline::Dateline;
use pulldown_cmark::{Options, Parser};

pub use escape::escape;
pub use marked::marked;
pub use plain::{plain, summary};

use html::{Kind, Writer};

/// Blocks and emphasis are nested no deeper than this; what is deeper joins the level above it.
pub const DEEPEST: usize = 8;

/// A story's body as HTML: paragraphs, subheads (`h2`, `h3`), quotes, lists, code, emphasis, links.
pub fn body_html(text: &str) -> String {
    Writer::new(Kind::Body, String::new()).write(text)
}

/// The same with the dateline before the first sentence, as the agency writes it, in `span.dateline`.
pub fn body_html_with_dateline(text: &str, dateline: Option<&Dateline>) -> String {
    let lead = match dateline {
        Some(dateline) if !dateline.is_empty() => {
            format!("<span class=\"dateline\">{}</span> ", escape(&dateline.render()))
        }
        _ => String::new(),
    };
    Writer::new(Kind::Body, lead).write(text)
}

/// A comment's text as HTML: each newline is a line break, headings are paragraphs, links are marked as
/// written by readers.
pub fn comment_html(text: &str) -> String {
    Writer::new(Kind::Comment, String::new()).write(text)
}

/// CommonMark without extensions, and without link definitions: `[name]: address` at the start of a line
/// would vanish from the page, so it is read as text.
fn parsed<R>(text: &str, read: impl FnOnce(Parser<'_>) -> R) -> R {
    let parser = Parser::new_ext(text, Options::empty());
    let mut hidden: Vec<usize> =
        parser.reference_definitions().iter().map(|(_, def)| def.span.start).collect();
    if hidden.is_empty() {
        return read(parser);
    }
    hidden.sort_unstable();
    let mut shown = String::with_capacity(text.len() + hidden.len());
    let mut from = 0;
    for at in hidden {
        shown.push_str(&text[from..at]);
        shown.push('\\');
        from = at;
    }
    shown.push_str(&text[from..]);
    read(Parser::new_ext(&shown, Options::empty()))
}

/// NUL is the one character that HTML cannot hold.
fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{fffd}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests;
