//! Keys by which other sites vouch for their readers. A site may have several, so that one can take the place of
//! another.

use crate::{Store, args, error::Result, log, write::Write};
use newsroom::Millis;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteKey {
    /// As tokens name it.
    pub kid: String,
    /// `HS256`, `RS256`, `ES256` or `EdDSA`: a token of another is refused.
    pub alg: String,
    /// The shared secret, or a public key as PEM.
    pub value: Vec<u8>,
    pub created_at: Millis,
    pub until: Option<Millis>,
}

impl Store {
    /// [`crate::Error::Taken`] where the site has one of that name, [`crate::Error::Gone`] where there is no such
    /// site.
    pub async fn add_site_key(&self, site: &str, key: &SiteKey, who: &str) -> Result<()> {
        let mut write = Write::new();
        write.must("UPDATE site SET name = name WHERE name = $1", args![site], "site");
        write.unless_taken(
            "INSERT INTO site_key (site_id, kid, alg, value, created_at, until) \
             SELECT id, $1, $2, $3, CAST($4 AS BIGINT), CAST($5 AS BIGINT) FROM site WHERE name = $6 \
             ON CONFLICT (site_id, kid) DO NOTHING",
            args![&key.kid, &key.alg, key.value.clone(), key.created_at, key.until, site],
            "key",
        );
        let act = format!("added the {} key {}", key.alg, key.kid);
        write.and(log::entry(key.created_at, who, &act, &format!("site {site}")));
        self.commit(write).await.map(|_| ())
    }

    /// All of a site's, the oldest first.
    pub async fn site_keys(&self, site: &str) -> Result<Vec<SiteKey>> {
        self.all(
            "SELECT k.kid, k.alg, k.value, k.created_at, k.until FROM site_key k JOIN site s ON s.id = k.site_id \
             WHERE s.name = $1 ORDER BY k.id",
            &args![site],
            |row| {
                Ok(SiteKey {
                    kid: row.text(0)?,
                    alg: row.text(1)?,
                    value: row.bytes(2)?,
                    created_at: row.moment(3)?,
                    until: row.opt_moment(4)?,
                })
            },
        )
        .await
    }

    /// From then on it vouches for nobody. [`crate::Error::Gone`] where there is none.
    pub async fn end_site_key(
        &self,
        site: &str,
        kid: &str,
        until: Millis,
        who: &str,
        now: Millis,
    ) -> Result<()> {
        let mut write = Write::new();
        write.must(
            "UPDATE site_key SET until = $1 WHERE kid = $2 AND site_id = (SELECT id FROM site WHERE name = $3)",
            args![until, kid, site],
            "key",
        );
        let act = format!("set the end of the key {kid}");
        write.and(log::entry(now, who, &act, &format!("site {site}")));
        self.commit(write).await.map(|_| ())
    }
}
