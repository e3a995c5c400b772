//! What the paper lays open of its moderation: accounts that it made public, and the discussion's rules as they
//! were from each day on.

use crate::{Store, args, error::Result, log, value::Row, write::Write};
use newsroom::Millis;

/// An account of moderation that was made public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedAccount {
    pub id: i64,
    pub at: Millis,
    pub from: Millis,
    /// Not with it.
    pub until: Millis,
    /// A JSON list of [what, code, number].
    pub lines: String,
}

/// The rules as readers could read them from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesThen {
    pub id: i64,
    pub at: Millis,
    pub text: String,
    /// Empty for the paper's own; else the key of the site under whose pages they hold.
    pub site: String,
}

/// Earlier ones that are listed.
const MOST: u32 = 100;

macro_rules! accounts {
    ($rest:literal) => {
        concat!("SELECT id, at, from_at, until_at, lines FROM published_account ", $rest)
    };
}

fn account(row: &Row<'_>) -> Result<PublishedAccount> {
    Ok(PublishedAccount {
        id: row.int(0)?,
        at: row.moment(1)?,
        from: row.moment(2)?,
        until: row.moment(3)?,
        lines: row.text(4)?,
    })
}

macro_rules! rules {
    ($rest:literal) => {
        concat!("SELECT id, at, text, site FROM house_rules ", $rest)
    };
}

fn then(row: &Row<'_>) -> Result<RulesThen> {
    Ok(RulesThen { id: row.int(0)?, at: row.moment(1)?, text: row.text(2)?, site: row.text(3)? })
}

impl Store {
    pub async fn publish_account(
        &self,
        from: Millis,
        until: Millis,
        lines: &str,
        who: &str,
        now: Millis,
    ) -> Result<()> {
        let mut write = Write::new();
        write.step(
            "INSERT INTO published_account (at, from_at, until_at, lines) VALUES ($1, $2, $3, $4)",
            args![now, from, until, lines],
        );
        write.and(log::entry(now, who, "made it public", "account of moderation"));
        self.commit(write).await.map(|_| ())
    }

    /// The latest first.
    pub async fn published_accounts(&self) -> Result<Vec<PublishedAccount>> {
        self.all(accounts!("ORDER BY id DESC LIMIT $1"), &args![MOST], account).await
    }

    /// Keeps the rules' text where it differs from the one kept last; whether it did. `site` is empty for the paper's
    /// own, else a site's key.
    pub async fn keep_rules(&self, site: &str, text: &str, now: Millis) -> Result<bool> {
        let mut write = Write::new();
        write.step(
            "INSERT INTO house_rules (at, text, site) SELECT CAST($1 AS BIGINT), $2, $3 WHERE NOT EXISTS (SELECT 1 \
             FROM house_rules h WHERE h.id = (SELECT MAX(l.id) FROM house_rules l WHERE l.site = $3) AND h.text = $2)",
            args![now, text, site],
        );
        let outcome = self.commit(write).await?;
        Ok(outcome.rows.first().is_some_and(|rows| *rows > 0))
    }

    /// Those of the paper, or of a site's key; the latest first.
    pub async fn rules_then(&self, site: &str) -> Result<Vec<RulesThen>> {
        self.all(rules!("WHERE site = $1 ORDER BY id DESC LIMIT $2"), &args![site, MOST], then).await
    }

    pub async fn rules_kept(&self, id: i64) -> Result<Option<RulesThen>> {
        self.one(rules!("WHERE id = $1"), &args![id], then).await
    }
}
