//! Sanctions: a network, or a name, whose comments are held or refused until a date.

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
    /// The mask; empty where it is against a name.
    pub network: String,
    /// As `newsroom::discussion::folded_name` folds it; empty where it is against a network.
    pub name: String,
    /// Refused, or only held.
    pub refuse: bool,
    pub until: Millis,
    pub at: Millis,
    /// Who set it.
    pub staff: String,
    pub note: String,
}

/// Against whom.
#[derive(Clone, Debug)]
pub enum Against<'a> {
    Network(Network),
    /// Folded by `newsroom::discussion::folded_name`.
    Name(&'a str),
}

impl Store {
    /// An end beyond [`LONGEST`] is brought back to it.
    pub async fn add_sanction(
        &self,
        against: Against<'_>,
        refuse: bool,
        until: Millis,
        note: &str,
        who: &str,
        now: Millis,
    ) -> Result<i64> {
        let until = until.min(now.plus(LONGEST));
        let (network, name, whom) = match against {
            Against::Network(network) => (network.to_string(), "", format!("network {network}")),
            Against::Name(name) => (String::new(), name, format!("writer {name}")),
        };
        let mut write = Write::new();
        write.step(
            "INSERT INTO sanction (network, refuse, until, at, staff, note, name) VALUES ($1, $2, $3, $4, $5, $6, $7) \
             RETURNING id",
            args![&network, refuse, until, now, who, note, name],
        );
        let act = if refuse { "refuses comments until" } else { "holds comments until" };
        write.and(log::entry(now, who, &format!("{act} {}", until.rfc3339()), &whom));
        write.touch([Touch::Sanctions]);
        let outcome = self.commit(write).await?;
        let id = outcome.returned.first().copied().flatten();
        id.ok_or_else(|| Error::Broken("the new sanction has no number".into()))
    }

    /// Those in force, the latest first.
    pub async fn list_sanctions(&self, now: Millis) -> Result<Vec<Sanction>> {
        self.all(
            "SELECT id, network, refuse, until, at, staff, note, name FROM sanction WHERE until > $1 \
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
                    name: row.text(7)?,
                })
            },
        )
        .await
    }

    /// [`Error::Gone`] where it is over already.
    pub async fn lift_sanction(&self, id: i64, who: &str, now: Millis) -> Result<()> {
        let whom = self
            .one("SELECT network, name FROM sanction WHERE id = $1", &args![id], |row| {
                let (network, name) = (row.text(0)?, row.text(1)?);
                Ok(if name.is_empty() { format!("network {network}") } else { format!("writer {name}") })
            })
            .await?
            .ok_or(Error::Gone("sanction"))?;
        let mut write = Write::new();
        write.must("UPDATE sanction SET until = $1 WHERE id = $2 AND until > $1", args![now, id], "sanction");
        write.and(log::entry(now, who, "lifted the sanction", &whom));
        write.touch([Touch::Sanctions]);
        self.commit(write).await.map(|_| ())
    }
}
