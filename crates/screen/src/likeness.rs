//! By what a text is known again when somebody says it elsewhere in another dress: the least of many numbers that
//! its pairs of neighbouring words make (MinHash). The part that two texts have in common is the part of the pairs
//! they share.

use crate::fold::{Folded, Word};

/// Words, or characters of a script without spaces, of one shingle.
const SHINGLE: usize = 2;
/// Shingles below which a text is too short to be known again: `Thank you very much` is said by many.
const FEWEST: usize = 7;
/// Words that are looked at.
const MOST: usize = 4_000;
const MARKS: usize = 12;
/// Marks that two texts must have in common to be nearly the same; others have none, or one.
const SHARED: usize = 6;
/// Bands by which texts that may be alike are found without looking at all.
pub const BANDS: usize = MARKS / 2;

/// One step of a linear generator after the other from the same number, each as what to multiply by and what to
/// add: so none has to wait for the one before.
const STEPS: [(u64, u64); MARKS] = {
    let (times, plus) = (0xd134_2543_de82_ef95_u64, 0x9e37_79b9_7f4a_7c15_u64);
    let mut steps = [(times, plus); MARKS];
    let mut n = 1;
    while n < MARKS {
        let before = steps[n - 1];
        steps[n] = (before.0.wrapping_mul(times), before.1.wrapping_mul(times).wrapping_add(plus));
        n += 1;
    }
    steps
};

/// The marks of one text, the low half of each: as good as the whole where six must agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likeness([u16; MARKS]);

/// The marks of a text as folded: disguises, case and punctuation change nothing, a few other words little.
/// `None` for a text of fewer than eight words, which is like nothing. Pure, and linear in the length of the text.
pub fn likeness(text: &str) -> Option<Likeness> {
    Likeness::of(&Folded::of(text).words())
}

impl Likeness {
    pub(crate) fn of(words: &[Word]) -> Option<Likeness> {
        let pieces = pieces(words);
        if pieces.len() < FEWEST + SHINGLE - 1 {
            return None;
        }
        let mut least = [u32::MAX; MARKS];
        for shingle in pieces.windows(SHINGLE) {
            let hash = shingle.iter().fold(0x51_6d_68_73, |hash, piece| mix(hash ^ piece));
            for (mark, (times, plus)) in least.iter_mut().zip(STEPS) {
                *mark = (*mark).min((hash.wrapping_mul(times).wrapping_add(plus) >> 32) as u32);
            }
        }
        Some(Likeness(least.map(|mark| mark as u16)))
    }

    /// Whether another text says nearly the same.
    pub fn is_like(&self, other: &Likeness) -> bool {
        self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count() >= SHARED
    }

    /// Two texts that are nearly the same nearly always agree in one of these at least; others hardly ever do.
    pub fn bands(&self) -> [u32; BANDS] {
        std::array::from_fn(|n| u32::from(self.0[2 * n]) << 16 | u32::from(self.0[2 * n + 1]))
    }
}

fn pieces(words: &[Word]) -> Vec<u64> {
    let mut pieces = Vec::with_capacity(words.len().min(MOST));
    for word in words.iter().take(MOST) {
        let folded = word.keys.1.unwrap_or(word.keys.0).text;
        if word.unspaced {
            pieces.extend(folded.chars().take(MOST).map(|c| mix(u64::from(u32::from(c)))));
        } else {
            pieces.push(folded.bytes().fold(7, |hash, b| mix(hash ^ u64::from(b))));
        }
        if pieces.len() >= MOST {
            break;
        }
    }
    pieces
}

fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_at_once_is_as_many_one_by_one() {
        for start in [0, 1, 0x51_6d_68_73, u64::MAX, 0x0123_4567_89ab_cdef] {
            let mut hash = start;
            for (times, plus) in STEPS {
                hash = hash.wrapping_mul(0xd134_2543_de82_ef95).wrapping_add(0x9e37_79b9_7f4a_7c15);
                assert_eq!(start.wrapping_mul(times).wrapping_add(plus), hash);
            }
        }
    }
}
