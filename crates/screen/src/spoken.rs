//! Insult, threat and sexual talk: words and phrases, heavier when said to somebody, lighter when quoted.

use crate::{
    Signs,
    fold::Word,
    lists,
    phrases::{Hit, Phrases},
};
use newsroom::discussion::{Label, Risk};
use std::sync::LazyLock;

static INSULTS: LazyLock<Phrases> =
    LazyLock::new(|| lists::phrases(include_str!("lists/insult.txt"), "insult"));
static THREATS: LazyLock<Phrases> =
    LazyLock::new(|| lists::phrases(include_str!("lists/threat.txt"), "threat"));
static SEXUAL: LazyLock<Phrases> =
    LazyLock::new(|| lists::phrases(include_str!("lists/sexual.txt"), "sexual"));

/// A quoted or reported word weighs this part of a said one.
pub const QUOTED: f32 = 0.5;
/// However much is quoted, quoting alone holds nothing.
pub const QUOTED_MOST: f32 = 0.7;
/// An insult said of nobody present (a minister, a referee) ranks, and never holds by itself.
const UNDIRECTED_MOST: f32 = 0.75;
/// Added when it is said to somebody here.
const DIRECTED: f32 = 0.3;

pub fn insult(words: &[Word]) -> Option<Risk> {
    let mut signs = Signs::new();
    let (mut directed, mut said) = (false, false);
    for hit in INSULTS.find(words) {
        if quoted(&hit, words) {
            signs.add(hit.weight * QUOTED, format!("quoted: {}", hit.said));
            continue;
        }
        said = true;
        if hit.weight >= 0.8 || to_somebody(words, hit.words.start, hit.words.end) {
            directed = true;
            signs.add((hit.weight + DIRECTED).min(0.95), format!("said to somebody: {}", hit.said));
        } else {
            signs.add(hit.weight, hit.said);
        }
    }
    let most = if directed { 1.0 } else { UNDIRECTED_MOST };
    signs.risk_at_most(Label::Insult, if said { most } else { QUOTED_MOST })
}

fn quoted(hit: &Hit, words: &[Word]) -> bool {
    words[hit.words.clone()].iter().any(|w| w.quoted)
}

/// `you …`, `your …`, `… like you` around the word, with no `not` between.
fn to_somebody(words: &[Word], start: usize, end: usize) -> bool {
    let before = &words[start.saturating_sub(4)..start];
    let denied = before.iter().any(|w| denies(w.text))
        || before.last().is_some_and(|w| w.text == "no")
        // In English `no` ends what was before; in Spanish it denies the verb.
        || before.windows(2).any(|w| w[0].text == "no" && matches!(w[1].text, "eres" | "es" | "sois"));
    let like_you = words.get(end..end + 2).is_some_and(|w| w[0].text == "like" && is_you(&w[1]));
    let within = words[start..end].iter().any(|w| w.text.contains('你') && !w.text.contains("你不是"));
    like_you || within || (!denied && before.iter().any(is_you))
}

fn denies(word: &str) -> bool {
    matches!(
        word,
        "not" | "arent" | "never" | "if" | "think" | "не" | "если" | "nicht" | "kein" | "keine" | "wenn"
    )
}

/// Whoever is spoken to, in the languages that have lists.
pub fn is_you(word: &Word) -> bool {
    matches!(
        word.text,
        "you"
            | "youre"
            | "ur"
            | "yourself"
            | "youve"
            | "u"
            | "ты"
            | "вы"
            | "тебя"
            | "тебе"
            | "вас"
            | "вам"
            | "тобои"
            | "вами"
            | "твои"
            | "ваш"
            | "du"
            | "dich"
            | "dir"
            | "dein"
            | "deine"
            | "euch"
            | "tu"
            | "eres"
            | "sois"
            | "usted"
            | "ustedes"
            | "ti"
            | "vosotros"
    )
}

pub fn threat(words: &[Word]) -> Option<Risk> {
    said_or_quoted(&THREATS, words, Label::Threat)
}

pub fn sexual(words: &[Word]) -> Option<Risk> {
    said_or_quoted(&SEXUAL, words, Label::Sexual)
}

fn said_or_quoted(list: &Phrases, words: &[Word], label: Label) -> Option<Risk> {
    let mut signs = Signs::new();
    let mut said = false;
    for hit in list.find(words) {
        if quoted(&hit, words) {
            signs.add(hit.weight * QUOTED, format!("quoted: {}", hit.said));
        } else {
            said = true;
            signs.add(hit.weight, hit.said);
        }
    }
    signs.risk_at_most(label, if said { 1.0 } else { QUOTED_MOST })
}
