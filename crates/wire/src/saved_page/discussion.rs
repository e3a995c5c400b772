//! The list of comments under a saved page: `NAME at YYYY-MM-DDa.b.c.*`, then lines of text.

use crate::{
    Malformed,
    body::comment_markup,
    plain_text::{line, shown},
};
use jiff::civil::Date;
use newsroom::{Millis, Zone, discussion::Network, item::ItemComment};

/// Comments of one page.
const MOST_COMMENTS: usize = 50_000;

struct Header<'a> {
    name: &'a str,
    day: Date,
    network: Option<Network>,
}

/// `lines` are those after the line that counts the comments; the first has the number `first_line`.
/// The comments stay in the page's order, newest first.
pub(super) fn read(
    lines: &[&str],
    first_line: usize,
    published_at: Millis,
    said: Option<u32>,
    zone: &Zone,
    notes: &mut Vec<String>,
) -> Result<Vec<ItemComment>, Malformed> {
    let mut headers: Vec<Option<Header<'_>>> = lines.iter().map(|l| header(l)).collect();
    // Without a network, `I was there at 2014-02-01` looks like a header. Where the page's own count says
    // that only those with one are comments, it is text.
    let (with, all) =
        headers.iter().flatten().fold((0, 0), |(w, a), h| (w + u32::from(h.network.is_some()), a + 1));
    if said == Some(with) && with != all {
        for header in &mut headers {
            if header.as_ref().is_some_and(|h| h.network.is_none()) {
                *header = None;
            }
        }
    }
    let starts: Vec<usize> = (0..lines.len()).filter(|i| headers[*i].is_some()).collect();
    if starts.len() > MOST_COMMENTS {
        return Err(Malformed::line(first_line, format!("there are more than {MOST_COMMENTS} comments")));
    }
    let list = starts.first().copied().unwrap_or(lines.len());
    for (i, text) in lines[..list].iter().enumerate() {
        if !text.trim().is_empty() && !is_label(text) {
            notes.push(format!("Line {} was passed over: {}.", first_line + i, shown(text)));
        }
    }
    let mut comments = Vec::with_capacity(starts.len());
    for (n, &at) in starts.iter().enumerate() {
        let Some(header) = &headers[at] else { continue };
        let end = starts.get(n + 1).copied().unwrap_or(lines.len());
        let text = comment_markup(&lines[at + 1..end]);
        let name = line(header.name, 80);
        if text.is_empty() {
            notes.push(format!("The comment on line {} has no text and was left out.", first_line + at));
            continue;
        }
        comments.push((header.day, ItemComment { name, network: header.network, text, at: Millis(0) }));
    }
    if let Some(said) = said
        && said as usize != comments.len()
    {
        let (s, are) = (if said == 1 { "" } else { "s" }, if comments.len() == 1 { "is" } else { "are" });
        notes.push(format!("The page says {said} comment{s}, {} {are} there.", comments.len()));
    }
    set_times(&mut comments, published_at, zone);
    Ok(comments.into_iter().map(|(_, comment)| comment).collect())
}

/// Only the day is known: noon stands for it, or the time of publication where that is later on the same
/// day. Of several on one day the later ones stand first, so each gets a millisecond more than the next.
fn set_times(comments: &mut [(Date, ItemComment)], published_at: Millis, zone: &Zone) {
    let mut on_day: std::collections::HashMap<Date, i64> = std::collections::HashMap::new();
    let published_on = zone.day(published_at);
    for (day, comment) in comments.iter_mut().rev() {
        let noon = zone.moment(day.at(12, 0, 0, 0)).unwrap_or_else(|| zone.start_of(*day));
        let from = if *day == published_on { noon.max(published_at) } else { noon };
        let later = on_day.entry(*day).or_insert(0);
        comment.at = from.plus(*later);
        *later += 1;
    }
}

/// The form's labels, `  1. Name`, stand before the list.
fn is_label(text: &str) -> bool {
    let text = text.trim();
    text.split_once(". ")
        .is_some_and(|(n, _)| !n.is_empty() && n.len() <= 2 && n.bytes().all(|b| b.is_ascii_digit()))
}

/// A whole line `NAME at YYYY-MM-DD` and directly the network, or nothing. Names may have ` at ` in them.
fn header(text: &str) -> Option<Header<'_>> {
    let (name, rest) = text.trim_end().rsplit_once(" at ")?;
    let name = name.trim();
    let (date, network) = (rest.get(..10)?, rest.get(10..)?);
    let day = date_of(date)?;
    if name.is_empty() || network.contains(char::is_whitespace) {
        return None;
    }
    let network = if network.is_empty() { None } else { Some(Network::parse(network)?) };
    Some(Header { name, day, network })
}

/// `2014-02-01`, and nothing that is only like it.
fn date_of(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let digits =
        |range: std::ops::Range<usize>| bytes.get(range).is_some_and(|b| b.iter().all(u8::is_ascii_digit));
    (bytes.len() == 10
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && digits(0..4)
        && digits(5..7)
        && digits(8..10))
    .then(|| Date::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?).ok())?
}
