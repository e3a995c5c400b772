//! Tokens of machines: shown once when made, kept as a digest.

use crate::{Store, args, error::Result, log, value::Row, write::Write};
use newsroom::{Millis, staff::Scope};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: i64,
    pub name: String,
    pub scope: Scope,
    pub created_at: Millis,
    pub revoked_at: Option<Millis>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, name, scope, created_at, revoked_at FROM token ", $rest)
    };
}

fn token(row: &Row<'_>) -> Result<Token> {
    Ok(Token {
        id: row.int(0)?,
        name: row.text(1)?,
        scope: row.word(2, Scope::parse)?,
        created_at: row.moment(3)?,
        revoked_at: row.opt_moment(4)?,
    })
}

impl Store {
    /// `digest` is the token's SHA-256 in hex. [`crate::Error::Taken`] with `token` where one of that name
    /// is in use; the name of a revoked one may be given again.
    pub async fn add_token(
        &self,
        name: &str,
        scope: Scope,
        digest: &str,
        who: &str,
        now: Millis,
    ) -> Result<()> {
        let mut write = Write::new();
        write.unless_taken(
            "INSERT INTO token (name, scope, digest, created_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (name) DO UPDATE SET scope = excluded.scope, digest = excluded.digest, \
             created_at = excluded.created_at, revoked_at = NULL WHERE token.revoked_at IS NOT NULL",
            args![name, scope.as_str(), digest, now],
            "token",
        );
        let act = format!("made the token, scope {}", scope.as_str());
        write.and(log::entry(now, who, &act, &format!("token {name}")));
        self.commit(write).await.map(|_| ())
    }

    /// The token of that digest, unless it was revoked.
    pub async fn find_token(&self, digest: &str) -> Result<Option<Token>> {
        self.one(select!("WHERE digest = $1 AND revoked_at IS NULL"), &args![digest], token).await
    }

    pub async fn list_tokens(&self) -> Result<Vec<Token>> {
        self.all(select!("ORDER BY name"), &[], token).await
    }

    /// [`crate::Error::Gone`] where there is none of that name in use.
    pub async fn revoke_token(&self, name: &str, who: &str, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.must(
            "UPDATE token SET revoked_at = $1 WHERE name = $2 AND revoked_at IS NULL",
            args![now, name],
            "token",
        );
        write.and(log::entry(now, who, "revoked the token", &format!("token {name}")));
        self.commit(write).await.map(|_| ())
    }
}
