//! The private link by which a writer sees what became of a comment: its number and a keyed word over it,
//! so that none can be guessed and nothing need be stored.

use hmac::{Hmac, KeyInit, Mac};
use newsroom::discussion::CommentId;
use sha2::Sha256;

pub struct Receipts(Hmac<Sha256>);

/// Characters of the keyed word: 96 bits in hexadecimal.
const LONG: usize = 24;

impl Receipts {
    pub fn new(key: &[u8; 32]) -> Receipts {
        Receipts(Hmac::new_from_slice(key).expect("HMAC takes keys of any length"))
    }

    /// `/receipt/12-4f…`
    pub fn path(&self, id: CommentId) -> String {
        format!("/receipt/{id}-{}", self.word(id))
    }

    /// The comment of a token, if it is genuine.
    pub fn comment(&self, token: &str) -> Option<CommentId> {
        let (id, word) = token.split_once('-')?;
        let id: CommentId = id.parse().ok()?;
        let right = self.word(id);
        // In constant time: a near miss must not be told by how long it takes.
        let differences = right.bytes().zip(word.bytes()).fold(0u8, |all, (a, b)| all | (a ^ b));
        (word.len() == LONG && differences == 0).then_some(id)
    }

    fn word(&self, id: CommentId) -> String {
        let mut mac = self.0.clone();
        mac.update(&id.to_be_bytes());
        mac.finalize().into_bytes().iter().take(LONG / 2).map(|b| format!("{b:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_genuine_open() {
        let receipts = Receipts::new(&[3; 32]);
        let path = receipts.path(12);
        let token = path.strip_prefix("/receipt/").unwrap();
        assert_eq!(receipts.comment(token), Some(12));
        assert_eq!(Receipts::new(&[4; 32]).comment(token), None);
        for forged in
            ["", "12", "12-", "13-000000000000000000000000", &token[..token.len() - 1], &format!("{token}0")]
        {
            assert_eq!(receipts.comment(forged), None, "{forged}");
        }
    }
}
