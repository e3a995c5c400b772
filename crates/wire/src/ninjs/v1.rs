//! ninjs 1.0 to 1.6: `headline`, `body_html`, `description_text`; associations and renditions by name.

use super::{
    Body, Fields, Malformed, Named, Parts,
    copy::{self, choose, plain_line},
    photos::{self, Picture, Rendition},
};
use newsroom::item::ItemPhoto;

pub(super) fn parts(fields: &Fields<'_>, is_picture: bool) -> Result<Parts, Malformed> {
    let descriptions = texts(fields, "description_")?;
    let mut notes = Vec::new();
    let bodies: Vec<Body<'_>> = fields
        .beginning("body_")?
        .into_iter()
        .map(|(end, value)| {
            let end = end.to_ascii_lowercase();
            Body { path: format!("body_{end}"), role: role_of(&end), form: end, value }
        })
        .collect();
    let mut photos = Vec::new();
    if is_picture {
        photos.extend(photo(fields)?);
    }
    photos.extend(associated(fields)?);
    let standfirst = if is_picture { "" } else { choose(&descriptions, &copy::STANDFIRSTS, true) };
    let extra = texts(fields, "headline_")?;
    fields.line(&["title"], 300)?;
    Ok(Parts {
        headline: headline(fields, &extra)?,
        kicker: plain_line(choose(&extra, &copy::KICKERS, false), 120),
        standfirst: plain_line(standfirst_or_none(standfirst, &descriptions), copy::LONGEST_SUMMARY),
        body: copy::body_of(&bodies, &mut notes)?,
        agency: copy::agency_of(
            fields,
            &fields.objects(&["infosource"])?,
            choose(&descriptions, &copy::CREDITS, false),
        )?,
        subjects: copy::names(&fields.objects(&["subject"])?)?,
        photos: photos::limited(photos, &mut notes),
        notes,
    })
}

fn headline(fields: &Fields<'_>, extra: &[Named<'_>]) -> Result<String, Malformed> {
    let own = fields.text(&["headline"])?;
    let title = fields.text(&["title"])?;
    let chosen = [own, choose(extra, &copy::MAIN, false), title, choose(extra, &copy::MAIN, true)];
    Ok(plain_line(chosen.into_iter().find(|h| !h.trim().is_empty()).unwrap_or_default(), 300))
}

/// A credit line is never a standfirst, nor a caption.
fn standfirst_or_none<'a>(chosen: &'a str, descriptions: &[Named<'a>]) -> &'a str {
    let other = |d: &&Named<'_>| {
        copy::CREDITS.contains(&d.role.as_str())
            || copy::ALTS.contains(&d.role.as_str())
            || d.role.starts_with("caption")
    };
    if descriptions.iter().filter(other).any(|d| std::ptr::eq(d.value, chosen)) { "" } else { chosen }
}

/// `html_main` and `main_html` have the role main; `html` has none.
fn role_of(end: &str) -> String {
    end.split('_')
        .find(|p| !matches!(*p, "html" | "xhtml" | "text" | "xml" | "nitf" | "plain"))
        .unwrap_or_default()
        .to_owned()
}

fn texts<'a>(fields: &Fields<'a>, start: &str) -> Result<Vec<Named<'a>>, Malformed> {
    let found = fields.beginning(start)?;
    Ok(found.into_iter().map(|(end, value)| Named { role: end.to_ascii_lowercase(), value }).collect())
}

/// The pictures among the associations; the one that the sender features comes first.
fn associated(fields: &Fields<'_>) -> Result<Vec<ItemPhoto>, Malformed> {
    let mut entries = fields.named_objects(&["associations"])?;
    entries.sort_by_key(|(name, _)| {
        !matches!(*name, "featuremedia" | "featureimage" | "featuredimage" | "main")
    });
    let mut found = Vec::new();
    for (_, entry) in entries {
        entry.uri()?;
        found.extend(photo(&entry)?);
    }
    Ok(found)
}

fn photo(fields: &Fields<'_>) -> Result<Option<ItemPhoto>, Malformed> {
    let renditions = fields.named_objects(&["renditions"])?;
    let renditions: Vec<Rendition> =
        renditions.iter().map(|(_, r)| Rendition::of(r)).collect::<Result<_, _>>()?;
    let descriptions = texts(fields, "description_")?;
    let extra = texts(fields, "headline_")?;
    Picture {
        renditions,
        caption: choose(&descriptions, &copy::CAPTIONS, false),
        second: fields.text(&["body_text"])?,
        third: &headline(fields, &extra)?,
        alt: choose(&descriptions, &copy::ALTS, false),
        agency: copy::agency_of(
            fields,
            &fields.objects(&["infosource"])?,
            choose(&descriptions, &copy::CREDITS, false),
        )?,
    }
    .photo(fields)
}
