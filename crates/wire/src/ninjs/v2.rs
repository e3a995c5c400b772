//! ninjs 2.0 to 3.1: `headlines`, `bodies`, `descriptions`, each a list with roles; associations and
//! renditions are lists too. Names are taken in the case of 2 and of 3.

use super::{
    Body, Fields, Malformed, Named, Parts,
    copy::{self, choose, plain_line},
    photos::{self, Picture, Rendition},
};
use newsroom::item::ItemPhoto;

const SOURCES: [&str; 2] = ["infoSources", "infosources"];
const CONTENT_TYPE: [&str; 2] = ["contentType", "contenttype"];

pub(super) fn parts(fields: &Fields<'_>, is_picture: bool) -> Result<Parts, Malformed> {
    let headlines = texts(fields, "headlines")?;
    let descriptions = texts(fields, "descriptions")?;
    let mut notes = Vec::new();
    let mut bodies = Vec::new();
    for (i, body) in fields.objects(&["bodies"])?.into_iter().enumerate() {
        bodies.push(Body {
            path: format!("bodies[{i}].value"),
            role: body.text(&["role"])?.to_lowercase(),
            form: body.text(&CONTENT_TYPE)?.to_lowercase(),
            value: value_of(&body)?,
        });
    }
    let mut photos = Vec::new();
    if is_picture {
        photos.extend(photo(fields)?);
    }
    photos.extend(associated(fields)?);
    let others = [&copy::CREDITS[..], &copy::ALTS, &["caption"]].concat();
    let summaries: Vec<Named<'_>> = descriptions
        .iter()
        .filter(|d| !others.contains(&d.role.as_str()))
        .map(|d| Named { role: d.role.clone(), value: d.value })
        .collect();
    let standfirst = if is_picture { "" } else { choose(&summaries, &copy::STANDFIRSTS, true) };
    Ok(Parts {
        headline: headline(fields, &headlines)?,
        kicker: plain_line(choose(&headlines, &copy::KICKERS, false), 120),
        standfirst: plain_line(standfirst, copy::LONGEST_SUMMARY),
        body: copy::body_of(&bodies, &mut notes)?,
        agency: copy::agency_of(
            fields,
            &fields.objects(&SOURCES)?,
            choose(&descriptions, &copy::CREDITS, false),
        )?,
        subjects: copy::names(&fields.objects(&["subjects"])?)?,
        photos: photos::limited(photos, &mut notes),
        notes,
    })
}

fn headline(fields: &Fields<'_>, headlines: &[Named<'_>]) -> Result<String, Malformed> {
    let title = fields.text(&["title"])?;
    let chosen = [
        choose(headlines, &copy::MAIN, false),
        choose(headlines, &[""], false),
        title,
        choose(headlines, &[], true),
    ];
    Ok(plain_line(chosen.into_iter().find(|h| !h.trim().is_empty()).unwrap_or_default(), 300))
}

fn value_of<'a>(entry: &Fields<'a>) -> Result<&'a str, Malformed> {
    if !entry.has_any(&["value"]) {
        return Err(entry.fault("value", "is missing"));
    }
    entry.text(&["value"])
}

fn texts<'a>(fields: &Fields<'a>, name: &str) -> Result<Vec<Named<'a>>, Malformed> {
    let entries = fields.objects(&[name])?;
    entries
        .iter()
        .map(|e| {
            e.text(&CONTENT_TYPE)?;
            Ok(Named { role: e.text(&["role"])?.to_lowercase(), value: value_of(e)? })
        })
        .collect()
}

fn associated(fields: &Fields<'_>) -> Result<Vec<ItemPhoto>, Malformed> {
    let mut found = Vec::new();
    for entry in fields.objects(&["associations"])? {
        entry.uri()?;
        if entry.text(&["name"])?.trim().is_empty() {
            return Err(entry.fault("name", "is missing"));
        }
        found.extend(photo(&entry)?);
    }
    Ok(found)
}

fn photo(fields: &Fields<'_>) -> Result<Option<ItemPhoto>, Malformed> {
    let mut renditions = Vec::new();
    for entry in fields.objects(&["renditions"])? {
        renditions.push(Rendition::of(&entry)?);
    }
    let descriptions = texts(fields, "descriptions")?;
    let bodies = texts(fields, "bodies")?;
    let captions: Vec<Named<'_>> = descriptions
        .iter()
        .filter(|d| !copy::CREDITS.contains(&d.role.as_str()) && !copy::ALTS.contains(&d.role.as_str()))
        .map(|d| Named { role: d.role.clone(), value: d.value })
        .collect();
    Picture {
        renditions,
        caption: choose(&captions, &copy::CAPTIONS, true),
        second: choose(&bodies, &copy::CAPTIONS, true),
        third: &headline(fields, &texts(fields, "headlines")?)?,
        alt: choose(&descriptions, &copy::ALTS, false),
        agency: copy::agency_of(
            fields,
            &fields.objects(&SOURCES)?,
            choose(&descriptions, &copy::CREDITS, false),
        )?,
    }
    .photo(fields)
}
