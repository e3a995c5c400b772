//! Keys of the prints by which readers are told apart beyond one request: one for each day, each destroyed
//! after some days. Then nothing can be made of the prints any more.

use crate::{Millis, clock::DAY};

/// The day whose key is used now: days since 1970 UTC.
pub fn day(now: Millis) -> i64 {
    now.0.div_euclid(DAY)
}

/// The first day whose key still lives, each living for so many days, its own among them; those before are
/// destroyed.
pub fn first_kept(now: Millis, days: i64) -> i64 {
    day(now) - days + 1
}

/// When the prints made at that moment come to their end: with the key of their day.
pub fn ends(made: Millis, days: i64) -> Millis {
    Millis((day(made) + days) * DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_lives_for_a_week() {
        let noon = Millis(1_000 * DAY + DAY / 2);
        assert_eq!((day(noon), first_kept(noon, 7)), (1_000, 994));
        assert_eq!(first_kept(noon.plus(6 * DAY), 7), 1_000, "the last day on which it is compared");
        assert_eq!(first_kept(noon.plus(7 * DAY), 7), 1_001);
        assert_eq!(ends(noon, 7), Millis(1_007 * DAY));
        assert_eq!(day(Millis(-1)), -1);
    }
}
