//! What an item says, as a story's copy: the dateline stripped from the body, the subjects as section and
//! topics.

use super::{Fields, Malformed, Parts};
use crate::{
    body::{Kind, to_markup},
    dateline,
    plain_text::{line, shown},
};
use jiff::civil::Date;
use newsroom::{dateline::Dateline, section::MOST_TOPICS, story::Copy};

/// The copy of a story; `reference` is the day from which a dateline's date is reckoned.
pub(super) fn of(
    fields: &Fields<'_>,
    mut parts: Parts,
    reference: Option<Date>,
    notes: &mut Vec<String>,
) -> Result<Copy, Malformed> {
    // Some senders repeat the headline above the text.
    if parts.body.first().is_some_and(|b| b.kind == Kind::Subhead && line(&b.text(), 300) == parts.headline) {
        parts.body.remove(0);
    }
    let located = fields.line(&["located"], 80)?;
    let mut dateline = Dateline::default();
    if let Some(first) = parts.body.first_mut()
        && first.kind == Kind::Paragraph
        && let Some((found, bytes)) = dateline::strip(&first.text(), reference)
    {
        dateline = found;
        first.cut_start(bytes);
        if first.runs.is_empty() {
            parts.body.remove(0);
        }
    }
    let agency = if parts.agency.is_empty() { dateline.agency.clone() } else { parts.agency };
    if dateline.is_empty() {
        let field = fields.words(&["dateline", "dateLine"])?;
        dateline = dateline::of_field(field, reference).unwrap_or_default();
    }
    if dateline.is_empty() && !located.is_empty() && !parts.body.is_empty() {
        dateline = Dateline { place: located, agency: agency.clone(), ..Dateline::default() };
    }
    let language = language(fields, notes)?;
    let mut subjects = parts.subjects.into_iter();
    let section = subjects.next().unwrap_or_default();
    let mut topics: Vec<String> = Vec::new();
    for topic in subjects {
        if topics.len() < MOST_TOPICS && !topics.contains(&topic) && topic != section {
            topics.push(topic);
        }
    }
    Ok(Copy {
        headline: parts.headline,
        kicker: parts.kicker,
        standfirst: parts.standfirst,
        byline: fields.line(&["by", "byline"], 300)?,
        dateline,
        body: to_markup(&parts.body),
        agency,
        language,
        section,
        topics,
    })
}

/// A BCP 47 tag by its form; anything else is left out, with a note.
fn language(fields: &Fields<'_>, notes: &mut Vec<String>) -> Result<String, Malformed> {
    let tag = fields.line(&["language"], 40)?.replace('_', "-");
    let part = |p: &str| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric());
    if tag.is_empty() || tag.split('-').all(part) {
        return Ok(tag);
    }
    notes.push(format!("The language {} is not one that can be told.", shown(&tag)));
    Ok(String::new())
}
