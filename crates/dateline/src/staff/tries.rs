//! How often one may try to sign in: five times a minute from one address, and five for one name.

use crate::edge::{Flood, Print};
use newsroom::{Millis, discussion::name::look};
use sha2::{Digest, Sha256};

/// At which door a try is counted, each apart from the others: a reader shall not use up the tries of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignInDoor {
    Desk,
    /// A letter to a reader's address.
    Letter,
    /// With an OpenID Connect provider.
    Provider,
    /// A reader's passkey. One that opens ends the count of this door alone.
    Passkey,
    /// An account that a passkey makes.
    MadeByPasskey,
}

/// What tries are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TriesOf {
    Address(SignInDoor, Print),
    /// Whoever is named, wherever from.
    Name(SignInDoor, Print),
}

/// Failed tries in a minute before the next has to wait.
pub const TRIES_PER_MINUTE: u32 = 5;

/// One try: the address's print and the name as typed; without a name the address alone is counted.
pub struct SignInTries<'a> {
    pub flood: &'a Flood<TriesOf>,
    pub door: SignInDoor,
    pub address: Print,
    pub name: &'a str,
}

impl SignInTries<'_> {
    /// Seconds to wait before another try; `None` when there is none, and the try is then counted.
    pub fn wait(&self, now: Millis) -> Option<u32> {
        if self.counted().any(|of| self.flood.tally(of, now).last_minute >= TRIES_PER_MINUTE) {
            return Some(60);
        }
        for of in self.counted() {
            self.flood.count(of, now);
        }
        None
    }

    /// After a sign-in that succeeded.
    pub fn forget(&self) {
        for of in self.counted() {
            self.flood.forget(of);
        }
    }

    fn counted(&self) -> impl Iterator<Item = TriesOf> {
        let name = (!self.name.is_empty()).then(|| TriesOf::Name(self.door, name_print(self.name)));
        std::iter::once(TriesOf::Address(self.door, self.address)).chain(name)
    }
}

/// Names that look alike share their tries.
fn name_print(name: &str) -> Print {
    let start: String = name.chars().take(200).collect();
    let digest = Sha256::digest(look(&start).as_bytes());
    Print::from_be_bytes(digest[..8].try_into().expect("SHA-256 has 32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsroom::clock::MINUTE;

    #[test]
    fn five_by_name_and_five_by_address() {
        let flood = Flood::new(1_000);
        let door = SignInDoor::Desk;
        let wait =
            |address, name: &str, at| SignInTries { flood: &flood, door, address, name }.wait(Millis(at));
        for n in 0..5 {
            assert_eq!(wait(n, "Ilse", n as i64), None);
        }
        assert_eq!(wait(9, "ilse ", 10), Some(60), "the name is used up, wherever from");
        assert_eq!(wait(9, "per", 10), None);
        for n in 0..4 {
            assert_eq!(wait(9, &format!("other {n}"), 20), None);
        }
        assert_eq!(wait(9, "yet another", 30), Some(60), "the address is used up, whoever it names");
        assert_eq!(wait(9, "yet another", 30 + MINUTE), None);
        for n in 0..5 {
            assert_eq!(wait(100 + n, "", 30), None, "nobody is named, and nobody used up");
        }
        assert_eq!(wait(110, "", 30), None);
        SignInTries { flood: &flood, door, address: 3, name: "ilse" }.forget();
        assert_eq!(wait(8, "ilse", 40), None);
        // Another door has counts of its own.
        let letter = SignInTries { flood: &flood, door: SignInDoor::Letter, address: 9, name: "ilse" };
        for n in 0..5 {
            assert_eq!(letter.wait(Millis(50 + n)), None);
        }
        assert_eq!(letter.wait(Millis(60)), Some(60));
        assert_eq!(wait(7, "ilse", 61), None);
    }
}
