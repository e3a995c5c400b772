//! Whom words of killing name in German, Spanish and Russian.

use super::{
    ASKED, BETWEEN, EITHER, LISTS, PEOPLE, SHOULD, WHOM, Whom,
    clause::{DENIALS, clause, question},
    of_beasts,
};
use crate::{fold::Word, phrases::section, word_set::WordSet};
use std::{ops::Range, sync::LazyLock};

/// Groups as they are named after such a verb; those of `hate` and these.
static GROUPS: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::read([section(LISTS, "groups"), section(include_str!("../lists/despised.txt"), "groups")])
});
static THESE: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(LISTS, "these")]));

/// In Spanish and Russian.
pub fn either(text: &str, words: &[Word], at: usize) -> Option<(Range<usize>, Whom)> {
    let word = words[at].text;
    // In Spanish whoever is to be killed stands with `a`: `matar a ese político`, but `ejecutar el presupuesto`.
    if word.is_ascii() && words.get(at + 1).is_none_or(|w| !matches!(w.text, "a" | "al")) {
        return None;
    }
    let around = clause(text, words, at, ASKED, WHOM);
    // `убейте этого мэра` asks by itself; in Russian what asks may stand behind: `расстрелять надо`.
    let command = word == "убеите";
    let should = (around.start..around.end).find(|&n| n != at && SHOULD.has(&words[n]));
    if (should.is_none() && !command)
        || words[around.clone()].iter().any(|w| DENIALS.has(w))
        || question(text, words, at)
    {
        return None;
    }
    let ends = around.end;
    let whom = whom_among(words, around.clone(), |w, next| match w {
        // `их надо …`, `… их всех`; `их документы` are not they, and papers are destroyed, pictures hung.
        "их" | "его" | "ее" if OF_THINGS.contains(&word) => false,
        "их" | "его" | "ее" => {
            SHOULD_FIRST.contains(&next) || next == "всех" || words[ends - 1].text == w
        }
        // Who says `нас` complains.
        "тебя" | "вас" => true,
        "всех" => next == "их" || SHOULD_FIRST.contains(&next),
        "ellos" | "ellas" => true,
        _ => false,
    })?;
    let thing = words.get(at + 1).is_some_and(|w| w.text == "время");
    let beasts = whom == Whom::Somebody
        && of_beasts(words, at)
        && !words[around.clone()].iter().any(|w| PEOPLE.has(w));
    (!thing && !beasts).then_some((around, whom))
}

/// What is done to things as well.
const OF_THINGS: [&str; 5] = ["уничтожить", "уничтожать", "повесить", "вешать", "утопить"];
const SHOULD_FIRST: [&str; 4] = ["надо", "нужно", "пора", "следует"];

/// Whom these words name; `pronoun` tells of a word and the next whether it stands for people.
pub fn whom_among(words: &[Word], range: Range<usize>, pronoun: impl Fn(&str, &str) -> bool) -> Option<Whom> {
    let mut found = None;
    for n in range.clone() {
        let word = &words[n];
        if !named(words, &range, n) {
            continue;
        }
        if GROUPS.has(word) {
            return Some(Whom::Group);
        }
        let next = words.get(n + 1).map_or("", |w| w.text);
        if PEOPLE.has(word) || pronoun(word.text, next) {
            found = Some(Whom::Somebody);
        }
    }
    found
}

/// Whether nothing but small words stands before this one, or what asks and kills: in `the corruption of ministers`
/// ministers are not meant.
fn named(words: &[Word], range: &Range<usize>, at: usize) -> bool {
    let before = words[range.start..at].last();
    before.is_none_or(|w| {
        SHOULD.has(w) || BETWEEN.has(w) || EITHER.has(w) || w.text.chars().count() <= 3 || THESE.has(w)
    })
}
