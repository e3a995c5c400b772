//! What tells where somebody lives or can be reached: e-mail addresses, telephone numbers, house numbers.

use crate::{Signs, bytes, fold::Word, word_set::WordSet};
use newsroom::discussion::{Label, Risk};
use std::sync::LazyLock;

static STREETS: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::of([
        "street", "road", "lane", "avenue", "drive", "close", "terrace", "crescent", "st", "rd", "ave",
    ])
});

/// No number that can be rung has fewer.
const FEWEST_DIGITS: usize = 8;

pub fn of(text: &str, words: &[Word]) -> Option<Risk> {
    let mut signs = Signs::new();
    mail(text, &mut signs);
    telephone(text, words, &mut signs);
    house(text, words, &mut signs);
    signs.risk(Label::Personal)
}

fn mail(text: &str, signs: &mut Signs) {
    if !text.contains('@') {
        return;
    }
    for token in text.split_whitespace() {
        let token = token.trim_matches(|c: char| !c.is_alphanumeric());
        let Some((local, domain)) = token.split_once('@') else { continue };
        let plain =
            |s: &str| s.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '%'));
        let dotted = domain.rsplit_once('.').is_some_and(|(host, top)| {
            !host.is_empty() && (2..=24).contains(&top.len()) && top.bytes().all(|b| b.is_ascii_alphabetic())
        });
        if !local.is_empty() && token.len() <= 254 && plain(local) && plain(domain) && dotted {
            signs.add(0.8, format!("e-mail address {token}"));
        }
    }
}

/// Nine to fifteen digits in groups. Sums of money, dates and years are shorter or grouped otherwise.
fn telephone(text: &str, words: &[Word], signs: &mut Signs) {
    if bytes::count(text, |b| b.is_ascii_digit()) < FEWEST_DIGITS {
        return;
    }
    let asked = words.iter().any(|w| {
        matches!(
            w.text,
            "call"
                | "phone"
                | "tel"
                | "telephone"
                | "mobile"
                | "whatsapp"
                | "viber"
                | "ring"
                | "sms"
                | "text"
        )
    });
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !(bytes[at] == b'+' || bytes[at] == b'(' || bytes[at].is_ascii_digit()) {
            at += 1;
            continue;
        }
        let (start, mut digits, mut groups, mut gap) = (at, 0usize, 1usize, 0);
        while at < bytes.len() {
            match bytes[at] {
                b'0'..=b'9' => {
                    digits += 1;
                    groups += usize::from(gap > 0 && digits > 1);
                    gap = 0;
                }
                b' ' | b'-' | b'(' | b')' | b'.' | b'+' if gap < 2 => gap += 1,
                _ => break,
            }
            at += 1;
        }
        let number = text.get(start..at).unwrap_or("").trim_end_matches([' ', '-', '(', '.', '+']);
        let plus = number.starts_with('+') && (FEWEST_DIGITS..=15).contains(&digits);
        // `1 000 000 000` is a sum; `(030)`, leading noughts and hyphens are how numbers to ring are written.
        let written_so = number.starts_with('0') || number.contains(['(', '-']);
        if plus || (asked && (9..=15).contains(&digits) && groups <= 6) {
            signs.add(0.85, format!("telephone number {number}"));
        } else if (9..=15).contains(&digits) && (2..=6).contains(&groups) && written_so {
            signs.add(0.5, format!("perhaps a telephone number: {number}"));
        }
        at = at.max(start + 1);
    }
}

/// `14 Tanner Street`. A house named is talk; with `lives at` it is pointing at somebody's door.
fn house(text: &str, words: &[Word], signs: &mut Signs) {
    for (at, word) in words.iter().enumerate().skip(1) {
        if !STREETS.has(word) || !text[word.span.clone()].starts_with(char::is_uppercase) {
            continue;
        }
        let from = at.saturating_sub(3);
        let number = words[from..at]
            .iter()
            .position(|w| w.text.len() <= 5 && w.text.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(n) = number {
            let first = from + n;
            let before = &words[first.saturating_sub(4)..first];
            let door =
                before.iter().any(|w| matches!(w.text, "lives" | "live" | "living" | "home" | "address"));
            let shown = &text[words[first].span.start..word.span.end];
            signs.add(
                if door { 0.85 } else { 0.4 },
                format!("house: {}", shown.chars().take(60).collect::<String>()),
            );
        }
    }
}
