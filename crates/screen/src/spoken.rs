//! Insult, threat and sexual talk: words and phrases, heavier when said to somebody, lighter when quoted.

use crate::{
    Signs,
    fold::Word,
    phrases::{Phrases, shown},
};
use newsroom::discussion::{Label, Risk};
use std::sync::LazyLock;

static INSULTS: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(include_str!("lists/insult.txt")));
static THREATS: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(include_str!("lists/threat.txt")));
static SEXUAL: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(include_str!("lists/sexual.txt")));

/// A quoted or reported word weighs this part of a said one.
pub const QUOTED: f32 = 0.5;
/// An insult said of nobody present (a minister, a referee) ranks, and never holds by itself.
const UNDIRECTED_MOST: f32 = 0.75;
/// Added when it is said to somebody here.
const DIRECTED: f32 = 0.3;

pub fn insult(words: &[Word]) -> Option<Risk> {
    let mut signs = Signs::new();
    let mut directed = false;
    for hit in INSULTS.find(words) {
        let said = &words[hit.words.clone()];
        if said.iter().any(|w| w.quoted) {
            signs.add(hit.weight * QUOTED, format!("quoted: {}", shown(said)));
        } else if hit.weight >= 0.8 || to_somebody(words, hit.words.start, hit.words.end) {
            directed = true;
            signs.add((hit.weight + DIRECTED).min(0.95), format!("said to somebody: {}", shown(said)));
        } else {
            signs.add(hit.weight, shown(said));
        }
    }
    signs.risk_at_most(Label::Insult, if directed { 1.0 } else { UNDIRECTED_MOST })
}

/// `you …`, `your …`, `… like you` around the word, with no `not` between.
fn to_somebody(words: &[Word], start: usize, end: usize) -> bool {
    let you = |w: &Word| matches!(w.text.as_str(), "you" | "youre" | "ur" | "yourself");
    let before = &words[start.saturating_sub(4)..start];
    let denied = before.iter().any(|w| matches!(w.text.as_str(), "not" | "arent" | "never" | "if" | "think"));
    let like_you = words.get(end..end + 2).is_some_and(|w| w[0].text == "like" && you(&w[1]));
    like_you || (!denied && before.iter().any(you))
}

pub fn threat(words: &[Word]) -> Option<Risk> {
    said_or_quoted(&THREATS, words, Label::Threat)
}

pub fn sexual(words: &[Word]) -> Option<Risk> {
    said_or_quoted(&SEXUAL, words, Label::Sexual)
}

fn said_or_quoted(list: &Phrases, words: &[Word], label: Label) -> Option<Risk> {
    let mut signs = Signs::new();
    for hit in list.find(words) {
        let said = &words[hit.words.clone()];
        if said.iter().any(|w| w.quoted) {
            signs.add(hit.weight * QUOTED, format!("quoted: {}", shown(said)));
        } else {
            signs.add(hit.weight, shown(said));
        }
    }
    signs.risk(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_list_is_lost() {
        for (list, read) in [
            (include_str!("lists/insult.txt"), &*INSULTS),
            (include_str!("lists/threat.txt"), &*THREATS),
            (include_str!("lists/sexual.txt"), &*SEXUAL),
        ] {
            let lines = list.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).count();
            assert!(lines > 10);
            assert_eq!(read.len(), lines);
        }
    }
}
