//! Keys of prints, shared by all nodes, and their end.

use crate::{
    Store, args,
    error::{Error, Result},
    write::Write,
};

impl Store {
    /// The keys of `since` and the days after it, each with its day, the newest first. That of `today` is made of `fresh` where there
    /// is none; of several nodes that ask at once the first is right.
    pub async fn print_keys(&self, since: i64, today: i64, fresh: [u8; 32]) -> Result<Vec<(i64, Vec<u8>)>> {
        let mut write = Write::new();
        write.step(
            "INSERT INTO print_key (day, value) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING",
            args![today, fresh.to_vec()],
        );
        self.commit(write).await?;
        self.all(
            "SELECT day, value FROM print_key WHERE day >= $1 AND day <= $2 ORDER BY day DESC",
            &args![since, today],
            |row| Ok((row.int(0)?, row.bytes(1)?)),
        )
        .await
    }

    /// Destroys the keys of the days before.
    pub async fn destroy_print_keys(&self, before: i64) -> Result<()> {
        let mut write = Write::new();
        // Overwritten in its place first: a row that is deleted may stay readable in the file.
        write.step("UPDATE print_key SET value = $1 WHERE day < $2", args![vec![0u8; 32], before]);
        write.step("DELETE FROM print_key WHERE day < $1", args![before]);
        self.commit(write).await.map(|_| ())
    }

    /// The key of bans: the stored one, or `fresh`, which is then stored.
    pub async fn ban_key(&self, fresh: [u8; 32]) -> Result<[u8; 32]> {
        let add = "INSERT INTO ban_key (one, value) VALUES (1, $1) ON CONFLICT (one) DO NOTHING";
        self.own_key(add, "SELECT value FROM ban_key WHERE one = 1", fresh).await
    }

    /// The key of doors, under which links are sealed that let somebody in or act for them, and soon end. No copy of
    /// the paper has it: whoever reads one comes in nowhere by that.
    pub async fn door_key(&self, fresh: [u8; 32]) -> Result<[u8; 32]> {
        let add = "INSERT INTO door_key (one, value) VALUES (1, $1) ON CONFLICT (one) DO NOTHING";
        self.own_key(add, "SELECT value FROM door_key WHERE one = 1", fresh).await
    }

    async fn own_key(&self, add: &'static str, find: &'static str, fresh: [u8; 32]) -> Result<[u8; 32]> {
        let mut write = Write::new();
        write.step(add, args![fresh.to_vec()]);
        self.commit(write).await?;
        let key = self.one(find, &[], |row| row.bytes(0)).await?;
        let key = key.and_then(|bytes| bytes.try_into().ok());
        key.ok_or_else(|| Error::Broken("a key of this paper is gone or broken".into()))
    }
}
