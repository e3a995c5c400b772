//! Somebody's door: a street with the number of a house. A house named is talk, and a street is news. It is held with
//! something that says whose it is, with the number of a flat, or as a whole postal address that is no office's.

use super::{NEAR, capital, near, of_the_public, shown};
use crate::{
    Signs,
    fold::Word,
    lists,
    phrases::{Phrases, section},
    word_set::WordSet,
};
use std::{ops::Range, sync::LazyLock};

/// `lives at`, `her flat`: it is somebody's.
static WHOSE: LazyLock<Phrases> = LazyLock::new(|| lists::phrases(include_str!("../lists/door.txt"), "door"));
/// Words for a street by where they stand: behind the number and the name, or before the number; for a flat; and
/// the small words within the name of a street, or between it and the number.
static BEHIND: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(STREETS, "behind")]));
static BEFORE: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(STREETS, "before")]));
static FLATS: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(STREETS, "flats")]));
static WITHIN: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(STREETS, "within")]));
/// What is counted by a number before them.
static MEASURES: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(STREETS, "measures")]));
const STREETS: &str = include_str!("../lists/streets.txt");
/// German streets are one word: `Lindenstraße`, `Rosenweg`.
const ENDINGS: [&str; 9] = ["straße", "strasse", "str", "gasse", "weg", "allee", "platz", "damm", "ufer"];

/// Words of the name of a street at most, and to the postcode.
const NAME: usize = 6;
const TO_THE_CODE: usize = 5;

/// A street with the number of a house.
struct House {
    words: Range<usize>,
    /// With a flat.
    flat: bool,
    /// With the town and its part, as on a letter.
    whole: bool,
}

pub fn look(text: &str, words: &[Word], signs: &mut Signs) {
    let mut whose = None;
    for at in 0..words.len() {
        let found = if words[at].unspaced { chinese(words, at) } else { street(text, words, at) };
        let Some(House { words: Range { start, end }, flat, whole }) = found else { continue };
        let whose = whose.get_or_insert_with(|| WHOSE.find(words));
        let door = flat
            || near(whose, start, end, NEAR, NEAR)
            || of_somebody(text, words, start)
            || ((whole || code(text, words, start, end)) && !of_the_public(words, start, end));
        let said = shown(text, words[start].span.start, words[end - 1].span.end);
        signs.add(if door { 0.85 } else { 0.4 }, format!("house: {said}"));
    }
}

/// `the editor's home is`: of whoever is named with an apostrophe.
fn of_somebody(text: &str, words: &[Word], from: usize) -> bool {
    words[from.saturating_sub(NEAR)..from].windows(2).any(|two| {
        matches!(two[1].text, "home" | "house" | "flat" | "apartment" | "address")
            && text[two[0].span.clone()].ends_with(['\'', '’', 's'])
            && text[two[0].span.clone()].contains(['\'', '’'])
    })
}

/// A street with this number of a house, where there are spaces.
fn street(text: &str, words: &[Word], at: usize) -> Option<House> {
    let house = |from: usize, to: usize| House { words: from..to, flat: flat(words, to), whole: false };
    let number = words[at].text;
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 4 || number.len() > digits + 1 {
        return None;
    }
    // `40 Minuten`, `30 лет` are no houses, and `in 2008` is a year.
    if words.get(at + 1).is_some_and(|w| MEASURES.has(w)) {
        return None;
    }
    let year = digits == 4 && (number.starts_with("19") || number.starts_with("20"));
    let when = at > 0
        && matches!(words[at - 1].text, "in" | "since" | "until" | "before" | "after" | "of" | "by" | "from");
    if year && when {
        return None;
    }
    // Whoever is in office there, the whole world knows it.
    if words.get(at + 1).is_some_and(|w| matches!(w.text, "downing" | "pennsylvania")) {
        return None;
    }
    // `14 Tanner Street`
    for behind in at + 2..(at + 4).min(words.len()) {
        if BEHIND.has(&words[behind]) && words[at + 1..=behind].iter().all(|w| capital(text, w)) {
            return Some(house(at, behind + 1));
        }
    }
    if digits > 3 {
        return None;
    }
    // `Lindenstraße 8`, `Lindenstr. 8`, `Am Rosenweg 21 a`
    let before = at.checked_sub(1)?;
    let word = &words[before];
    let gap = text.get(word.span.end..words[at].span.start)?;
    let joined = ENDINGS.iter().any(|e| word.text.ends_with(e) && word.text.len() > e.len() + 2);
    let place = matches!(
        word.text,
        "tabellenplatz" | "listenplatz" | "parkplatz" | "arbeitsplatz" | "startplatz" | "arbeitsweg"
    );
    if joined && !place && capital(text, word) && matches!(gap, " " | ". " | ".") {
        return Some(house(before, at + 1));
    }
    // `calle de Goya, 45`, `улица Ленина, дом 5`, `Ленинский проспект, 5`, `Berliner Straße 114`
    for (n, word) in words[at.saturating_sub(NAME)..at].iter().enumerate().rev() {
        let from = at.saturating_sub(NAME) + n;
        if BEFORE.has(word) {
            let named = from + 1 < at && words[from + 1..at].iter().any(|w| capital(text, w));
            let first = from.checked_sub(1).filter(|&n| capital(text, &words[n]));
            let from = first.filter(|_| !named).unwrap_or(from);
            return (named || first.is_some()).then(|| house(from, at + 1));
        }
        if !(capital(text, word) || WITHIN.has(word)) {
            return None;
        }
    }
    None
}

/// `建国路88号`, with what stands around it in the same run of characters.
fn chinese(words: &[Word], at: usize) -> Option<House> {
    let run = words[at].text;
    if !run.contains(['号', '號']) {
        return None;
    }
    for (end, _) in run.match_indices(['号', '號']) {
        let numeral = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百".contains(c);
        let street = run[..end].trim_end_matches(numeral);
        if street.len() == end || !street.ends_with(['路', '街', '巷', '弄', '道', '段', '同']) {
            continue;
        }
        let behind: String = run[end..].chars().skip(1).take(8).collect();
        return Some(House {
            words: at..at + 1,
            flat: behind.starts_with(|c: char| c.is_ascii_digit())
                && (behind.contains(['室', '栋', '棟', '幢', '楼', '樓'])
                    || behind.contains("单元")
                    || behind.contains("單元")),
            whole: street.contains(['市', '省']) && street.contains(['区', '區', '县', '縣']),
        });
    }
    None
}

/// `…, apartment 3`: a flat with its number.
fn flat(words: &[Word], to: usize) -> bool {
    let after = &words[to..(to + 4).min(words.len())];
    after.windows(2).any(|two| {
        let numbered = |w: &Word| w.text.len() <= 4 && w.text.bytes().any(|b| b.is_ascii_digit());
        FLATS.has(&two[0]) && numbered(&two[1])
    })
}

/// A postcode with it, and nothing but names between.
fn code(text: &str, words: &[Word], from: usize, to: usize) -> bool {
    let after = (to..(to + TO_THE_CODE).min(words.len())).map(|n| (n, false));
    let before = (from.saturating_sub(TO_THE_CODE)..from).rev().map(|n| (n, true));
    let is_code = |n: usize, before: bool| {
        let text_of = |n: usize| words.get(n).map_or("", |w| w.text);
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let (word, next) = (text_of(n), text_of(n + 1));
        let british = (2..=4).contains(&word.len())
            && word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.bytes().any(|b| b.is_ascii_digit())
            && next.len() == 3
            && next.starts_with(|c: char| c.is_ascii_digit())
            && next[1..].bytes().all(|b| b.is_ascii_lowercase());
        let named = |n: Option<usize>| n.and_then(|n| words.get(n)).is_some_and(|w| capital(text, w));
        let town = named(Some(n + 1)) || (!before && n > to && named(n.checked_sub(1)));
        british || (digits(word) && matches!(word.len(), 5 | 6) && town)
    };
    let names =
        |n: usize| capital(text, &words[n]) || words[n].text.starts_with(|c: char| c.is_ascii_digit());
    let search = |places: &mut dyn Iterator<Item = (usize, bool)>| {
        for (n, before) in places {
            if is_code(n, before) {
                return true;
            }
            if !names(n) && !WITHIN.has(&words[n]) && !BEFORE.has(&words[n]) {
                return false;
            }
        }
        false
    };
    search(&mut after.into_iter()) || search(&mut before.into_iter())
}
