//! Prints by which nearly the same text is known again: a SimHash over pairs of words.

use crate::fold;

/// Words, or characters of a script without spaces, of one shingle.
const SHINGLE: usize = 2;
/// Shingles below which a text is too short to be known again: `Thank you very much` is said by many.
const FEWEST: usize = 7;
/// Words that are looked at.
const MOST: usize = 4_000;
/// Bits in which the prints of nearly the same texts may differ; those of others differ in about 32.
const MOST_DIFFERENT: u32 = 12;

/// A print of the text as folded: disguises, case and punctuation change nothing, a few other words little.
/// 0 for a text of fewer than eight words, which is like nothing. Pure, and linear in the length of the text.
pub fn likeness(text: &str) -> u64 {
    let pieces = pieces(text);
    if pieces.len() < FEWEST + SHINGLE - 1 {
        return 0;
    }
    let mut balance = [0i32; 64];
    for shingle in pieces.windows(SHINGLE) {
        let hash = shingle.iter().fold(0x51_6d_68_73, |hash, piece| mix(hash ^ piece));
        for (bit, sum) in balance.iter_mut().enumerate() {
            *sum += if hash >> bit & 1 == 1 { 1 } else { -1 };
        }
    }
    let print = balance.iter().enumerate().fold(0, |print, (bit, sum)| print | u64::from(*sum > 0) << bit);
    // Nought is kept for texts that are too short.
    print.max(1)
}

/// Whether two prints are of nearly the same text. A text too short is like nothing, not even itself.
pub fn alike(a: u64, b: u64) -> bool {
    a != 0 && b != 0 && (a ^ b).count_ones() <= MOST_DIFFERENT
}

fn pieces(text: &str) -> Vec<u64> {
    let mut pieces = Vec::new();
    for word in fold::words(text).iter().take(MOST) {
        let folded = word.keys.1.as_ref().unwrap_or(&word.keys.0);
        if folded.contains(|c| crate::model::features::unspaced(u32::from(c))) {
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
