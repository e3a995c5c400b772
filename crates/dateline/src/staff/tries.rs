//! How often one may try to sign in: five times a minute from one address, and five for one name.

use crate::edge::{Flood, Print};
use newsroom::{Millis, discussion::name::look};
use sha2::{Digest, Sha256};

/// Failed tries in a minute before the next has to wait.
pub const TRIES_PER_MINUTE: u32 = 5;

/// One try: the address's print and the name as typed; without a name the address alone is counted.
pub struct SignInTries<'a> {
    pub flood: &'a Flood,
    pub address: Print,
    pub name: &'a str,
}

impl SignInTries<'_> {
    /// Seconds to wait before another try; `None` when there is none, and the try is then counted.
    pub fn wait(&self, now: Millis) -> Option<u32> {
        if self.prints().any(|p| self.flood.tally(p, now).last_minute >= TRIES_PER_MINUTE) {
            return Some(60);
        }
        for print in self.prints() {
            self.flood.count(print, now);
        }
        None
    }

    /// After a sign-in that succeeded.
    pub fn forget(&self) {
        for print in self.prints() {
            self.flood.forget(print);
        }
    }

    fn prints(&self) -> impl Iterator<Item = Print> {
        let name = (!self.name.is_empty()).then(|| name_print(self.name));
        std::iter::once(self.address).chain(name)
    }
}

/// Names that look alike share their tries.
fn name_print(name: &str) -> Print {
    let start: String = name.chars().take(200).collect();
    let digest = Sha256::digest(format!("name {}", look(&start)).as_bytes());
    Print::from_be_bytes(digest[..8].try_into().expect("SHA-256 has 32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsroom::clock::MINUTE;

    #[test]
    fn five_by_name_and_five_by_address() {
        let flood = Flood::new(1_000);
        let wait = |address, name: &str, at| SignInTries { flood: &flood, address, name }.wait(Millis(at));
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
        SignInTries { flood: &flood, address: 3, name: "ilse" }.forget();
        assert_eq!(wait(8, "ilse", 40), None);
    }
}
