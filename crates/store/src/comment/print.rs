//! Where comments came from, as prints that mean nothing without a key that is soon destroyed.

use super::find::{comment, comments};
use crate::{Store, args, error::Result, write::Write};
use newsroom::{
    Millis,
    discussion::{Comment, CommentId, Reach},
};

/// Of one address and the networks around it, under the key of one day. A print is found with those around it,
/// so that one index serves all three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Whence {
    pub day: i64,
    pub wide: i64,
    pub network: i64,
    pub address: i64,
}

/// What is kept beside a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prints {
    pub from: Whence,
    /// The prints under the key of bans, wide, network and address, sealed with the day's key.
    pub sealed: [i64; 3],
}

impl Prints {
    /// The row beside a comment.
    pub(crate) fn row(&self, id: CommentId, at: Millis) -> [i64; 9] {
        let Whence { day, wide, network, address } = self.from;
        let [sealed_wide, sealed_network, sealed_address] = self.sealed;
        [id, day, at.0, wide, network, address, sealed_wide, sealed_network, sealed_address]
    }
}

pub(crate) const INSERT: &str = "INSERT INTO comment_print (comment_id, day, at, wide, network, address, sealed_wide, \
     sealed_network, sealed_address) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// For a whole batch; PostgreSQL only.
pub(crate) const INSERT_MANY: &str = "INSERT INTO comment_print (comment_id, day, at, wide, network, address, \
     sealed_wide, sealed_network, sealed_address) SELECT * FROM unnest($1::int8[], $2::int8[], $3::int8[], $4::int8[], \
     $5::int8[], $6::int8[], $7::int8[], $8::int8[], $9::int8[])";

/// Rows taken away in one step: comments go on being written meanwhile.
const AT_ONCE: u32 = 2_000;

macro_rules! prints {
    ($rest:literal) => {
        concat!(
            "SELECT p.comment_id, p.day, p.wide, p.network, p.address, p.sealed_wide, p.sealed_network, \
             p.sealed_address FROM comment_print p ",
            $rest
        )
    };
}

fn prints(row: &crate::value::Row<'_>) -> Result<(CommentId, Prints)> {
    let from = Whence { day: row.int(1)?, wide: row.int(2)?, network: row.int(3)?, address: row.int(4)? };
    Ok((row.int(0)?, Prints { from, sealed: [row.int(5)?, row.int(6)?, row.int(7)?] }))
}

impl Store {
    pub async fn prints_of(&self, comment: CommentId) -> Result<Option<Prints>> {
        let found = self.one(prints!("WHERE p.comment_id = $1"), &args![comment], prints).await?;
        Ok(found.map(|(_, prints)| prints))
    }

    /// Of the latest comments of a writer that still have any, the newest first.
    pub async fn prints_of_writer(
        &self,
        name: &str,
        network: &str,
        most: u32,
    ) -> Result<Vec<(CommentId, Prints)>> {
        self.all(
            prints!(
                "JOIN (SELECT c.id FROM comment c WHERE c.name = $1 AND c.network = $2 ORDER BY c.id DESC LIMIT $3) \
                 AS latest ON latest.id = p.comment_id ORDER BY p.comment_id DESC"
            ),
            &args![name, network, most],
            prints,
        )
        .await
    }

    /// When comments came from the same address since then, the newest first, `most` of them. `days` has its
    /// prints under the keys of the days in question, today's and yesterday's.
    pub async fn written_from(&self, days: [Whence; 2], since: Millis, most: u32) -> Result<Vec<Millis>> {
        let [a, b] = days;
        self.all(
            "SELECT at FROM (SELECT at FROM comment_print WHERE day = $1 AND wide = $2 AND network = $3 \
             AND address = $4 AND at > $5 UNION ALL SELECT at FROM comment_print WHERE day = $6 AND wide = $7 \
             AND network = $8 AND address = $9 AND at > $5) AS both_days ORDER BY at DESC LIMIT $10",
            &args![
                a.day, a.wide, a.network, a.address, since, b.day, b.wide, b.network, b.address, most
            ],
            |row| row.moment(0),
        )
        .await
    }

    /// What was said from there on that day under other names, the newest first: from the address itself, or
    /// from all of the network around it.
    pub async fn said_from(
        &self,
        from: Whence,
        reach: Reach,
        not_by: &str,
        most: u32,
    ) -> Result<Vec<Comment>> {
        match reach {
            Reach::Address => {
                self.all(
                    comments!(
                        "JOIN comment_print p ON p.comment_id = c.id WHERE p.day = $1 AND p.wide = $2 \
                         AND p.network = $3 AND p.address = $4 AND c.name <> $5 AND c.name <> '' \
                         ORDER BY p.at DESC LIMIT $6"
                    ),
                    &args![from.day, from.wide, from.network, from.address, not_by, most],
                    comment,
                )
                .await
            }
            _ => {
                self.all(
                    comments!(
                        "JOIN (SELECT n.comment_id, n.at FROM comment_print n WHERE n.day = $1 AND n.wide = $2 \
                         AND n.network = $3 AND n.address <> $4 LIMIT 1000) AS p ON p.comment_id = c.id \
                         WHERE c.name <> $5 AND c.name <> '' ORDER BY p.at DESC LIMIT $6"
                    ),
                    &args![from.day, from.wide, from.network, from.address, not_by, most],
                    comment,
                )
                .await
            }
        }
    }

    /// From how many addresses of the wide network something was said on that day, counted up to `most`.
    pub async fn addresses_around(&self, from: Whence, most: u32) -> Result<u32> {
        let count = self
            .one(
                "SELECT count(*) FROM (SELECT DISTINCT network, address FROM (SELECT network, address FROM comment_print \
                 WHERE day = $1 AND wide = $2 LIMIT 5000) AS latest LIMIT $3) AS each_one",
                &args![from.day, from.wide, most],
                |row| row.count(0),
            )
            .await?;
        Ok(count.unwrap_or(0))
    }

    /// Takes away the prints of the days before, whose keys are gone.
    pub async fn forget_prints(&self, before: i64) -> Result<()> {
        loop {
            let mut write = Write::new();
            write.step(
                "DELETE FROM comment_print WHERE comment_id IN \
                 (SELECT comment_id FROM comment_print WHERE day < $1 ORDER BY day LIMIT $2)",
                args![before, AT_ONCE],
            );
            if self.commit(write).await?.rows[0] < u64::from(AT_ONCE) {
                return Ok(());
            }
        }
    }

    /// Notes that this work was shown, until its time is over. `false` where it was shown before, to whichever
    /// node.
    pub async fn spend_proof(&self, digest: i64, until: Millis) -> Result<bool> {
        let mut write = Write::new();
        write.step(
            "INSERT INTO spent_proof (digest, until) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING",
            args![digest, until],
        );
        Ok(self.commit(write).await?.rows[0] > 0)
    }

    pub async fn forget_spent_proofs(&self, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step("DELETE FROM spent_proof WHERE until < $1", args![now]);
        self.commit(write).await.map(|_| ())
    }
}
