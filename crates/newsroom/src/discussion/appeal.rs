//! A writer asks that a ruling be looked at again, and who may decide it. DSA Art. 20: six months, and not
//! by the first judge.

use super::State;
use crate::{Millis, clock::DAY};

/// So long after a ruling it can be appealed, in milliseconds.
pub const WITHIN: i64 = 183 * DAY;
/// So long an appeal may wait, in milliseconds.
pub const DUE: i64 = 14 * DAY;
/// Longest text of an appeal, in characters.
pub const LONGEST: usize = 2_000;

/// What there is to appeal against.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub state: State,
    /// A passage was cut.
    pub cut: bool,
    /// When it was ruled so; `None` where no person did.
    pub ruled_at: Option<Millis>,
    /// An appeal was made after that ruling, or before it and decided by it.
    pub appealed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAppeal {
    /// Nothing was taken from the writer.
    Nothing,
    Already,
    Late,
}

/// Until when it can be appealed against.
pub fn may_appeal(standing: Standing, now: Millis) -> Result<Millis, NoAppeal> {
    let taken = standing.state == State::Removed || (standing.state == State::Shown && standing.cut);
    let Some(ruled_at) = standing.ruled_at.filter(|_| taken) else { return Err(NoAppeal::Nothing) };
    let until = ruled_at.plus(WITHIN);
    match standing.appealed {
        true => Err(NoAppeal::Already),
        false if until < now => Err(NoAppeal::Late),
        false => Ok(until),
    }
}

/// Whether `judge` may decide an appeal against what `first` ruled. Where nobody else moderates, the same
/// person must.
pub fn may_decide(first: &str, judge: &str, somebody_else: bool) -> bool {
    first != judge || !somebody_else
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_and_in_time() {
        let removed =
            Standing { state: State::Removed, cut: false, ruled_at: Some(Millis(1_000)), appealed: false };
        let at = |s, ms| may_appeal(s, Millis(ms));
        assert_eq!(at(removed, 1_000), Ok(Millis(1_000 + WITHIN)));
        assert_eq!(at(removed, 1_001 + WITHIN), Err(NoAppeal::Late));
        assert_eq!(at(Standing { appealed: true, ..removed }, 1_000), Err(NoAppeal::Already));
        assert_eq!(at(Standing { ruled_at: None, ..removed }, 1_000), Err(NoAppeal::Nothing));
        let shown = Standing { state: State::Shown, ..removed };
        assert_eq!(at(shown, 1_000), Err(NoAppeal::Nothing));
        assert!(at(Standing { cut: true, ..shown }, 1_000).is_ok());
        assert_eq!(at(Standing { state: State::Held, ..removed }, 1_000), Err(NoAppeal::Nothing));
    }

    #[test]
    fn by_another() {
        assert!(may_decide("ilse", "bo", true) && may_decide("ilse", "ilse", false));
        assert!(!may_decide("ilse", "ilse", true));
    }
}
