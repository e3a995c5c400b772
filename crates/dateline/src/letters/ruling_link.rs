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
    /// The number of the account, and when it was made: numbers are given again after a restore.
    pub person: i64,
    pub since: Millis,
}

const KIND: &str = "rule";

impl RulingLink {
    /// `7.show.0.1761400000000.2.1761300000000.4f…`
    pub fn token(&self, doors: &Receipts) -> String {
        let text = self.text();
        let seal = doors.seal(KIND, &text);
        format!("{text}.{seal}")
    }

    /// `None` for what was not signed here. Whether it is still in time is for the caller.
    pub fn open(doors: &Receipts, token: &str) -> Option<RulingLink> {
        let (text, seal) = token.rsplit_once('.')?;
        if !doors.is_seal(KIND, text, seal) {
            return None;
        }
        let mut parts = text.split('.');
        Some(RulingLink {
            comment: parts.next()?.parse().ok()?,
            ruling: parts.next().and_then(Ruling::parse)?,
            seen: parts.next()?.parse().ok()?,
            until: Millis(parts.next()?.parse().ok()?),
            person: parts.next()?.parse().ok()?,
            since: Millis(parts.next()?.parse().ok()?),
        })
    }

    fn text(&self) -> String {
        let RulingLink { comment, ruling, seen, until, person, since } = self;
        format!("{comment}.{}.{seen}.{}.{person}.{}", ruling.as_str(), until.0, since.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_can_be_changed() {
        let receipts = Receipts::new(&[3; 32]);
        let (until, since) = (Millis(99), Millis(55));
        let link = RulingLink { comment: 7, ruling: Ruling::Show, seen: 0, until, person: 2, since };
        let token = link.token(&receipts);
        assert_eq!(RulingLink::open(&receipts, &token), Some(link));
        for (part, other) in [
            ("7.", "8."),
            ("show", "remove"),
            (".0.", ".1."),
            (".99.", ".999."),
            (".2.", ".1."),
            (".55.", ".56."),
        ] {
            assert_eq!(RulingLink::open(&receipts, &token.replacen(part, other, 1)), None, "{part}");
        }
        assert_eq!(RulingLink::open(&Receipts::new(&[4; 32]), &token), None);
        assert_eq!(RulingLink::open(&receipts, "."), None);
    }
}
