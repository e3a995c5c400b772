//! Chance that is the same each time: xorshift, of which nothing secret depends.

pub struct Chance(u64);

impl Chance {
    pub fn new() -> Chance {
        Chance(0x9e37_79b9_7f4a_7c15)
    }

    /// Less than `most`; 0 where that is 0.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % most.max(1) as u64) as usize
    }

    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Small numbers far more often than great ones, as readers talk: most stories have a few comments,
    /// a few have hundreds.
    pub fn skewed(&mut self, most: usize) -> usize {
        let (a, b) = (self.below(1_000), self.below(1_000));
        most * a * a * b / 1_000_000_000
    }
}
