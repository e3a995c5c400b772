//! What tells where somebody lives or can be reached, or what can be taken from them: e-mail addresses, telephone
//! numbers, house numbers, accounts and payment cards.

mod account;
mod house;
mod telephone;

use crate::{Signs, bytes, fold::Word, phrases::Hit, word_set::WordSet};
use newsroom::discussion::{Label, Risk};
use std::sync::LazyLock;

/// Offices, shops, museums: their address and number are for everybody.
static PUBLIC: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([include_str!("../lists/public.txt")]));

/// The same where there are no spaces; and what happens in the street.
const PUBLIC_UNSPACED: [&str; 34] = [
    "图书馆",
    "圖書館",
    "博物馆",
    "博物館",
    "医院",
    "醫院",
    "学校",
    "學校",
    "大学",
    "大學",
    "政府",
    "法院",
    "银行",
    "銀行",
    "酒店",
    "饭店",
    "餐厅",
    "餐廳",
    "商场",
    "商場",
    "大厦",
    "大廈",
    "公园",
    "公園",
    "书店",
    "書店",
    "公司",
    "客服",
    "热线",
    "熱線",
    "位于",
    "位於",
    "发生",
    "舉行",
];

/// Words on each side of a number or a house that are looked at.
const NEAR: usize = 8;

pub fn of(text: &str, words: &[Word]) -> Option<Risk> {
    let mut signs = Signs::new();
    mail(text, &mut signs);
    let digits = bytes::count(text, |b| b.is_ascii_digit());
    if digits > 0 {
        house::look(text, words, &mut signs);
    }
    if digits >= telephone::FEWEST_DIGITS {
        let taken = account::look(text, &mut signs);
        telephone::look(text, words, &taken, &mut signs);
    }
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

/// Whether one of these hits stands within so many words before `from` or behind `to`.
fn near(hits: &[Hit], from: usize, to: usize, before: usize, behind: usize) -> bool {
    // They are in order of their first words.
    let first = hits.partition_point(|h| h.words.start + before + 12 < from);
    hits[first..]
        .iter()
        .take_while(|h| h.words.start <= to + behind)
        .any(|h| h.words.end + before > from && h.words.start <= to + behind)
}

/// Whether an office or a shop is named around these words.
fn of_the_public(words: &[Word], from: usize, to: usize) -> bool {
    words[from.saturating_sub(NEAR)..(to + NEAR).min(words.len())]
        .iter()
        .any(|w| PUBLIC.has(w) || (w.unspaced && PUBLIC_UNSPACED.iter().any(|p| w.text.contains(p))))
}

/// Written with a capital letter: a name, or the first word of a sentence.
fn capital(text: &str, word: &Word) -> bool {
    text[word.span.clone()].starts_with(char::is_uppercase)
}

/// As written, for the moderator's eyes.
fn shown(text: &str, from: usize, to: usize) -> String {
    text.get(from..to).unwrap_or("").chars().take(60).collect()
}
