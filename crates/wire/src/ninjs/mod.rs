//! IPTC ninjs, news in JSON: versions 1.0–1.6, 2.0–2.2 and 3.0–3.1.
//!
//! Read leniently, since agencies add members of their own; but a field that is relied on must be what the
//! standard says, else the item is refused by that field's name. `null` is taken for absent.

mod copy;
mod fields;
mod photos;
mod v1;
mod v2;
mod version;

use crate::{Malformed, dateline, digest};
use copy::{Body, Named, Parts};
use fields::Fields;
use jiff::civil::Date;
use newsroom::{
    Millis, Zone,
    dateline::Dateline,
    ednote::EdNote,
    item::{Item, PubStatus, Source},
    section::MOST_TOPICS,
    slug::Slugline,
    story::Copy,
};
use serde_json::Value;
use version::Major;

/// Items in one file.
const MOST_ITEMS: usize = 1_000;

/// Values in one file: what holds the memory that its tree takes to about 50 MB.
const MOST_VALUES: usize = 500_000;

/// Members that say which version it is, not what it says: the same text sent again under a new number is
/// the same.
const BESIDE_THE_TEXT: [&str; 5] = ["version", "versioncreated", "versionCreated", "standard", "$standard"];

/// Every item of a JSON object or an array of objects. The dateline's day is reckoned in `zone`.
pub(crate) fn read(text: &str, zone: &Zone) -> Result<Vec<Item>, Malformed> {
    // Commas in prose count too; a file of so many is none that an agency sends.
    if text.bytes().filter(|b| matches!(b, b',' | b'[' | b'{')).count() > MOST_VALUES {
        return Err(Malformed::file(format!("has more than {MOST_VALUES} values")));
    }
    let value: Value = serde_json::from_str(text).map_err(|e| {
        let words = e.to_string();
        let what = words.rsplit_once(" at line ").map_or(words.as_str(), |(what, _)| what);
        Malformed::at(format!("line {}, column {}", e.line(), e.column()), format!("is not JSON: {what}"))
    })?;
    match &value {
        Value::Array(items) if items.is_empty() => Err(Malformed::file("has no items: the array is empty")),
        Value::Array(items) if items.len() > MOST_ITEMS => {
            Err(Malformed::file(format!("has {} items; at most {MOST_ITEMS} are read", items.len())))
        }
        Value::Array(items) => {
            items.iter().enumerate().map(|(i, v)| item(&Fields::root(v, format!("[{i}]"))?, zone)).collect()
        }
        _ => Ok(vec![item(&Fields::root(&value, String::new())?, zone)?]),
    }
}

fn item(fields: &Fields<'_>, zone: &Zone) -> Result<Item, Malformed> {
    let major = version::of(fields)?;
    let uri = fields.uri()?;
    let kind = fields.text(&["type"])?;
    let is_picture = match kind {
        "" | "text" | "composite" | "component" => false,
        "picture" | "graphic" => true,
        "audio" | "video" | "planning" | "event" => {
            let article = if matches!(kind, "audio" | "event") { "an" } else { "a" };
            return Err(fields.fault("type", format!("{article} {kind} item is not a story")));
        }
        other => {
            let other = crate::plain_text::shown(other);
            return Err(fields.fault("type", format!("{other} is not a type of ninjs")));
        }
    };
    let dates = Dates::of(fields)?;
    let pub_status = match fields.text(&["pubStatus", "pubstatus"])? {
        "" | "usable" => PubStatus::Usable,
        "withheld" => PubStatus::Withheld,
        "canceled" => PubStatus::Canceled,
        other => {
            let what =
                format!("must be usable, withheld or canceled, not {}", crate::plain_text::shown(other));
            return Err(fields.fault(fields.present(&["pubStatus", "pubstatus"]), what));
        }
    };
    let urgency = fields.urgency()?;
    let mut notes = Vec::new();
    let usage_terms = rights(fields)?;
    if let Some(note) = digital_source(fields)? {
        notes.push(note);
    }
    let number = fields.version_number()?;
    let version = dates.version.map(|at| at.0).or(number).unwrap_or(0);
    let reference = dates.version.or(dates.first).map(|at| zone.day(at));
    let mut parts = match major {
        Major::One => v1::parts(fields, is_picture)?,
        Major::Two => v2::parts(fields, is_picture)?,
    };
    if let Some(at) = dates.expires {
        notes.push(format!("The sender says that it expires at {}.", at.rfc3339()));
    }
    notes.append(&mut parts.notes);
    let photos = std::mem::take(&mut parts.photos);
    let copy = copy_of(fields, parts, reference, &mut notes)?;
    if copy.headline.is_empty() && pub_status != PubStatus::Canceled {
        notes.push("The item has no headline.".into());
    }
    if copy.body.is_empty() && pub_status != PubStatus::Canceled {
        let what = if is_picture { "is a picture alone" } else { "has no text" };
        notes.push(format!("The item {what}."));
    }
    Ok(Item {
        source: Source { uri, version, digest: digest::of_json(fields.value(), &BESIDE_THE_TEXT) },
        copy,
        pub_status,
        embargo_until: dates.embargo,
        urgency,
        slugline: Slugline(fields.line(&["slugline"], 200)?),
        ednote: EdNote::new(fields.text(&["edNote", "ednote"])?.trim()),
        usage_terms,
        photos,
        published_at: None,
        archive: false,
        comments: vec![],
        comments_said: None,
        notes,
    })
}

struct Dates {
    first: Option<Millis>,
    version: Option<Millis>,
    embargo: Option<Millis>,
    expires: Option<Millis>,
}

impl Dates {
    fn of(fields: &Fields<'_>) -> Result<Dates, Malformed> {
        fields.date(&["contentCreated", "contentcreated"])?;
        Ok(Dates {
            first: fields.date(&["firstCreated", "firstcreated"])?,
            version: fields.date(&["versionCreated", "versioncreated"])?,
            embargo: fields.date(&["embargoedUntil", "embargoeduntil", "embargoed"])?,
            expires: fields.date(&["expires"])?,
        })
    }
}

/// The usage terms in words, with the address of the rights where only that is given.
fn rights(fields: &Fields<'_>) -> Result<String, Malformed> {
    let mut terms = fields.text(&["usageTerms", "usageterms"])?.trim().to_owned();
    if let Some(info) = fields.object(&["rightsInfo", "rightsinfo"])? {
        let linked = info.text(&["linkedRights", "linkedrights"])?;
        let encoded = info.text(&["encodedRights", "encodedrights"])?;
        if linked.is_empty() == encoded.is_empty() {
            let name = fields.present(&["rightsInfo", "rightsinfo"]);
            return Err(fields.fault(name, "must have either linkedrights or encodedrights"));
        }
        if !linked.is_empty() {
            let gap = if terms.is_empty() { "" } else { " " };
            terms = format!("{terms}{gap}See {}", linked.trim());
        }
    }
    Ok(terms)
}

/// A note where the sender says that a machine made it.
fn digital_source(fields: &Fields<'_>) -> Result<Option<String>, Malformed> {
    let Some(source) = fields.object(&["digitalSourceType", "digitalsourcetype"])? else { return Ok(None) };
    let uri = source.text(&["uri"])?;
    if !uri.is_empty() && !fields::is_uri(uri) {
        return Err(source.fault("uri", format!("{} is not a URI", crate::plain_text::shown(uri))));
    }
    source.text(&["name"])?;
    let literal = source.text(&["literal"])?;
    let code = uri.rsplit(['/', ':']).next().filter(|c| !c.is_empty()).unwrap_or(literal);
    let made = code.to_ascii_lowercase().contains("algorithmic");
    Ok(made.then(|| {
        format!(
            "The sender says that it was made by a machine, or with one ({}).",
            crate::plain_text::line(code, 60)
        )
    }))
}

fn copy_of(
    fields: &Fields<'_>,
    mut parts: Parts,
    reference: Option<Date>,
    notes: &mut Vec<String>,
) -> Result<Copy, Malformed> {
    let located = fields.line(&["located"], 80)?;
    let mut dateline = Dateline::default();
    if let Some(first) = parts.body.first_mut()
        && matches!(first.kind, crate::body::Kind::Paragraph)
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
    let mut language = fields.line(&["language"], 40)?.replace('_', "-");
    if !language
        .split('-')
        .all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
    {
        if !language.is_empty() {
            notes.push(format!(
                "The language {} is not one that can be told.",
                crate::plain_text::shown(&language)
            ));
        }
        language.clear();
    }
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
        body: crate::body::to_markup(&parts.body),
        agency,
        language,
        section,
        topics,
    })
}
