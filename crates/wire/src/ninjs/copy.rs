//! What both readers make of an item's texts: each text has a role and a content type, by which its place in
//! the paper is chosen.

use super::{Fields, Malformed};
use crate::{
    body::{Block, from_html, from_plain, one_line},
    plain_text,
};
use newsroom::item::ItemPhoto;

/// What an item says, before its dateline is stripped.
#[derive(Default)]
pub(super) struct Parts {
    pub headline: String,
    pub kicker: String,
    pub standfirst: String,
    pub body: Vec<Block>,
    /// Whose text it is, where a field says so.
    pub agency: String,
    /// In the order given, each once.
    pub subjects: Vec<String>,
    pub photos: Vec<ItemPhoto>,
    pub notes: Vec<String>,
}

/// A text with its role: `headline_main`, or `{"role": "main", "value": …}`.
pub(super) struct Named<'a> {
    /// Lower case; empty when none is given.
    pub role: String,
    pub value: &'a str,
}

/// The text of the first of `roles` that is there; where none is, of the first text with no role if
/// `or_any`, and at last of the first one.
pub(super) fn choose<'a>(texts: &[Named<'a>], roles: &[&str], or_any: bool) -> &'a str {
    let filled = || texts.iter().filter(|t| !t.value.trim().is_empty());
    roles
        .iter()
        .find_map(|role| filled().find(|t| t.role == *role))
        .or_else(|| filled().find(|t| or_any && t.role.is_empty()))
        .or_else(|| filled().find(|_| or_any))
        .map_or("", |t| t.value)
}

pub(super) const MAIN: [&str; 4] = ["main", "headline", "title", "text"];
pub(super) const KICKERS: [&str; 4] = ["kicker", "overline", "surtitle", "pretitle"];
pub(super) const STANDFIRSTS: [&str; 9] =
    ["standfirst", "summary", "abstract", "lead", "leadin", "teaser", "subheadline", "text", "html"];
pub(super) const CAPTIONS: [&str; 6] = ["caption", "caption_xhtml", "text", "main", "html", "xhtml"];
pub(super) const ALTS: [&str; 4] = ["alttext", "alt", "alt_text", "accessibility"];
pub(super) const CREDITS: [&str; 4] = ["creditline", "credit", "credit_line", "source"];

/// A field that is one line of plain text, though it may come as HTML.
pub(super) fn plain_line(text: &str, most: usize) -> String {
    if looks_like_html(text)
        && let Ok(blocks) = from_html(text)
    {
        return plain_text::line(&one_line(&blocks), most);
    }
    plain_text::line(text, most)
}

/// Characters of a caption or standfirst.
pub(super) const LONGEST_SUMMARY: usize = 3_000;

/// A body with what is known of its form, and its path for the fault.
pub(super) struct Body<'a> {
    pub path: String,
    pub role: String,
    /// Content type in lower case, or the name's end in ninjs 1; may be empty.
    pub form: String,
    pub value: &'a str,
}

impl Body<'_> {
    fn is_html(&self) -> bool {
        let marked = ["html", "xml", "nitf"].iter().any(|m| self.form.contains(m));
        let plain = self.form.contains("plain") || self.form == "text";
        marked || (!plain && looks_like_html(self.value))
    }

    fn is_text(&self) -> bool {
        let form = self.form.as_str();
        let is_type = form.contains('/');
        self.is_html() || !is_type || form.starts_with("text/")
    }
}

/// The blocks of the best of the bodies: HTML before plain text, the main one before others. A body of a
/// form that is not read gives a note.
pub(super) fn body_of(bodies: &[Body<'_>], notes: &mut Vec<String>) -> Result<Vec<Block>, Malformed> {
    let main = |b: &&&Body<'_>| {
        matches!(b.role.as_str(), "" | "main" | "text" | "xhtml" | "html" | "body" | "article")
    };
    let filled: Vec<&Body<'_>> = bodies.iter().filter(|b| !b.value.trim().is_empty()).collect();
    let html: Vec<&Body<'_>> = filled.iter().filter(|b| b.is_html()).copied().collect();
    let text: Vec<&Body<'_>> = filled.iter().filter(|b| !b.is_html() && b.is_text()).copied().collect();
    let of = |all: &[&Body<'_>]| all.iter().position(|b| main(&b)).or((!all.is_empty()).then_some(0));
    if let Some(at) = of(&html) {
        return from_html(html[at].value).map_err(|what| Malformed::at(html[at].path.clone(), what));
    }
    if let Some(at) = of(&text) {
        return from_plain(text[at].value).map_err(|what| Malformed::at(text[at].path.clone(), what));
    }
    for body in filled {
        notes.push(format!("{}: {} is not read.", body.path, plain_text::shown(&body.form)));
    }
    Ok(vec![])
}

/// Tags that prose does not have.
fn looks_like_html(text: &str) -> bool {
    text.contains("</") || ["<p>", "<p ", "<br", "<div"].iter().any(|t| text.contains(t))
}

/// Names of concepts: subjects, sources. Those without a name are passed over.
pub(super) fn names(entries: &[Fields<'_>]) -> Result<Vec<String>, Malformed> {
    let mut found: Vec<String> = Vec::new();
    for entry in entries {
        let name = entry.line(&["name"], 120)?;
        if !name.is_empty() && !found.contains(&name) {
            found.push(name);
        }
    }
    Ok(found)
}

/// Whose text it is: the first source named, or the credit line, or the holder of the copyright. Where a
/// dateline names an agency, only the sources go before it; that is for the caller.
pub(super) fn agency_of(
    fields: &Fields<'_>,
    sources: &[Fields<'_>],
    credit: &str,
) -> Result<String, Malformed> {
    if let Some(name) = names(sources)?.into_iter().next() {
        return Ok(name);
    }
    for own in ["source", "creditline", "provider"] {
        let name = plain_text::line(fields.words(&[own])?, 120);
        if !name.is_empty() {
            return Ok(name);
        }
    }
    Ok(plain_text::line(credit, 120))
}
