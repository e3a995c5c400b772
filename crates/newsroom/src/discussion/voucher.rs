//! Who vouches for a writer's being whom they say. Most writers sign with a name only.

use crate::{Millis, clock::DAY};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voucher {
    /// Whoever reads the letters of the address given with the comment has said so.
    Mail,
    /// Written from an account of this paper.
    Account,
    /// The site on whose page it was written, by a signed token.
    Site,
}

impl Voucher {
    pub fn as_str(self) -> &'static str {
        match self {
            Voucher::Mail => "mail",
            Voucher::Account => "account",
            Voucher::Site => "site",
        }
    }

    pub fn parse(text: &str) -> Option<Voucher> {
        [Voucher::Mail, Voucher::Account, Voucher::Site].into_iter().find(|v| v.as_str() == text)
    }
}

/// How far a clock may be wrong, in milliseconds.
const SKEW: i64 = 60_000;
/// A token good for longer is refused: one that leaks must not be good for ever.
const LONGEST: i64 = DAY;

/// Whether a token that says when it ends, and perhaps from when on it is good, is good now. In seconds since
/// 1970, as tokens have them.
pub fn in_time(exp: i64, nbf: Option<i64>, now: Millis) -> Result<(), &'static str> {
    let exp = exp.saturating_mul(1000);
    if exp <= now.0 - SKEW {
        return Err("The token has ended.");
    }
    if exp > now.0 + LONGEST + SKEW {
        return Err("The token is good for longer than a day.");
    }
    if nbf.is_some_and(|nbf| nbf.saturating_mul(1000) > now.0 + SKEW) {
        return Err("The token is not good yet.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_a_day_at_most() {
        let now = Millis(1_700_000_000_000);
        let at = |seconds: i64| 1_700_000_000 + seconds;
        assert_eq!(in_time(at(60), None, now), Ok(()));
        assert_eq!(in_time(at(-59), Some(at(59)), now), Ok(()), "clocks differ a little");
        assert!(in_time(at(-60), None, now).is_err());
        assert!(in_time(at(86_461), None, now).is_err());
        assert!(in_time(at(60), Some(at(61)), now).is_err());
        assert!(in_time(i64::MAX, None, now).is_err() && in_time(i64::MIN, Some(i64::MAX), now).is_err());
    }
}
