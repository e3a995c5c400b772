//! What the desk gives an account: a badge with words, and how its comments come in. Each with an end.

use crate::{Store, args, error::Result, log, write::Write};
use newsroom::{Millis, discussion::Regard};

impl Store {
    /// Words beside the name from now on, or none any more.
    pub async fn give_badge(
        &self,
        reader: i64,
        badge: Option<(&str, Millis)>,
        who: &str,
        now: Millis,
    ) -> Result<()> {
        let mut write = Write::new();
        write.must(
            "UPDATE reader SET badge = $1, badge_until = $2 WHERE id = $3 AND ended_at IS NULL",
            args![badge.map(|b| b.0), badge.map(|b| b.1), reader],
            "account",
        );
        let act = match badge {
            Some((words, until)) => format!("gave the badge “{words}” until {}", until.rfc3339()),
            None => "took the badge away".into(),
        };
        write.and(log::entry(now, who, &act, &format!("account {reader}")));
        self.commit(write).await.map(|_| ())
    }

    /// How this account's comments come in from now on; with none as everybody's.
    pub async fn regard_reader(
        &self,
        reader: i64,
        regard: Option<(Regard, Millis)>,
        who: &str,
        now: Millis,
    ) -> Result<()> {
        let mut write = Write::new();
        write.must(
            "UPDATE reader SET regard = $1, regard_until = $2 WHERE id = $3 AND ended_at IS NULL",
            args![regard.map(|r| r.0.as_str()), regard.map(|r| r.1), reader],
            "account",
        );
        let act = match regard {
            Some((Regard::AtOnce, until)) => format!("shows comments at once until {}", until.rfc3339()),
            Some((Regard::HeldFirst, until)) => format!("holds comments until {}", until.rfc3339()),
            Some((Regard::Refused, until)) => format!("refuses comments until {}", until.rfc3339()),
            None => "treats comments as everybody’s".into(),
        };
        write.and(log::entry(now, who, &act, &format!("account {reader}")));
        self.commit(write).await.map(|_| ())
    }
}
