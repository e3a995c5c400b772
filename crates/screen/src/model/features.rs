//! What the linear model sees of a text: for every word its hash, the hashes of its pieces of three to five
//! letters, and its hash together with the word before. Names of groups are one and the same to it.

use crate::{fold::Word, word_set::WordSet};
use std::sync::LazyLock;

/// Places for features, as a power of two.
pub const BITS: u32 = 18;

/// Words of a text that are looked at. `newsroom` lets no comment be so long.
pub const MOST_WORDS: usize = 4_000;
/// Letters of one word that are looked at: nobody reads a word of a thousand.
const MOST_LETTERS: usize = 64;

/// Stands for every name of a group, so that no name can weigh anything.
const GROUP: u64 = 0x67_726f_7570;
/// How far from the name of a group a word is taken as said of it, in words.
const NEAR: usize = 6;
const BEFORE_GROUP: u64 = 0x62_6566;
const AFTER_GROUP: u64 = 0x61_6674;
const NUMBER: u64 = 0x6e_756d_6265;

static GROUPS: LazyLock<WordSet> = LazyLock::new(|| {
    WordSet::read([include_str!("../lists/groups.txt"), include_str!("../lists/identity.txt")])
});

/// The one feature that every name of a group has, among `1 << BITS`.
pub fn group() -> u32 {
    fold_down(mix(GROUP, 0)) & ((1 << BITS) - 1)
}

/// Whether this word names people for what they are.
pub fn is_group(word: &Word) -> bool {
    GROUPS.has(word)
}

/// Calls `each` with the number of the word and the hashes of some of its features. A hash has 32 good bits; take
/// the lowest `BITS` or fewer. Nothing is allocated for a feature.
pub fn each(words: &[Word], mut each: impl FnMut(usize, &[u32])) {
    let mut before = 1;
    let mut group = usize::MAX;
    // Of one word, all at once: whoever looks them up can look for many at the same time.
    let mut found = Vec::with_capacity(3 * (MOST_LETTERS + 2));
    let mut letters = [0; MOST_LETTERS + 2];
    for (at, word) in words.iter().take(MOST_WORDS).enumerate() {
        found.clear();
        let whole = one(word, &mut letters, &mut found);
        found.push(fold_down(mix(before, whole)));
        before = whole;
        if whole != GROUP && group < at && at - group <= NEAR {
            found.push(fold_down(mix(AFTER_GROUP, hash(read_as(word)))));
        }
        each(at, &found);
        if whole == GROUP {
            group = at;
            for (earlier, word) in words[..at].iter().enumerate().rev().take(NEAR) {
                each(earlier, &[fold_down(mix(BEFORE_GROUP, hash(read_as(word))))]);
            }
        }
    }
}

fn hash(text: &str) -> u64 {
    text.chars().take(MOST_LETTERS).fold(11, |hash, c| mix(hash, u64::from(c)))
}

/// The features of one word alone; answers with its own hash.
fn one(word: &Word, letters: &mut [u64; MOST_LETTERS + 2], found: &mut Vec<u32>) -> u64 {
    if is_group(word) {
        found.push(fold_down(mix(GROUP, 0)));
        return GROUP;
    }
    let text = read_as(word);
    if text.bytes().all(|b| b.is_ascii_digit()) {
        let whole = mix(NUMBER, text.len().min(12) as u64);
        found.push(fold_down(whole));
        return whole;
    }
    // Each letter is part of twelve pieces: spread once for all of them.
    letters[0] = spread(u64::from('<'));
    let mut count = 1;
    for (letter, c) in letters[1..=MOST_LETTERS].iter_mut().zip(text.chars()) {
        *letter = spread(u64::from(c));
        count += 1;
    }
    if word.unspaced && text.chars().take(MOST_LETTERS).any(|c| unspaced(u32::from(c))) {
        return pieces_unspaced(&letters[1..count], found);
    }
    letters[count] = spread(u64::from('>'));
    let letters = &letters[..=count];
    let whole = letters.iter().fold(2, |hash, &letter| mix_spread(hash, letter));
    found.push(fold_down(whole));
    let two = |from: usize| mix_spread(mix_spread(3, letters[from]), letters[from + 1]);
    for (from, five) in letters.windows(5).enumerate() {
        let three = mix_spread(two(from), five[2]);
        let four = mix_spread(three, five[3]);
        found.extend([three, four, mix_spread(four, five[4])].map(fold_down));
    }
    // At the end of the word there is no room for five, then for four.
    if let [.., _, _, c, d] = letters {
        let three = mix_spread(two(letters.len() - 4), *c);
        found.extend([three, mix_spread(three, *d)].map(fold_down));
    }
    found.push(fold_down(mix_spread(two(letters.len() - 3), letters[letters.len() - 1])));
    whole
}

/// Scripts that are written without spaces: single characters, pairs and threes, with no ends of words.
fn pieces_unspaced(letters: &[u64], found: &mut Vec<u32>) -> u64 {
    for from in 0..letters.len() {
        let mut hash = 5;
        for &letter in letters[from..].iter().take(3) {
            hash = mix_spread(hash, letter);
            found.push(fold_down(hash));
        }
    }
    7
}

/// Han, kana.
pub fn unspaced(c: u32) -> bool {
    matches!(c, 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0x20000..=0x323af)
}

/// Disguises off: digits as letters, held-down letters as one.
fn read_as<'a>(word: &Word<'a>) -> &'a str {
    if word.stretched { word.keys.1.unwrap_or(word.keys.0).text } else { word.leet.unwrap_or(word.text) }
}

fn mix(hash: u64, next: u64) -> u64 {
    mix_spread(hash, spread(next))
}

fn spread(next: u64) -> u64 {
    next.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn mix_spread(hash: u64, spread: u64) -> u64 {
    let x = (hash ^ spread).wrapping_mul(0xff51_afd7_ed55_8ccd);
    x ^ (x >> 32)
}

fn fold_down(hash: u64) -> u32 {
    let x = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (x >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Folded;

    fn of(text: &str) -> Vec<u32> {
        let mut found = Vec::new();
        each(&Folded::of(text).words(), |_, features| found.extend(features));
        found
    }

    /// The features of one word that is in no list, by their definition.
    fn plainly(text: &str) -> Vec<u32> {
        let hash =
            |from: u64, letters: &[char]| letters.iter().fold(from, |hash, &c| mix(hash, u64::from(c)));
        let letters: Vec<char> =
            ['<'].into_iter().chain(text.chars().take(MOST_LETTERS)).chain(['>']).collect();
        let whole = hash(2, &letters);
        let mut found = vec![whole];
        for from in 0..letters.len() {
            let lengths = (3..=5).filter(|length| from + length <= letters.len());
            found.extend(lengths.map(|length| hash(3, &letters[from..from + length])));
        }
        found.push(mix(1, whole));
        found.into_iter().map(fold_down).collect()
    }

    #[test]
    fn the_pieces_of_a_word_are_all_there_in_order() {
        for text in
            ["z", "zq", "zqv", "zqvx", "zqvxz", "zqvxzqvxzq", "поезд", "žluťoučký", &"zqvx".repeat(40)]
        {
            let folded = Folded::of(text);
            assert_eq!(of(text), plainly(folded.words()[0].text), "{text}");
        }
    }

    #[test]
    fn disguised_is_as_plain() {
        for disguised in ["1DIOT", "i d i o t", "іdiоt", "i\u{200b}diot"] {
            assert_eq!(of(disguised), of("idiot"), "{disguised}");
        }
        assert_ne!(of("idiot"), of("idiom"));
    }

    #[test]
    fn one_group_is_as_any_other() {
        assert_eq!(of("I met a Muslim baker"), of("I met a gay baker"));
        assert_ne!(of("I met a Muslim baker"), of("I met a tired baker"));
    }

    #[test]
    fn the_count_is_bounded_by_the_words() {
        assert!(of(&"a".repeat(100_000)).len() < 300);
        assert!(of(&"ab ".repeat(100_000)).len() <= MOST_WORDS * 10);
        assert_eq!(of("夜车").len(), 4);
        assert_eq!(of(""), []);
    }
}
