//! Telephone numbers. One with a plus is held, and one that is said to be somebody's; any other ranks.

use super::{capital, near, of_the_public, shown};
use crate::{Signs, fold::Word, lists, phrases::Phrases};
use std::{ops::Range, sync::LazyLock};

/// `her number`, `call him`: whose a number is.
static WHOSE: LazyLock<Phrases> =
    LazyLock::new(|| lists::phrases(include_str!("../lists/telephone.txt"), "telephone"));

/// No number that can be rung has fewer, and most have more.
pub const FEWEST_DIGITS: usize = 7;
const FEWEST: usize = 9;
const MOST: usize = 15;
/// Words between `her number` and the number, and from the number to `is hers`.
const BEFORE: usize = 6;
const BEHIND: usize = 5;

pub fn look(text: &str, words: &[Word], taken: &[Range<usize>], signs: &mut Signs) {
    let (mut whose, mut asked) = (None, None);
    let bytes = text.as_bytes();
    let mut taken = taken.iter().peekable();
    let mut at = 0;
    while at < bytes.len() {
        if let Some(other) = taken.next_if(|t| t.start <= at) {
            at = other.end.max(at);
            continue;
        }
        if !(bytes[at] == b'+' || bytes[at] == b'(' || bytes[at].is_ascii_digit()) {
            at += 1;
            continue;
        }
        let start = at;
        let (digits, groups) = number(bytes, &mut at);
        let end = start + text.get(start..at).unwrap_or("").trim_end_matches([' ', '-', '(', '.', '+']).len();
        at = at.max(start + 1);
        let number = text.get(start..end).unwrap_or("");
        let digits = digits.as_slice();
        if digits.len() < FEWEST_DIGITS || digits.len() > MOST || of_an_address(text, start) {
            continue;
        }
        // `1 000 000 000` is a sum; `(030)`, leading noughts and hyphens are how numbers to ring are written.
        let written_so = number.starts_with('0') || number.contains(['(', '-']);
        let plus = number.starts_with('+') && digits.len() > FEWEST_DIGITS;
        let enough = digits.len() >= FEWEST && groups <= 6;
        if !(plus || enough || (written_so && !is_date(number))) {
            continue;
        }
        let from = words.partition_point(|w| w.span.end <= start);
        let to = words.partition_point(|w| w.span.start < end);
        let hits = whose.get_or_insert_with(|| WHOSE.find(words));
        let given = near(hits, from, from, BEFORE, 0) || (near(hits, to, to, 0, BEHIND) && !of_sums(number));
        // `Call me naive, but 1 200 000 000 is a lot.`
        let sum = number.ends_with(" 000");
        let given = given && groups <= 6 && !sum;
        // The whole text around it is looked through: only where it decides.
        let public = (plus || given || enough) && of_the_public(words, from, to);
        let asked = *asked.get_or_insert_with(|| words.iter().any(|w| asks(w.text)));
        if plus
            || (given && !public)
            || (enough && !public && !sum && (asked || named(text, words, from, written_so)))
        {
            signs.add(0.85, format!("telephone number {}", shown(text, start, end)));
        } else if enough && (2..=6).contains(&groups) && (written_so || asked) {
            signs.add(0.5, format!("perhaps a telephone number: {}", shown(text, start, end)));
        }
    }
}

/// Its digits, at most one more than a number may have, and in how many groups; goes on behind it.
fn number(bytes: &[u8], at: &mut usize) -> (Vec<u8>, usize) {
    let (mut digits, mut groups, mut gap) = (Vec::new(), 1, 0);
    while let Some(&byte) = bytes.get(*at) {
        match byte {
            b'0'..=b'9' => {
                groups += usize::from(gap > 0 && !digits.is_empty());
                gap = 0;
                if digits.len() <= MOST {
                    digits.push(byte);
                }
            }
            b' ' | b'-' | b'(' | b')' | b'.' | b'+' if gap < 2 => gap += 1,
            _ => break,
        }
        *at += 1;
    }
    (digits, groups)
}

/// `2026-11-24`, `24.11.2026`, `1914-1918`.
fn is_date(number: &str) -> bool {
    let parts: Vec<usize> = number.split(['-', '.', ' ']).map(str::len).collect();
    let years = number.split(['-', ' ']).all(|p| p.starts_with("19") || p.starts_with("20"));
    matches!(parts[..], [4, 2, 2, ..] | [2, 2, 4, ..] | [4, 1, 2]) || (parts == [4, 4] && years)
}

/// `1 200 000`: threes behind one to three digits, in spaces or points.
fn of_sums(number: &str) -> bool {
    let mut parts = number.split([' ', '.']);
    let first = parts.next().unwrap_or("");
    let mut rest = parts.peekable();
    (1..=3).contains(&first.len()) && !first.starts_with('0') && rest.peek().is_some() && {
        let rest: Vec<&str> = rest.collect();
        rest.len() > 1 && rest.iter().all(|p| p.len() == 3)
    }
}

/// `https://…/1234567890`.
fn of_an_address(text: &str, start: usize) -> bool {
    let before = text[..start].bytes().next_back();
    before.is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'=' | b'_' | b'-' | b'#' | b'&'))
}

fn asks(word: &str) -> bool {
    matches!(
        word,
        "call" | "phone" | "tel" | "telephone" | "mobile" | "whatsapp" | "viber" | "ring" | "sms" | "text"
    )
}

/// What begins with a capital letter before a number and is no name.
fn no_name(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "our"
            | "call"
            | "tel"
            | "fax"
            | "phone"
            | "der"
            | "die"
            | "das"
            | "unsere"
            | "unser"
            | "beim"
            | "telefon"
    )
}

/// `Anna Berg 0171 …`: two names right before it.
fn named(text: &str, words: &[Word], from: usize, written_so: bool) -> bool {
    let names = words.get(from.saturating_sub(2)..from).unwrap_or(&[]);
    written_so
        && names.len() == 2
        && names.iter().all(|w| capital(text, w) && w.text.len() > 2 && !no_name(w.text))
        && text.get(names[0].span.end..names[1].span.start) == Some(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_sums() {
        for date in ["2026-11-24", "24.11.2026", "1914-1918"] {
            assert!(is_date(date), "{date}");
        }
        assert!(!is_date("555-0188") && !is_date("2210-4711"));
        assert!(of_sums("1 200 000") && of_sums("123.456.789"));
        assert!(!of_sums("0171 555 012") && !of_sums("612 345") && !of_sums("030 9876543"));
    }
}
