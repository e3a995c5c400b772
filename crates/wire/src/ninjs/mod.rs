//! IPTC ninjs, news in JSON: versions 1.0–1.6, 2.0–2.2 and 3.0–3.1.
//!
//! Read leniently, since agencies add members of their own; but a field that is relied on must be what the
//! standard says, else the item is refused by that field's name. `null` is taken for absent.

mod copy;
mod fields;
mod photos;
mod story_copy;
mod v1;
mod v2;
mod version;

use crate::{
    Malformed, digest,
    plain_text::{line, shown},
};
use copy::{Body, Named, Parts};
use fields::Fields;
use newsroom::{
    Millis, Zone,
    ednote::EdNote,
    item::{Item, PubStatus, Source},
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
    let is_picture = is_picture(fields)?;
    let pub_status = pub_status(fields)?;
    let created = fields.date(&["versionCreated", "versioncreated"])?;
    let number = fields.version_number()?;
    let source = Source {
        uri,
        version: created.map(|at| at.0).or(number).unwrap_or(0),
        digest: digest::of_json(fields.value(), &BESIDE_THE_TEXT),
    };
    let item = Item {
        source,
        copy: Copy::default(),
        pub_status,
        embargo_until: None,
        urgency: 0,
        slugline: Slugline::default(),
        ednote: EdNote::default(),
        usage_terms: String::new(),
        photos: vec![],
        published_at: None,
        archive: false,
        comments: vec![],
        comments_said: None,
        notes: vec![],
    };
    match told(fields, major, is_picture, created, zone, item.clone()) {
        // A kill must not be lost for a fault in a text that nobody is to read.
        Err(fault) if pub_status == PubStatus::Canceled => {
            Ok(Item { notes: vec![format!("Only its withdrawal was read. {fault}.")], ..item })
        }
        told => told,
    }
}

/// `item` with all that the sender tells.
fn told(
    fields: &Fields<'_>,
    major: Major,
    is_picture: bool,
    created: Option<Millis>,
    zone: &Zone,
    mut item: Item,
) -> Result<Item, Malformed> {
    fields.date(&["contentCreated", "contentcreated"])?;
    let first = fields.date(&["firstCreated", "firstcreated"])?;
    item.embargo_until = fields.date(&["embargoedUntil", "embargoeduntil", "embargoed"])?;
    item.urgency = fields.urgency()?;
    item.usage_terms = rights(fields)?;
    item.slugline = Slugline(fields.line(&["slugline"], 200)?);
    item.ednote = EdNote::new(fields.text(&["edNote", "ednote"])?.trim());
    item.notes.extend(digital_source(fields)?);
    if let Some(at) = fields.date(&["expires"])? {
        item.notes.push(format!("The sender says that it expires at {}.", at.rfc3339()));
    }
    let mut parts = match major {
        Major::One => v1::parts(fields, is_picture)?,
        Major::Two => v2::parts(fields, is_picture)?,
    };
    item.notes.append(&mut parts.notes);
    item.photos = std::mem::take(&mut parts.photos);
    let reference = created.or(first).map(|at| zone.day(at));
    item.copy = story_copy::of(fields, parts, reference, &mut item.notes)?;
    if item.pub_status != PubStatus::Canceled {
        if item.copy.headline.is_empty() {
            item.notes.push("The item has no headline.".into());
        }
        if item.copy.body.is_empty() {
            let what = if is_picture { "is a picture alone" } else { "has no text" };
            item.notes.push(format!("The item {what}."));
        }
    }
    Ok(item)
}

/// Whether it is a picture or a story; anything else is refused.
fn is_picture(fields: &Fields<'_>) -> Result<bool, Malformed> {
    match fields.text(&["type"])? {
        "" | "text" | "composite" | "component" => Ok(false),
        "picture" | "graphic" => Ok(true),
        kind @ ("audio" | "video" | "planning" | "event") => {
            let article = if matches!(kind, "audio" | "event") { "an" } else { "a" };
            Err(fields.fault("type", format!("{article} {kind} item is not a story")))
        }
        other => Err(fields.fault("type", format!("{} is not a type of ninjs", shown(other)))),
    }
}

fn pub_status(fields: &Fields<'_>) -> Result<PubStatus, Malformed> {
    let names = ["pubStatus", "pubstatus"];
    match fields.text(&names)? {
        "" | "usable" => Ok(PubStatus::Usable),
        "withheld" => Ok(PubStatus::Withheld),
        "canceled" => Ok(PubStatus::Canceled),
        other => {
            let what = format!("must be usable, withheld or canceled, not {}", shown(other));
            Err(fields.fault(fields.present(&names), what))
        }
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
        return Err(source.fault("uri", format!("{} is not a URI", shown(uri))));
    }
    source.text(&["name"])?;
    let literal = source.text(&["literal"])?;
    let code = uri.rsplit(['/', ':']).next().filter(|c| !c.is_empty()).unwrap_or(literal);
    let made = code.to_ascii_lowercase().contains("algorithmic");
    Ok(made
        .then(|| format!("The sender says that it was made by a machine, or with one ({}).", line(code, 60))))
}
