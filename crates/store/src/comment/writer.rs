//! What the paper knows of a writer without account: whoever signs with this name from this network.

use super::find::{comment, comments};
use crate::{Store, args, error::Result, log, write::Write};
use newsroom::{
    Millis,
    discussion::{Comment, State},
};

/// A note of one moderator for the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriterNote {
    pub at: Millis,
    pub staff: String,
    pub text: String,
}

/// A writer's latest comments that are counted.
pub const COUNTED: u32 = 200;

impl Store {
    /// The latest comments, the newest first.
    pub async fn said_by(&self, name: &str, network: &str, most: u32) -> Result<Vec<Comment>> {
        self.all(
            comments!("WHERE c.name = $1 AND c.network = $2 ORDER BY c.id DESC LIMIT $3"),
            &args![name, network, most],
            comment,
        )
        .await
    }

    /// How many of the latest [`COUNTED`] are shown, held, removed.
    pub async fn standing_of(&self, name: &str, network: &str) -> Result<[u32; 3]> {
        let mut standing = [0; 3];
        let counts = self
            .all(
                "SELECT state, count(*) FROM (SELECT c.state FROM comment c WHERE c.name = $1 AND c.network = $2 \
                 ORDER BY c.id DESC LIMIT $3) AS latest GROUP BY state",
                &args![name, network, COUNTED],
                |row| Ok((row.word(0, State::parse)?, row.count(1)?)),
            )
            .await?;
        for (state, count) in counts {
            // What its writer took back is nobody else's business.
            if let Some(place) = standing.get_mut(state as usize) {
                *place = count;
            }
        }
        Ok(standing)
    }

    /// Shown comments, counted up to `most`.
    pub async fn count_shown_of(&self, name: &str, network: &str, most: u32) -> Result<u32> {
        let count = self
            .one(
                "SELECT count(*) FROM (SELECT c.id FROM comment c WHERE c.name = $1 AND c.network = $2 \
                 AND c.state = 'shown' ORDER BY c.id DESC LIMIT $3) AS shown",
                &args![name, network, most],
                |row| row.count(0),
            )
            .await?;
        Ok(count.unwrap_or(0))
    }

    /// The oldest first.
    pub async fn notes_on(&self, name: &str, network: &str) -> Result<Vec<WriterNote>> {
        self.all(
            "SELECT at, staff, text FROM writer_note WHERE name = $1 AND network = $2 ORDER BY id LIMIT 100",
            &args![name, network],
            |row| Ok(WriterNote { at: row.moment(0)?, staff: row.text(1)?, text: row.text(2)? }),
        )
        .await
    }

    pub async fn note_writer(
        &self,
        name: &str,
        network: &str,
        text: &str,
        who: &str,
        now: Millis,
    ) -> Result<()> {
        let mut write = Write::new();
        write.step(
            "INSERT INTO writer_note (name, network, at, staff, text) VALUES ($1, $2, $3, $4, $5)",
            args![name, network, now, who, text],
        );
        write.and(log::entry(now, who, "noted something", &format!("writer {name} {network}")));
        self.commit(write).await.map(|_| ())
    }
}
