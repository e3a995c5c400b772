//! Sanctions: a network whose comments are held or refused until a date.

use crate::{
    Store, args,
    error::{Error, Result},
    log,
    write::Write,
};
use newsroom::{Millis, clock::DAY, discussion::Network, touch::Touch};

/// No sanction lasts longer, in milliseconds: a network is shared, and people move.
pub const LONGEST: i64 = 90 * DAY;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanction {
    pub id: i64,
    /// The mask.
    pub network: String,
    /// Refused, or only held.
    pub refuse: bool,
    pub until: Millis,
    pub at: Millis,
    /// Who set it.
    pub staff: String,
    pub note: String,
}

impl Store {
    /// An end beyond [`LONGEST`] is brought back to it.
    pub async fn add_sanction(
        &self,
        network: Network,
        refuse: bool,
        until: Millis,
        note: &str,
        who: &str,
        now: Millis,
    ) -> Result<i64> {
        let until = until.min(now.plus(LONGEST));
        let network = network.to_string();
        let mut write = Write::new();
        write.step(
            "INSERT INTO sanction (network, refuse, until, at, staff, note) VALUES ($1, $2, $3, $4, $5, $6) \
             RETURNING id",
            args![&network, refuse, until, now, who, note],
        );
        let act = if refuse { "refuses comments until" } else { "holds comments until" };
        write.and(log::entry(now, who, &format!("{act} {}", until.rfc3339()), &format!("network {network}")));
        write.touch([Touch::Sanctions]);
        let outcome = self.commit(write).await?;
        let id = outcome.returned.first().copied().flatten();
        id.ok_or_else(|| Error::Broken("the new sanction has no number".into()))
    }

    /// Those in force, the latest first.
    pub async fn list_sanctions(&self, now: Millis) -> Result<Vec<Sanction>> {
        self.all(
            "SELECT id, network, refuse, until, at, staff, note FROM sanction WHERE until > $1 \
             ORDER BY at DESC, id DESC LIMIT 1000",
            &args![now],
            |row| {
                Ok(Sanction {
                    id: row.int(0)?,
                    network: row.text(1)?,
                    refuse: row.flag(2)?,
                    until: row.moment(3)?,
                    at: row.moment(4)?,
                    staff: row.text(5)?,
                    note: row.text(6)?,
                })
            },
        )
        .await
    }

    /// [`Error::Gone`] where it is over already.
    pub async fn lift_sanction(&self, id: i64, who: &str, now: Millis) -> Result<()> {
        let network = self
            .one("SELECT network FROM sanction WHERE id = $1", &args![id], |row| row.text(0))
            .await?
            .ok_or(Error::Gone("sanction"))?;
        let mut write = Write::new();
        write.must("UPDATE sanction SET until = $1 WHERE id = $2 AND until > $1", args![now, id], "sanction");
        write.and(log::entry(now, who, "lifted the sanction", &format!("network {network}")));
        write.touch([Touch::Sanctions]);
        self.commit(write).await.map(|_| ())
    }
}
