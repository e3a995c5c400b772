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
        format!("/receipt/{id}-{}", self.word(b"", id))
    }

    /// `/report/3-9a…`, for whoever made that report.
    pub fn report_path(&self, report: i64) -> String {
        format!("/report/{report}-{}", self.word(b"report", report))
    }

    /// The report of a token, if it is genuine.
    pub fn report(&self, token: &str) -> Option<i64> {
        self.opened(b"report", token)
    }

    /// The comment of a token, if it is genuine.
    pub fn comment(&self, token: &str) -> Option<CommentId> {
        self.opened(b"", token)
    }

    /// `12-4f…`: a link's last part, that does one kind of thing to one thing.
    pub fn token(&self, kind: &str, id: i64) -> String {
        format!("{id}-{}", self.word(kind.as_bytes(), id))
    }

    /// What the token of that kind is for, if it is genuine.
    pub fn of_token(&self, kind: &str, token: &str) -> Option<i64> {
        self.opened(kind.as_bytes(), token)
    }

    /// A keyed word over a text.
    pub fn seal(&self, kind: &str, text: &str) -> String {
        let mut mac = self.0.clone();
        // With its length, so that none of the kind can lend to the text.
        mac.update(&(kind.len() as u64).to_be_bytes());
        mac.update(kind.as_bytes());
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().iter().take(LONG / 2).map(|b| format!("{b:02x}")).collect()
    }

    /// Whether that is the keyed word over the text.
    pub fn is_seal(&self, kind: &str, text: &str, word: &str) -> bool {
        same(&self.seal(kind, text), word)
    }

    fn opened(&self, kind: &[u8], token: &str) -> Option<i64> {
        let (id, word) = token.split_once('-')?;
        let id: i64 = id.parse().ok()?;
        same(&self.word(kind, id), word).then_some(id)
    }

    fn word(&self, kind: &[u8], id: i64) -> String {
        let mut mac = self.0.clone();
        mac.update(kind);
        mac.update(&id.to_be_bytes());
        mac.finalize().into_bytes().iter().take(LONG / 2).map(|b| format!("{b:02x}")).collect()
    }
}

/// In constant time: a near miss must not be told by how long it takes.
fn same(right: &str, word: &str) -> bool {
    let differences = right.bytes().zip(word.bytes()).fold(0u8, |all, (a, b)| all | (a ^ b));
    word.len() == LONG && differences == 0
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
        assert_eq!(receipts.report(token), None, "a receipt opens no report");
        let yes = receipts.token("yes", 12);
        assert_eq!((receipts.of_token("yes", &yes), receipts.of_token("stop", &yes)), (Some(12), None));
        assert!(receipts.is_seal("rule", "7.show", &receipts.seal("rule", "7.show")));
        assert!(!receipts.is_seal("rule", "7.remove", &receipts.seal("rule", "7.show")));
        for forged in
            ["", "12", "12-", "13-000000000000000000000000", &token[..token.len() - 1], &format!("{token}0")]
        {
            assert_eq!(receipts.comment(forged), None, "{forged}");
        }
    }
}
