//! Passkeys of those who work here: what a password still opens beside them, and which of them may go.

use crate::clock::MINUTE;

/// What the paper asks of its people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Passkeys {
    /// Whoever wants one has one; passwords open the desk as well.
    #[default]
    Offered,
    /// A password leads to adding the first passkey, and to nothing else.
    Required,
}

/// How somebody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameBy {
    Password,
    Passkey,
}

/// Most passkeys of one person: a phone, a few machines and keys.
pub const MOST: usize = 20;

/// A session older than this adds no passkey: a stolen one must not become a way in for ever. In milliseconds.
pub const FRESH: i64 = 15 * MINUTE;

/// Why no passkey is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAdded {
    /// Sign in anew first.
    Stale,
    TooMany,
    /// There are some already, and a password opens nothing here.
    ByPasskeyOnly,
}

impl NotAdded {
    pub fn words(self) -> &'static str {
        match self {
            NotAdded::Stale => {
                "This session began more than 15 minutes ago. Sign out and in again to add a passkey."
            }
            NotAdded::TooMany => "There are 20 passkeys already. Remove one that is not used any more.",
            NotAdded::ByPasskeyOnly => {
                "You have a passkey, and this paper asks for it. Sign out, and in again with the passkey."
            }
        }
    }
}

impl Passkeys {
    pub fn as_str(self) -> &'static str {
        match self {
            Passkeys::Offered => "offered",
            Passkeys::Required => "required",
        }
    }

    pub fn parse(text: &str) -> Option<Passkeys> {
        [Passkeys::Offered, Passkeys::Required].into_iter().find(|p| p.as_str() == text)
    }

    /// Whether a session that began so reaches more than its holder's own page.
    pub fn opens(self, by: CameBy) -> bool {
        self == Passkeys::Offered || by == CameBy::Passkey
    }

    /// Whether a right password begins a session for somebody with so many passkeys.
    pub fn takes_password(self, has: usize) -> bool {
        self == Passkeys::Offered || has == 0
    }

    /// Whether one more may be added, in a session of that age in milliseconds.
    pub fn may_add(self, by: CameBy, has: usize, age: i64) -> Result<(), NotAdded> {
        if !self.opens(by) && has > 0 {
            Err(NotAdded::ByPasskeyOnly)
        } else if has >= MOST {
            Err(NotAdded::TooMany)
        } else if age >= FRESH {
            Err(NotAdded::Stale)
        } else {
            Ok(())
        }
    }

    /// Whether the last one stays: it is the only way in.
    pub fn keeps_last(self, has_password: bool) -> bool {
        self == Passkeys::Required || !has_password
    }
}

#[cfg(test)]
mod tests {
    use super::{CameBy::*, Passkeys::*, *};

    #[test]
    fn offered_takes_nothing_away() {
        assert!(Offered.opens(Password) && Offered.opens(Passkey));
        assert!(Offered.takes_password(0) && Offered.takes_password(3));
        assert_eq!(Offered.may_add(Password, 3, FRESH - 1), Ok(()));
        assert!(!Offered.keeps_last(true));
        assert!(Offered.keeps_last(false), "nothing else would open");
    }

    #[test]
    fn required_leaves_a_password_one_thing_to_do() {
        assert!(!Required.opens(Password) && Required.opens(Passkey));
        assert!(Required.takes_password(0) && !Required.takes_password(1));
        assert_eq!(Required.may_add(Password, 0, 0), Ok(()));
        assert_eq!(Required.may_add(Password, 1, 0), Err(NotAdded::ByPasskeyOnly));
        assert_eq!(Required.may_add(Passkey, 1, 0), Ok(()));
        assert!(Required.keeps_last(true));
    }

    #[test]
    fn an_old_session_and_a_full_ring_add_none() {
        assert_eq!(Offered.may_add(Passkey, 1, FRESH), Err(NotAdded::Stale));
        assert_eq!(Offered.may_add(Passkey, MOST, 0), Err(NotAdded::TooMany));
        for policy in [Offered, Required] {
            assert_eq!(Passkeys::parse(policy.as_str()), Some(policy));
        }
        assert_eq!(Passkeys::parse("Required"), None);
    }
}
