//! Keys of the prints by which readers are told apart beyond one request: one for each day, each destroyed
//! after some days. Then nothing can be made of the prints any more.

use crate::{Millis, clock::DAY};

/// Days for which a key lives, its own among them.
pub const KEPT: i64 = 7;

/// The day whose key is used now: days since 1970 UTC.
pub fn day(now: Millis) -> i64 {
    now.0.div_euclid(DAY)
}

/// The first day whose key still lives; those before are destroyed.
pub fn first_kept(now: Millis) -> i64 {
    day(now) - KEPT + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_lives_for_a_week() {
        let noon = Millis(1_000 * DAY + DAY / 2);
        assert_eq!((day(noon), first_kept(noon)), (1_000, 994));
        assert_eq!(first_kept(noon.plus(6 * DAY)), 1_000, "the last day on which it is compared");
        assert_eq!(first_kept(noon.plus(7 * DAY)), 1_001);
        assert_eq!(day(Millis(-1)), -1);
    }
}
