//! The clause that a word of killing stands in, and whether anything in it asks for that.

use super::{ASKED, LISTS, SHOULD};
use crate::{fold::Word, phrases::section, word_set::WordSet};
use std::{ops::Range, sync::LazyLock};

/// They deny it, or put it in the past.
pub static DENIALS: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(LISTS, "denials")]));

/// Where the clause that holds this word begins or ends, at most so many words away.
pub fn clause(text: &str, words: &[Word], at: usize, before: usize, behind: usize) -> Range<usize> {
    let joined = |n: usize| {
        let gap = text.get(words[n].span.end..words[n + 1].span.start).unwrap_or("");
        gap == " " || !gap.contains(['.', ',', '!', '?', ';', ':', '\n', '(', ')', '—', '"'])
    };
    let (mut start, mut end) = (at, at + 1);
    while start > 0 && at - start < before && joined(start - 1) {
        start -= 1;
    }
    while end < words.len() && end - at <= behind && joined(end - 1) {
        end += 1;
    }
    start..end
}

/// Where the word stands that asks for what is at `at`, nothing being denied, asked or put in the past.
pub fn asked(text: &str, words: &[Word], at: usize) -> Option<usize> {
    let clause = clause(text, words, at, ASKED, 0);
    let found = (clause.start..at).rev().find(|&n| {
        SHOULD.has(&words[n])
            || (words[n].text == "will" || words[n].text == "gonna") && {
                n > 0 && matches!(words[n - 1].text, "we" | "i" | "im")
            }
    })?;
    let wide = self::clause(text, words, found, ASKED, at - found);
    let denied = words[wide.start..at].iter().any(|w| DENIALS.has(w));
    let asks = question(text, words, at);
    (!denied && !asks).then_some(found)
}

/// Whether the sentence is a question.
pub fn question(text: &str, words: &[Word], at: usize) -> bool {
    let mut rest = words[at].span.end;
    for word in words[at + 1..].iter().take(12) {
        if text.get(rest..word.span.start).is_some_and(|gap| gap.contains(['.', '!', '?', '\n'])) {
            break;
        }
        rest = word.span.end;
    }
    text.get(rest..).is_some_and(|after| after.trim_start_matches([' ', '"', ')']).starts_with('?'))
}
