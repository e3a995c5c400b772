//! What a list may know, and what it surely does not: nearly every word of a text is in none of our lists, and is told
//! from them by its key's ends and length, without hashing it for each.

/// Places of a sieve, as a power of two.
const BITS: u32 = 14;

/// A word's letters as lists are searched for them, and their place in every sieve.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    pub text: &'a str,
    place: u16,
}

impl Key<'_> {
    pub fn of(text: &str) -> Key<'_> {
        Key { text, place: place(text) }
    }
}

/// By the first two bytes, the last, and the length.
fn place(key: &str) -> u16 {
    let bytes = key.as_bytes();
    let at = |n: usize| u32::from(bytes.get(n).copied().unwrap_or(0));
    let ends = at(0) | at(1) << 8 | at(bytes.len().saturating_sub(1)) << 16 | (bytes.len() as u32) << 24;
    (ends.wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as u16
}

/// The places that a list's keys have.
pub struct Sieve([u64; 1 << (BITS - 6)]);

impl Default for Sieve {
    fn default() -> Sieve {
        Sieve([0; 1 << (BITS - 6)])
    }
}

impl Sieve {
    pub fn add(&mut self, key: Key) {
        self.0[usize::from(key.place / 64)] |= 1 << (key.place % 64);
    }

    /// Never false for a key that was added.
    pub fn may_know(&self, key: Key) -> bool {
        self.0[usize::from(key.place / 64)] >> (key.place % 64) & 1 == 1
    }
}
