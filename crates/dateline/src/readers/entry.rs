//! The link by which somebody who knocked comes in: over the knock's number and its moment, under the key of doors,
//! which no copy of the paper has.

use crate::receipts::{Made, Receipts};
use newsroom::Millis;
use store::reader::Knock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryLink {
    pub knock: i64,
    /// When they knocked.
    pub at: Millis,
}

const KIND: &str = "enter";

impl EntryLink {
    pub fn of(knock: &Knock) -> EntryLink {
        EntryLink { knock: knock.id, at: knock.at }
    }

    /// Whether it was made for that knock, and not for an earlier one of the same number.
    pub fn is_of(self, knock: &Knock) -> bool {
        self == EntryLink::of(knock)
    }

    /// `/account/enter/7-1761400000000-4f…`
    pub fn path(self, doors: &Receipts) -> String {
        format!("/account/enter/{}", doors.token(KIND, Made { id: self.knock, at: self.at }))
    }

    /// `None` for what was not signed here. Whether it still opens is for the caller.
    pub fn open(doors: &Receipts, token: &str) -> Option<EntryLink> {
        doors.of_token(KIND, token).map(|of| EntryLink { knock: of.id, at: of.at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::reader::WayKind;

    #[test]
    fn it_opens_no_later_knock_of_the_same_number() {
        let receipts = Receipts::new(&[3; 32]);
        let knock = |at| Knock {
            id: 7,
            at: Millis(at),
            kind: WayKind::Mail,
            digest: "d".into(),
            label: "m***@post.example".into(),
            name: String::new(),
            reader: None,
        };
        let path = EntryLink::of(&knock(1_000)).path(&receipts);
        let token = path.strip_prefix("/account/enter/").unwrap();
        let opened = EntryLink::open(&receipts, token).unwrap();
        assert!(opened.is_of(&knock(1_000)) && !opened.is_of(&knock(1_001)));
        assert_eq!(EntryLink::open(&Receipts::new(&[4; 32]), token), None);
        for forged in
            [token.replacen("7-", "8-", 1), token.replacen("-1000-", "-1001-", 1), "7".into(), String::new()]
        {
            assert_eq!(EntryLink::open(&receipts, &forged), None, "{forged}");
        }
    }
}
