//! What the paper remembers of itself: settings as text, and secrets that no page may show.

use crate::{
    Store, args,
    error::{Error, Result},
    write::Write,
};
use newsroom::touch::Touch;

impl Store {
    pub async fn setting(&self, key: &str) -> Result<Option<String>> {
        self.one("SELECT value FROM setting WHERE key = $1", &args![key], |row| row.text(0)).await
    }

    pub async fn set_setting(&self, key: &str, value: &str) -> Result<()> {
        let mut write = Write::new();
        write.step(
            "INSERT INTO setting (key, value) VALUES ($1, $2) \
             ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE setting.key <> 'schema'",
            args![key, value],
        );
        write.touch([Touch::Paper]);
        self.commit(write).await.map(|_| ())
    }

    /// The secret of that name: the stored one, or `make`, which is then stored. Of several that ask at
    /// once the first is right, and all get the same.
    pub async fn secret(&self, name: &str, make: [u8; 32]) -> Result<[u8; 32]> {
        if let Some(stored) = self.stored_secret(name).await? {
            return Ok(stored);
        }
        let mut write = Write::new();
        write.step(
            "INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
            args![name, make.to_vec()],
        );
        self.commit(write).await?;
        self.stored_secret(name).await?.ok_or_else(|| Error::Broken(format!("the secret {name} is gone")))
    }

    async fn stored_secret(&self, name: &str) -> Result<Option<[u8; 32]>> {
        let bytes =
            self.one("SELECT value FROM secret WHERE name = $1", &args![name], |row| row.bytes(0)).await?;
        let whole = |b: Vec<u8>| {
            b.try_into().map_err(|_| Error::Broken(format!("the secret {name} is not 32 bytes long")))
        };
        bytes.map(whole).transpose()
    }
}
