//! The words of a plain list, one a line, as a set that is asked about every word of every comment: nearly all are
//! told from it by their ends and length, without hashing.

use std::collections::HashSet;

pub struct WordSet {
    words: HashSet<&'static str>,
    /// Which ends the set knows at all.
    ends: [u64; 128],
}

/// One of 8,192 places for a word's first two bytes, last byte and length.
fn place(word: &str) -> usize {
    let bytes = word.as_bytes();
    let at = |n: usize| usize::from(*bytes.get(n).unwrap_or(&0));
    let last = usize::from(*bytes.last().unwrap_or(&0));
    (at(0) * 7 + at(1) * 31 + last * 1021 + bytes.len() * 113) % 8192
}

impl WordSet {
    /// Reads lists; `#` begins a remark.
    pub fn read(lists: impl IntoIterator<Item = &'static str>) -> WordSet {
        let lines = lists.into_iter().flat_map(str::lines).map(str::trim);
        let words: HashSet<&str> = lines.filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
        let mut ends = [0; 128];
        for word in &words {
            let place = place(word);
            ends[place / 64] |= 1 << (place % 64);
        }
        WordSet { words, ends }
    }

    pub fn has(&self, word: &str) -> bool {
        let place = place(word);
        self.ends[place / 64] >> (place % 64) & 1 == 1 && self.words.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_and_nothing_else() {
        let set = WordSet::read(["# names\nbaker\n\n sailor \n", "夜"]);
        for word in ["baker", "sailor", "夜"] {
            assert!(set.has(word), "{word}");
        }
        // The second has a baker's ends and length.
        for word in ["", "barer", "# names", "b", "names"] {
            assert!(!set.has(word), "{word}");
        }
    }
}
