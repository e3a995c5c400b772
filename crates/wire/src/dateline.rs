//! The dateline at the start of a body: found, taken apart, and its day reckoned.

use jiff::civil::{Date, Weekday};
use newsroom::dateline::Dateline;

/// Longest dateline that is looked for, in bytes.
const LONGEST: usize = 160;

/// The dateline with which `text` begins, and the bytes that it takes. `reference` is the day of
/// publication or of the version, from which a date without a year is reckoned.
///
/// It is place, date or both, then the agency in brackets, then a dash; with a date the agency may be
/// missing, and with an agency the rest.
pub(crate) fn strip(text: &str, reference: Option<Date>) -> Option<(Dateline, usize)> {
    let start = text.len() - text.trim_start().len();
    let text = &text[start..];
    let near = &text[..text.floor_char_boundary(LONGEST)];
    let line = near.split('\n').next().unwrap_or_default();
    let (head, agency, rest_at) = match line.find('(') {
        Some(open) => {
            let close = open + line[open..].find(')')?;
            let agency = line[open + 1..close].trim();
            is_agency(agency).then_some(())?;
            (&line[..open], agency, close + 1)
        }
        None => {
            let dash = ["--", "—", "–"].iter().filter_map(|d| line.find(d)).min()?;
            (&line[..dash], "", dash)
        }
    };
    let spaces = line[rest_at..].len() - line[rest_at..].trim_start().len();
    let dash_at = rest_at + spaces;
    let dash = ["--", "—", "–", "―", "-", "_"].into_iter().find(|d| line[dash_at..].starts_with(d))?;
    let mut end = dash_at + dash.len();
    // One hyphen directly before a word is no dash; nor is a rule of many.
    let next = text[end..].chars().next();
    if next.is_some_and(|c| if dash.len() == 1 { !c.is_whitespace() } else { matches!(c, '-' | '—' | '_') })
    {
        return None;
    }
    let (place, date) = place_and_date(head)?;
    if agency.is_empty() && (date.is_empty() || place.is_empty()) {
        return None;
    }
    let raw = text[..end].to_owned();
    end += text[end..].len() - text[end..].trim_start().len();
    let day = day_of(&date, reference);
    Some((Dateline { place, date, day, agency: agency.to_owned(), dash: dash.to_owned(), raw }, start + end))
}

/// A dateline that came in a field of its own, where the dash may be missing. `None` for anything else,
/// such as the timestamps that some feeds put there.
pub(crate) fn of_field(text: &str, reference: Option<Date>) -> Option<Dateline> {
    let text = text.trim();
    if let Some((dateline, _)) = strip(text, reference) {
        return Some(dateline);
    }
    if let Some((mut dateline, _)) = strip(&format!("{text} --"), reference) {
        dateline.raw = text.to_owned();
        dateline.dash = String::new();
        return Some(dateline);
    }
    let (place, date) = place_and_date(text).filter(|(place, _)| !place.is_empty())?;
    let day = day_of(&date, reference);
    Some(Dateline { place, date, day, raw: text.to_owned(), ..Dateline::default() })
}

/// `STOCKHOLM, Aug 29, 2014` in place and date; either may be empty, and neither may be anything else.
fn place_and_date(head: &str) -> Option<(String, String)> {
    let head = head.trim().trim_end_matches(',').trim_end();
    if head.is_empty() {
        return Some(Default::default());
    }
    let parts: Vec<&str> = head.split(',').map(str::trim).collect();
    // The date is the last one or two of the parts; or, without a comma, the last words of the last one.
    for dated in [2, 1] {
        let Some(places) = parts.len().checked_sub(dated) else { continue };
        let date = parts[places..].join(", ");
        if read_date(&date).is_some() {
            return is_place(&parts[..places]).then(|| (parts[..places].join(", "), date));
        }
    }
    let words: Vec<&str> = head.split(' ').collect();
    if let [place @ .., month, day] = words.as_slice()
        && let date = format!("{month} {day}")
        && !place.is_empty()
        && read_date(&date).is_some()
    {
        let place = place.join(" ");
        let parts: Vec<&str> = place.split(',').map(str::trim).collect();
        return is_place(&parts).then(|| (parts.join(", "), date));
    }
    is_place(&parts).then(|| (parts.join(", "), String::new()))
}

/// Small words within names of places.
const PARTICLES: [&str; 24] = [
    "de", "la", "le", "les", "du", "des", "da", "do", "dos", "del", "di", "el", "al", "am", "an", "der",
    "den", "bei", "im", "sur", "of", "and", "upon", "the",
];

/// Words that begin sentences, not places.
const SENTENCE_STARTS: [&str; 24] = [
    "he", "she", "it", "we", "they", "you", "this", "that", "these", "those", "a", "an", "in", "on", "at",
    "by", "as", "from", "for", "and", "but", "if", "when", "there",
];

fn is_place(parts: &[&str]) -> bool {
    if parts.len() > 3 {
        return false;
    }
    parts.iter().enumerate().all(|(i, part)| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let shouted = !part.chars().any(char::is_lowercase);
        let named = |(j, word): (usize, &&str)| {
            let starts = word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
            let small = j > 0 && PARTICLES.contains(word);
            let arabic =
                word.split_once('-').is_some_and(|(a, b)| a.len() < 4 && b.chars().any(char::is_uppercase));
            let legal =
                word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '-' | '/' | '–'))
                    || word.chars().any(|c| !c.is_ascii() && !c.is_whitespace());
            legal && (starts || small || arabic)
        };
        let first = words.first().map(|w| w.to_lowercase()).unwrap_or_default();
        let sentence = !shouted
            && i == 0
            && (SENTENCE_STARTS.contains(&first.as_str())
                || (first == "the"
                    && !matches!(words.get(1), Some(&("Hague" | "Valley" | "Bronx" | "Dalles")))));
        !words.is_empty()
            && words.len() <= 5
            && part.chars().count() <= 40
            && !sentence
            && words.iter().enumerate().all(named)
    })
}

/// What stands in the brackets is short, has letters, and begins like a name or is one small word (`dpa`).
fn is_agency(text: &str) -> bool {
    let legal =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '&' | '/' | '\'' | '’' | '+' | '!');
    let starts = text.chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase());
    let small = text.len() <= 6 && text.chars().all(char::is_alphabetic);
    (2..=40).contains(&text.chars().count())
        && text.chars().all(legal)
        && text.chars().any(char::is_alphabetic)
        && (starts || small)
}

enum Spoken {
    Weekday(Weekday),
    Date { year: Option<i16>, month: i8, day: i8 },
}

/// `Jan. 23`, `March 23`, `30 Jan`, `Aug 29, 2014`, `Monday`.
fn read_date(text: &str) -> Option<Spoken> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    let number = |word: &str, most: usize| {
        (word.len() <= most && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse::<i16>().ok())?
    };
    let (month_day, year) = match words.as_slice() {
        [weekday] => {
            return WEEKDAYS
                .into_iter()
                .find(|(n, _)| is_short_of(weekday, n))
                .map(|(_, d)| Spoken::Weekday(d));
        }
        [a, b] => ([*a, *b], None),
        [a, b, year] => ([*a, *b], Some(number(year, 4).filter(|y| (1800..2200).contains(y))?)),
        _ => return None,
    };
    let [a, b] = month_day;
    let month = |word: &str| MONTHS.iter().position(|m| is_short_of(word, m)).map(|i| i as i8 + 1);
    let (month, day) = match (month(a), month(b)) {
        (Some(month), _) => (month, number(b, 2)?),
        (None, Some(month)) => (month, number(a.trim_end_matches('.'), 2)?),
        _ => return None,
    };
    // In a leap year every day that there can be exists.
    let day = i8::try_from(day).ok()?;
    Date::new(year.unwrap_or(2000), month, day).ok()?;
    Some(Spoken::Date { year, month, day })
}

/// `Jan`, `Jan.`, `Sept.`, `January`; at least three letters, case as in print.
fn is_short_of(word: &str, name: &str) -> bool {
    let word = word.strip_suffix('.').unwrap_or(word);
    word.len() >= 3
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && name.get(..word.len()).is_some_and(|n| n.eq_ignore_ascii_case(word))
        && (word.len() <= 4 || word.len() == name.len())
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
    ("Sunday", Weekday::Sunday),
];

/// The month of that English name, 1 to 12; written out in full.
pub(crate) fn month_named(name: &str) -> Option<i8> {
    MONTHS.iter().position(|m| *m == name).map(|i| i as i8 + 1)
}

/// The latest such day that is not after the reference day; a date may be one day ahead of it, since it may
/// be tomorrow already where the story was filed.
fn day_of(date: &str, reference: Option<Date>) -> Option<Date> {
    match read_date(date)? {
        Spoken::Date { year: Some(year), month, day } => Date::new(year, month, day).ok(),
        Spoken::Date { year: None, month, day } => {
            let latest = reference?.tomorrow().ok()?;
            // Eight years reach a 29 February everywhere.
            (0..=8)
                .filter_map(|back| Date::new(latest.year() - back, month, day).ok())
                .find(|found| *found <= latest)
        }
        Spoken::Weekday(weekday) => {
            let reference = reference?;
            let back = weekday.until(reference.weekday());
            reference.checked_sub(jiff::Span::new().days(i64::from(back))).ok()
        }
    }
}

#[cfg(test)]
#[path = "dateline_tests.rs"]
mod tests;
