//! What a browser keeps of the comments that were sent from it: the way to their receipts, so that whoever is judged
//! the next day is told, though no address for letters was given.

use super::appeal;
use crate::clock::DAY;

/// So long, in milliseconds: as long as an appeal against an early ruling may be made.
pub const KEPT: i64 = 180 * DAY;
/// So many, the latest.
pub const MOST: u32 = 20;

const _: () = assert!(KEPT <= appeal::WITHIN);

/// Where the next goes, after the one at that place: round and round, so that it takes the oldest's.
pub fn next(last: Option<u32>) -> u32 {
    last.map_or(0, |last| last.wrapping_add(1) % MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_stay() {
        assert_eq!((next(None), next(Some(0)), next(Some(MOST - 1))), (0, 1, 0));
        assert!(next(Some(u32::MAX)) < MOST, "whatever somebody wrote there");
    }
}
