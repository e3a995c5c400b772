//! The link in a moderator's letter: one ruling on one comment as it was seen, for one person, until a
//! moment. All of it stands in the link and is signed.

use crate::receipts::Receipts;
use newsroom::{
    Millis,
    discussion::{CommentId, Ruling},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulingLink {
    pub comment: CommentId,
    /// To show or to remove.
    pub ruling: Ruling,
    /// The latest ruling when the letter was written; another since makes the link worthless.
    pub seen: i64,
    pub until: Millis,
    /// The number of the account.
    pub person: i64,
}

const KIND: &str = "rule";

impl RulingLink {
    /// `7.show.0.1761400000000.2.4f…`
    pub fn token(&self, receipts: &Receipts) -> String {
        let text = self.text();
        let seal = receipts.seal(KIND, &text);
        format!("{text}.{seal}")
    }

    /// `None` for what was not signed here. Whether it is still in time is for the caller.
    pub fn open(receipts: &Receipts, token: &str) -> Option<RulingLink> {
        let (text, seal) = token.rsplit_once('.')?;
        if !receipts.is_seal(KIND, text, seal) {
            return None;
        }
        let mut parts = text.split('.');
        Some(RulingLink {
            comment: parts.next()?.parse().ok()?,
            ruling: parts.next().and_then(Ruling::parse)?,
            seen: parts.next()?.parse().ok()?,
            until: Millis(parts.next()?.parse().ok()?),
            person: parts.next()?.parse().ok()?,
        })
    }

    fn text(&self) -> String {
        format!("{}.{}.{}.{}.{}", self.comment, self.ruling.as_str(), self.seen, self.until.0, self.person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_can_be_changed() {
        let receipts = Receipts::new(&[3; 32]);
        let link = RulingLink { comment: 7, ruling: Ruling::Show, seen: 0, until: Millis(99), person: 2 };
        let token = link.token(&receipts);
        assert_eq!(RulingLink::open(&receipts, &token), Some(link));
        for (part, other) in
            [("7.", "8."), ("show", "remove"), (".0.", ".1."), (".99.", ".999."), (".2.", ".1.")]
        {
            assert_eq!(RulingLink::open(&receipts, &token.replacen(part, other, 1)), None, "{part}");
        }
        assert_eq!(RulingLink::open(&Receipts::new(&[4; 32]), &token), None);
        assert_eq!(RulingLink::open(&receipts, "."), None);
    }
}
