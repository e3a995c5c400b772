//! Advertising: links, handles and prices together with a seller's phrases. One of them alone is talk.

use crate::{
    Signs, bytes,
    fold::Word,
    lists,
    phrases::{Phrases, section, shown},
    word_set::WordSet,
};
use newsroom::discussion::{Label, Risk};
use std::{ops::Range, sync::LazyLock};

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

/// More links than this are no reader's who shows where something stands.
const PLAIN_LINKS: usize = 2;

/// What somebody says who offers, asks for or sells something.
static OFFERING: LazyLock<Phrases> = LazyLock::new(|| {
    let list = include_str!("lists/offering.txt");
    Phrases::read([section(list, "words"), section(list, "shops")])
});
/// Where people show what is theirs.
static PLACES: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::read([section(include_str!("lists/offering.txt"), "places")]));
/// Words beside a link that say why it is there.
const BESIDE: usize = 3;

/// Where the links of a text stand that has one or two of them, and no offer, price or plea with them: somebody shows
/// where something stands.
pub fn plain_links(text: &str, name: &str, words: &[Word]) -> Option<Vec<Range<usize>>> {
    let links: Vec<Range<usize>> = links_of(text).take(PLAIN_LINKS + 1).map(|(token, _)| token).collect();
    if !(1..=PLAIN_LINKS).contains(&links.len()) {
        return None;
    }
    let mut other = Signs::new();
    contacts(text, words, &mut other);
    shop_name(name, &mut other);
    bargains(words, &mut other);
    price(text, true, &mut other);
    let linked = |w: &Word| links.iter().any(|l| l.contains(&w.span.start));
    let bare = words.iter().filter(|w| !linked(w)).take(BESIDE).count() < BESIDE;
    let shown = bare && words.iter().any(|w| linked(w) && PLACES.has(w));
    let paid = links.iter().any(|l| ["?ref=", "&ref="].iter().any(|p| text[l.clone()].contains(p)));
    let offers = shown || paid || !PHRASES.find(words).is_empty() || !OFFERING.find(words).is_empty();
    (other.score() < 0.2 && !offers).then_some(links)
}

/// The words that hold a link, and where its host begins.
fn links_of(text: &str) -> impl Iterator<Item = (Range<usize>, usize)> {
    let start = text.as_ptr() as usize;
    text.split_whitespace().filter_map(move |token| {
        let from = token.as_ptr() as usize - start;
        let host = token.find("://").map(|n| n + 3).or_else(|| token.find("www."))?;
        Some((from..from + token.len(), from + host))
    })
}

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
    for (token, host) in links_of(text).take(MOST_LINKS) {
        let host: String = text[host..token.end]
            .chars()
            .take_while(|c| !matches!(c, '/' | ')' | '?' | '#'))
            .take(60)
            .collect();
        signs.add(weight, format!("link to {host}"));
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
