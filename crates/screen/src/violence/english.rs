//! Whom an English word of killing names.

use super::{
    LISTS, PEOPLE, WHOM, Whom,
    clause::{clause, question},
    of_beasts,
};
use crate::{fold::Word, phrases::section, word_set::WordSet};
use std::sync::LazyLock;

static GROUPS: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([include_str!("../lists/groups.txt")]));
/// What may stand between a word of killing and whom it names.
static LEADS: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(LISTS, "leads")]));

/// `Kill the landlords`: a sentence that begins with it.
pub fn commanded(text: &str, words: &[Word], at: usize) -> Option<usize> {
    let first = at == 0
        || text
            .get(words[at - 1].span.end..words[at].span.start)
            .is_some_and(|gap| gap.contains(['.', '!', '?', '\n', ':', ';']))
        || (matches!(words[at - 1].text, "just" | "so" | "now" | "then") && at == 1);
    let of_all = words.get(at + 1).is_some_and(|w| {
        matches!(w.text, "the" | "all" | "every" | "these" | "those" | "them" | "him" | "her")
            || GROUPS.has(w)
    });
    (first && of_all && !question(text, words, at)).then_some(at)
}

/// Whom a word of killing names behind it, in English, and where that ends.
pub fn behind(text: &str, words: &[Word], at: usize) -> Option<(usize, Whom)> {
    let clause = clause(text, words, at, 0, WHOM);
    let next = words.get(at + 1)?;
    if matches!(next.text, "him" | "her" | "them") && clause.end > at + 1 {
        let after = words.get(at + 2).filter(|_| clause.end > at + 2).map_or("", |w| w.text);
        let things = matches!(
            after,
            "a" | "an" | "in" | "on" | "out" | "down" | "up" | "over" | "off" | "with" | "at"
        );
        // `her` may be `her film`.
        let ends = clause.end <= at + 2
            || matches!(after, "all" | "both" | "and" | "from" | "already" | "now" | "too" | "for");
        let whom = (!things && ends) || (after == "all") || after == "from";
        return (whom && !of_beasts(words, at)).then_some((at + 2, Whom::Somebody));
    }
    for n in at + 1..clause.end {
        let word = &words[n];
        // `men must kill men`: of so many people nobody is named.
        if n == at + 1 && matches!(word.text, "men" | "women" | "people" | "children") {
            return None;
        }
        if GROUPS.has_read(word) {
            let after = words.get(n + 1).filter(|_| clause.end > n + 1);
            let many = word.text.ends_with('s') || matches!(word.text, "men" | "women");
            let stands = many
                || after.is_none_or(|w| {
                    matches!(
                        w.text,
                        "at" | "in"
                            | "on"
                            | "and"
                            | "or"
                            | "all"
                            | "now"
                            | "before"
                            | "from"
                            | "who"
                            | "people"
                    )
                });
            return stands.then_some((n + 1, Whom::Group));
        }
        if PEOPLE.has(word) {
            // `the lot of them`
            let of_them =
                word.text != "lot" || words.get(n + 2).is_some_and(|w| matches!(w.text, "them" | "you"));
            let owner = text.get(word.span.clone()).is_some_and(|raw| raw.contains(['\'', '’']));
            // `kill the landlord tax break`, `drown the politicians in letters`
            let after = words.get(n + 1).filter(|_| clause.end > n + 1);
            let stands = word.text == "lot"
                || after.is_none_or(|w| {
                    matches!(
                        w.text,
                        "and" | "or" | "all" | "now" | "too" | "who" | "before" | "for" | "already"
                    )
                });
            return (of_them && !owner && stands).then_some((n + 1, Whom::Somebody));
        }
        if !LEADS.has(word) {
            return None;
        }
    }
    None
}

/// Who is to be killed in `… should be shot`, and where that begins.
pub fn before(text: &str, words: &[Word], should: usize) -> Option<(usize, Whom)> {
    let clause = clause(text, words, should, 4, 0);
    for n in (clause.start..should).rev() {
        let word = &words[n];
        if GROUPS.has_read(word) {
            return Some((n, Whom::Group));
        }
        if PEOPLE.has(word) && word.text != "lot" {
            return Some((n, Whom::Somebody));
        }
        if matches!(word.text, "he" | "she" | "they") {
            return (!of_beasts(words, should)).then_some((n, Whom::Somebody));
        }
        if !matches!(word.text, "all" | "really" | "just" | "too" | "here" | "like" | "him" | "her" | "them")
        {
            return None;
        }
    }
    None
}
