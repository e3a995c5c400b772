//! The words of a plain list, one a line, as a set that is asked about every word of every comment.

use crate::{
    fold::{Folded, Word, squeeze},
    sieve::{Key, Sieve},
};
use compact_str::CompactString;
use foldhash::HashSet;

pub struct WordSet {
    words: HashSet<CompactString>,
    sieve: Sieve,
}

impl WordSet {
    /// Reads lists; `#` begins a remark.
    pub fn read(lists: impl IntoIterator<Item = &'static str>) -> WordSet {
        let lines = lists.into_iter().flat_map(str::lines).map(str::trim);
        WordSet::of(lines.filter(|l| !l.is_empty() && !l.starts_with('#')))
    }

    /// Each folded as a text is.
    pub fn of(words: impl IntoIterator<Item = &'static str>) -> WordSet {
        let folded = |word: &str| Folded::of(word).words().first().map(|w| CompactString::from(w.text));
        let words: HashSet<CompactString> = words.into_iter().filter_map(folded).collect();
        let mut sieve = Sieve::default();
        for word in &words {
            sieve.add(Key::of(&squeeze(word)));
        }
        WordSet { words, sieve }
    }

    /// As the word is written.
    #[inline]
    pub fn has(&self, word: &Word) -> bool {
        self.sieve.may_know(word.keys.0) && self.words.contains(word.text)
    }

    /// With digits read as letters as well.
    #[inline]
    pub fn has_read(&self, word: &Word) -> bool {
        let read = |key| self.sieve.may_know(key) && word.leet.is_some_and(|leet| self.words.contains(leet));
        self.has(word) || word.keys.1.is_some_and(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Folded;

    #[test]
    fn what_was_read_and_nothing_else() {
        let set = WordSet::read(["# names\nbaker\n\n sailor \nboott", "夜"]);
        let has = |text: &str| {
            Folded::of(text).words().iter().map(|w| (set.has(w), set.has_read(w))).collect::<Vec<_>>()
        };
        for word in ["baker", "Sailor", "夜", "boott"] {
            assert_eq!(has(word), [(true, true)], "{word}");
        }
        assert_eq!(has("b4ker"), [(false, true)]);
        // Each has the ends and the length of one that is there, or reads like one with single letters.
        for word in ["barer", "bakker", "boot", "b", "names"] {
            assert_eq!(has(word), [(false, false)], "{word}");
        }
    }
}
