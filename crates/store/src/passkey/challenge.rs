//! What a browser was asked, until it answers: each question is taken once, by whom it was put to.

use crate::{
    Store, args,
    error::{Error, Result},
    write::Write,
};
use newsroom::Millis;

/// Where a browser was asked. At each only so many questions are open: strangers at an entrance push out neither those
/// of another entrance nor those of people who are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Whoever wants to come in at the desk.
    DeskEntrance,
    /// Whoever is in, for one more passkey.
    Desk,
    AccountEntrance,
    Account,
}

impl Door {
    pub fn as_str(self) -> &'static str {
        match self {
            Door::DeskEntrance => "desk-entrance",
            Door::Desk => "desk",
            Door::AccountEntrance => "account-entrance",
            Door::Account => "account",
        }
    }
}

/// A question put to a browser.
#[derive(Clone, Debug)]
pub struct Asked {
    pub door: Door,
    pub challenge: Vec<u8>,
    /// Digest of what that browser alone holds.
    pub holder: String,
    /// What the answer is checked with.
    pub state: Vec<u8>,
    pub until: Millis,
}

impl Store {
    /// Keeps it until it is answered, with at most `most` others of its door: the oldest go first. Sweeps those that
    /// are over.
    pub async fn ask_for_passkey(&self, asked: Asked, most: u32, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step("DELETE FROM passkey_challenge WHERE until <= $1", args![now]);
        write.step(
            "INSERT INTO passkey_challenge (challenge, holder, state, until, door) VALUES ($1, $2, $3, $4, $5)",
            args![asked.challenge, asked.holder, asked.state, asked.until, asked.door.as_str()],
        );
        write.step(
            "DELETE FROM passkey_challenge WHERE door = $1 AND id <= (SELECT c.id FROM passkey_challenge c \
             WHERE c.door = $1 ORDER BY c.id DESC LIMIT 1 OFFSET $2)",
            args![asked.door.as_str(), most],
        );
        self.commit(write).await.map(|_| ())
    }

    /// What that question is checked with; `None` where it was answered before, is over, or was put to another.
    pub async fn take_challenge(
        &self,
        challenge: &[u8],
        holder: &str,
        now: Millis,
    ) -> Result<Option<Vec<u8>>> {
        let found = self
            .one(
                "SELECT id, state FROM passkey_challenge WHERE challenge = $1 AND holder = $2 AND until > $3",
                &args![challenge.to_vec(), holder, now],
                |row| Ok((row.int(0)?, row.bytes(1)?)),
            )
            .await?;
        let Some((id, state)) = found else { return Ok(None) };
        let mut write = Write::new();
        write.must("DELETE FROM passkey_challenge WHERE id = $1", args![id], "challenge");
        match self.commit(write).await {
            Ok(_) => Ok(Some(state)),
            // Two answers at once: the other has it.
            Err(Error::Gone(_)) => Ok(None),
            Err(e) => Err(e),
        }
    }
}
