//! The private link by which a writer sees what became of a comment: its number and a keyed word over it,
//! so that none can be guessed and nothing need be stored. Other links are over the moment of what they are about, too.

use hmac::{Hmac, KeyInit, Mac};
use newsroom::{Millis, discussion::CommentId};
use sha2::Sha256;

/// What a link is about: its number, and when it was made. A number alone is nobody's for ever, for numbers begin
/// again after a restore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Made {
    pub id: i64,
    pub at: Millis,
}

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

    /// The comment of a token, if it is genuine. That no other comment gets its number, `store::ids` sees to.
    pub fn comment(&self, token: &str) -> Option<CommentId> {
        let (id, word) = token.split_once('-')?;
        let id: i64 = id.parse().ok()?;
        same(&self.word(id), word).then_some(id)
    }

    /// `/report/3-1761400000000-9a…`, for whoever made that report.
    pub fn report_path(&self, report: Made) -> String {
        format!("/report/{}", self.token("report", report))
    }

    /// `12-1761400000000-4f…`: a link's last part, that does one kind of thing to one thing.
    pub fn token(&self, kind: &str, of: Made) -> String {
        let text = format!("{}-{}", of.id, of.at.0);
        let seal = self.seal(kind, &text);
        format!("{text}-{seal}")
    }

    /// What the token of that kind is for, if it is genuine. Whether that is still there is for the caller.
    pub fn of_token(&self, kind: &str, token: &str) -> Option<Made> {
        let (text, seal) = token.rsplit_once('-')?;
        if !self.is_seal(kind, text, seal) {
            return None;
        }
        let (id, at) = text.split_once('-')?;
        Some(Made { id: id.parse().ok()?, at: Millis(at.parse().ok()?) })
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

    fn word(&self, id: CommentId) -> String {
        let mut mac = self.0.clone();
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
        assert_eq!(receipts.of_token("report", token), None, "a receipt opens no report");
        let made = Made { id: 12, at: Millis(1_000) };
        let yes = receipts.token("yes", made);
        assert_eq!((receipts.of_token("yes", &yes), receipts.of_token("stop", &yes)), (Some(made), None));
        for forged in [yes.replacen("12-", "13-", 1), yes.replacen("-1000-", "-1001-", 1), "12".into()] {
            assert_eq!(receipts.of_token("yes", &forged), None, "{forged}");
        }
        assert!(receipts.is_seal("rule", "7.show", &receipts.seal("rule", "7.show")));
        assert!(!receipts.is_seal("rule", "7.remove", &receipts.seal("rule", "7.show")));
        for forged in
            ["", "12", "12-", "13-000000000000000000000000", &token[..token.len() - 1], &format!("{token}0")]
        {
            assert_eq!(receipts.comment(forged), None, "{forged}");
        }
    }
}
