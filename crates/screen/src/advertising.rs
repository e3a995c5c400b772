//! Advertising: links, handles and prices together with a seller's phrases. One of them alone is talk.

use crate::{
    Signs, bytes,
    fold::Word,
    lists,
    phrases::{Phrases, shown},
    word_set::WordSet,
};
use newsroom::discussion::{Label, Risk};
use std::sync::LazyLock;

static PHRASES: LazyLock<Phrases> =
    LazyLock::new(|| lists::phrases(include_str!("lists/advertising.txt"), "advertising"));

/// What a seller calls an offer.
static SELLING: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::of([
        "best",
        "cheap",
        "cheapest",
        "lowest",
        "discount",
        "discounted",
        "exclusive",
        "hot",
        "unbeatable",
    ])
});

static MESSENGERS: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::of(["telegram", "whatsapp", "viber", "wechat", "weixin", "вотсап", "телеграм", "微信"])
});

/// Links looked at; `newsroom` refuses more than ten anyway.
const MOST_LINKS: usize = 12;

pub fn of(text: &str, name: &str, words: &[Word]) -> Option<Risk> {
    let mut signs = Signs::new();
    for hit in PHRASES.find(words) {
        let said = &words[hit.words.clone()];
        let weight = if said.iter().any(|w| w.quoted) { hit.weight * 0.5 } else { hit.weight };
        signs.add(weight, hit.said);
    }
    bargains(words, &mut signs);
    contacts(text, words, &mut signs);
    let selling = signs.score() > 0.2;
    links(text, if selling { 0.35 } else { 0.2 }, &mut signs);
    price(text, selling, &mut signs);
    shop_name(name, &mut signs);
    signs.risk(Label::Advertising)
}

/// `best cabin deals`, `cheapest … tickets`: a seller's adjective shortly before a seller's noun.
fn bargains(words: &[Word], signs: &mut Signs) {
    for (at, word) in words.iter().enumerate() {
        if !SELLING.has(word) || word.quoted {
            continue;
        }
        let rest = &words[at + 1..(at + 4).min(words.len())];
        let noun = rest.iter().position(|w| {
            matches!(
                w.text,
                "deal"
                    | "deals"
                    | "offer"
                    | "offers"
                    | "rates"
                    | "prices"
                    | "bargains"
                    | "pills"
                    | "loans"
                    | "replicas"
            )
        });
        if let Some(n) = noun {
            signs.add(0.5, shown(&words[at..=at + 1 + n]));
        }
    }
}

/// Handles and messengers. A messenger's name is talk; with `write me` it is an offer.
fn contacts(text: &str, words: &[Word], signs: &mut Signs) {
    let leads_away = |b| matches!(b, b':' | b'@' | b'/');
    let tokens = if bytes::any(text, leads_away) { text } else { "" };
    for token in tokens.split_whitespace() {
        if !bytes::any(token, leads_away) {
            continue;
        }
        let token = token.trim_matches(|c: char| matches!(c, '(' | ')' | ',' | '.' | ';' | '!' | '"'));
        let lower: String = token.chars().take(60).flat_map(char::to_lowercase).collect();
        let handle = lower
            .strip_prefix("at:")
            .or_else(|| lower.strip_prefix("tg:"))
            .or_else(|| lower.strip_prefix('@'));
        if handle
            .is_some_and(|h| h.len() >= 4 && h.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.'))
        {
            // `@name` is how readers address each other; the other forms only lead away.
            signs.add(if lower.starts_with('@') { 0.1 } else { 0.55 }, lower);
        } else if lower.contains("t.me/") || lower.contains("wa.me/") {
            signs.add(0.55, lower);
        }
    }
    let messenger = words.iter().position(|w| MESSENGERS.has(w));
    if let Some(at) = messenger {
        let near = &words[at.saturating_sub(6)..(at + 7).min(words.len())];
        let asked = near.windows(2).any(|two| {
            matches!(
                two[0].text,
                "write" | "message" | "contact" | "text" | "dm" | "add" | "ping" | "find" | "reach"
            ) && matches!(two[1].text, "me" | "us" | "now" | "our" | "on" | "via")
        });
        let why = if asked { format!("write me, {}", words[at].text) } else { words[at].text.to_string() };
        signs.add(if asked { 0.65 } else { 0.15 }, why);
    }
}

fn links(text: &str, weight: f32, signs: &mut Signs) {
    if !text.contains("://") && !text.contains("www.") {
        return;
    }
    let mut seen = 0;
    for token in text.split_whitespace() {
        let at = token.find("://").map(|n| n + 3).or_else(|| token.find("www."));
        if let Some(at) = at {
            let host: String =
                token[at..].chars().take_while(|c| !matches!(c, '/' | ')' | '?' | '#')).take(60).collect();
            signs.add(weight, format!("link to {host}"));
            seen += 1;
            if seen == MOST_LINKS {
                break;
            }
        }
    }
}

/// A sum of money weighs only beside other signs of selling: readers talk of prices all the time.
fn price(text: &str, selling: bool, signs: &mut Signs) {
    if !selling {
        return;
    }
    let mut last_digit = false;
    let mut last_sign = None;
    for c in text.chars() {
        if (c.is_ascii_digit() && last_sign.is_some())
            || (last_digit && matches!(c, '€' | '$' | '£' | '₽' | '¥' | '%'))
        {
            signs.add(0.3, "a price or a percentage beside an offer");
            return;
        }
        last_digit = c.is_ascii_digit();
        last_sign = matches!(c, '€' | '$' | '£' | '₽' | '¥').then_some(c);
    }
}

fn shop_name(name: &str, signs: &mut Signs) {
    let lower: String = name.chars().take(80).flat_map(char::to_lowercase).collect();
    let address = [".com", ".net", ".shop", ".store", ".biz", ".ru", ".top", "www.", "http"];
    let trade = ["deals", "discount", "casino", "cheap", "promo", "loans", "seo ", "24/7", "best price"];
    // Short needles in a short text: setting up a search for each would cost more than all else here.
    let has = |part: &&str| {
        let part = part.as_bytes();
        lower.as_bytes().windows(part.len()).any(|w| w[0] == part[0] && w == part)
    };
    if address.iter().any(has) {
        signs.add(0.5, "the name is an address");
    } else if trade.iter().any(has) {
        signs.add(0.35, "the name is a shop's");
    }
}
