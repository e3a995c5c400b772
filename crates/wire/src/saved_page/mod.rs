//! News pages saved as text, as archives keep them: headline, time, caption with credit, body, and the
//! discussion as it stood.

mod discussion;

use crate::{
    Malformed,
    body::{from_paragraphs, to_markup},
    credit::caption_and_credit,
    dateline, digest,
    plain_text::{line, shown},
};
use jiff::civil::{Date, DateTime};
use newsroom::{
    Zone,
    ednote::EdNote,
    item::{Item, ItemPhoto, PubStatus, Source},
    slug::{Slug, Slugline},
    story::Copy,
};

/// Lines of one page: room for the most comments, of ten lines each.
const MOST_LINES: usize = 500_000;

/// The line between the body and the discussion, as bytes of a file not read yet.
pub(crate) fn is_comment_line(bytes: &[u8]) -> bool {
    bytes.len() < 60 && std::str::from_utf8(bytes).is_ok_and(|text| comments_said(text).is_some())
}

/// `Leave your comment4 comments`: how many the page says there are.
fn comments_said(text: &str) -> Option<u32> {
    let said = text.trim().strip_prefix("Leave your comment")?;
    let number = said.strip_suffix(" comments").or_else(|| said.strip_suffix(" comment"))?.trim_start();
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then(|| number.parse().ok())?
}

/// The page as an item, published at the time that it prints, in the paper's zone.
pub(crate) fn read(text: &str, zone: &Zone) -> Result<Item, Malformed> {
    if text.lines().nth(MOST_LINES).is_some() {
        return Err(Malformed::file(format!("has more than {MOST_LINES} lines")));
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut filled =
        lines.iter().enumerate().filter(|(_, l)| !l.trim().is_empty()).map(|(i, l)| (i + 1, l.trim()));
    let (_, headline) = filled.next().ok_or_else(|| Malformed::file("is empty"))?;
    if clock_line(headline).is_some() {
        return Err(Malformed::line(1, "the headline is missing: the time of publication comes first"));
    }
    let Some((at, time)) = filled.next() else {
        return Err(Malformed::line(lines.len(), "the file ends before the time of publication"));
    };
    let Some((clock, day)) = clock_line(time) else {
        let what = format!(
            "the time of publication, such as 09:12, March 6, 2013, should stand here, not {}",
            shown(time)
        );
        return Err(Malformed::line(at, what));
    };
    let published_at = day
        .and_then(|day| zone.moment(DateTime::from_parts(day, clock?)))
        .ok_or_else(|| Malformed::line(at, format!("there is no such time as {}", shown(time))))?;
    let day = zone.day(published_at);
    let Some(said_at) = (at..lines.len()).find(|i| comments_said(lines[*i]).is_some()) else {
        let what = "the file ends before “Leave your comment”: it has been cut off";
        return Err(Malformed::line(lines.len(), what));
    };
    let said = comments_said(lines[said_at]);
    let paragraphs = paragraphs(&lines[at..said_at]);
    if paragraphs.is_empty() {
        return Err(Malformed::line(said_at + 1, "the body is missing"));
    }
    let mut notes = Vec::new();
    let comments =
        discussion::read(&lines[said_at + 1..], said_at + 2, published_at, said, zone, &mut notes)?;
    let headline = line(headline, 300);
    if headline.is_empty() {
        return Err(Malformed::line(1, "the headline has no characters that can be seen"));
    }
    let (copy, photos) = copy_of(headline, &paragraphs, day, &mut notes);
    // Line ends are how a file was carried, not what it says.
    let canonical: Vec<&str> = lines.iter().map(|l| l.trim_end()).collect();
    let uri = format!("saved-page:{}/{day}", name_of(&copy.headline));
    Ok(Item {
        source: Source {
            uri,
            version: 0,
            digest: digest::of_bytes(canonical.join("\n").trim_end().as_bytes()),
        },
        copy,
        pub_status: PubStatus::Usable,
        embargo_until: None,
        urgency: 0,
        slugline: Slugline::default(),
        ednote: EdNote::default(),
        usage_terms: String::new(),
        photos,
        published_at: Some(published_at),
        archive: true,
        comments,
        comments_said: said,
        notes,
    })
}

/// The headline's slug. A long one may have been cut, and one of signs alone is empty: then a part of the
/// headline's digest tells it from others, lest one page be taken for a newer version of another.
fn name_of(headline: &str) -> String {
    let slug = Slug::of(headline, "");
    match slug.as_str().len() {
        1..=60 => slug.to_string(),
        _ => format!("{slug}-{}", &digest::of_bytes(headline.as_bytes())[..8])
            .trim_start_matches('-')
            .to_owned(),
    }
}

/// Lines parted by blank ones, each part in one line.
fn paragraphs(lines: &[&str]) -> Vec<String> {
    lines
        .split(|l| l.trim().is_empty())
        .map(|part| part.iter().map(|l| l.trim()).collect::<Vec<_>>().join(" "))
        .filter(|part| !part.is_empty())
        .collect()
}

/// Captions come before the paragraph with the dateline and end with their credit. Where no paragraph has a
/// dateline, only the first may be a caption.
fn copy_of(
    headline: String,
    paragraphs: &[String],
    day: Date,
    notes: &mut Vec<String>,
) -> (Copy, Vec<ItemPhoto>) {
    let found = |p: &String| dateline::strip(p, Some(day));
    let dated = paragraphs.iter().take(6).position(|p| found(p).is_some());
    let before = dated.unwrap_or(usize::from(paragraphs.len() > 1));
    let mut photos = Vec::new();
    let mut body: Vec<&str> = Vec::new();
    let mut standfirst = String::new();
    for paragraph in &paragraphs[..before] {
        let (caption, credit) = caption_and_credit(&line(paragraph, 3_000));
        if !credit.is_empty() {
            photos.push(ItemPhoto { caption, credit, ..ItemPhoto::default() });
        } else if dated.is_some() && standfirst.is_empty() {
            standfirst = caption;
            notes.push("The paragraph before the dateline was taken for the standfirst.".into());
        } else if dated.is_some() {
            standfirst = format!("{standfirst} {caption}");
        } else {
            body.push(paragraph);
        }
    }
    body.extend(paragraphs[before..].iter().map(String::as_str));
    let mut blocks = from_paragraphs(body.into_iter());
    let mut copy = Copy { headline, standfirst, ..Copy::default() };
    if let Some(first) = blocks.first_mut()
        && let Some((dateline, bytes)) = dateline::strip(&first.text(), Some(day))
    {
        copy.agency = dateline.agency.clone();
        copy.dateline = dateline;
        first.cut_start(bytes);
        if first.runs.is_empty() {
            blocks.remove(0);
        }
    }
    copy.body = to_markup(&blocks);
    (copy, photos)
}

/// `09:12, March 6, 2013`: `None` when the line has not that form; a part is `None` when there is no such
/// time or day.
#[allow(clippy::type_complexity)]
fn clock_line(text: &str) -> Option<(Option<jiff::civil::Time>, Option<Date>)> {
    let mut parts = text.split(',').map(str::trim);
    let (clock, day, year, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else {
        return None;
    };
    let number = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
        (lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse::<i16>().ok())?
    };
    let (hours, minutes) = clock.split_once(':')?;
    let (hours, minutes) = (number(hours, 1..=2)?, number(minutes, 2..=2)?);
    let (month, day) = day.split_once(' ')?;
    let (month, day, year) =
        (dateline::month_named(month)?, number(day.trim(), 1..=2)?, number(year, 4..=4)?);
    let time = jiff::civil::Time::new(hours as i8, minutes as i8, 0, 0).ok();
    Some((time, Date::new(year, month, day as i8).ok()))
}
