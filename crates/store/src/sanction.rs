//! Sanctions: a network, a name, a mail domain, or where one comment came from, held or refused until a date.

use crate::{
    Store, args,
    error::{Error, Result},
    log,
    value::Row,
    write::Write,
};
use newsroom::{
    Millis,
    clock::DAY,
    discussion::{CommentId, Network, Reach},
    touch::Touch,
};

/// No sanction lasts longer, in milliseconds: a network is shared, and people move.
pub const LONGEST: i64 = 90 * DAY;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanction {
    pub id: i64,
    pub against: Whom,
    /// Refused, or only held.
    pub refuse: bool,
    pub until: Millis,
    pub at: Millis,
    /// Who set it.
    pub staff: String,
    pub note: String,
}

/// Against whom it is, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// The mask.
    Network(String),
    /// As `newsroom::discussion::name::look` folds it.
    Name(String),
    /// In small letters, with all domains below it.
    Domain(String),
    /// The print under the key of bans; nobody can say of whom it is.
    Print(Reach, i64),
}

impl Whom {
    /// For the log.
    fn words(&self) -> String {
        match self {
            Whom::Network(mask) => format!("network {mask}"),
            Whom::Name(name) => format!("writer {name}"),
            Whom::Domain(domain) => format!("mail domain {domain}"),
            Whom::Print(reach, _) => reach.words().to_owned(),
        }
    }
}

/// Against whom.
#[derive(Clone, Debug)]
pub enum Against<'a> {
    Network(Network),
    /// Folded by `newsroom::discussion::name::look`.
    Name(&'a str),
    /// Read by `newsroom::mail::domain`.
    Domain(&'a str),
    /// Where that comment came from.
    Print(Reach, i64, CommentId),
}

macro_rules! sanctions {
    ($rest:literal) => {
        concat!(
            "SELECT id, network, refuse, until, at, staff, note, name, domain, reach, print FROM sanction ",
            $rest
        )
    };
}

fn sanction(row: &Row<'_>) -> Result<Sanction> {
    let (network, name, domain, reach) = (row.text(1)?, row.text(7)?, row.text(8)?, row.text(9)?);
    let against = if let Some(reach) = Reach::parse(&reach) {
        // One that is over has none any more, and meets nobody.
        Whom::Print(reach, row.opt_int(10)?.unwrap_or_default())
    } else if !domain.is_empty() {
        Whom::Domain(domain)
    } else if !name.is_empty() {
        Whom::Name(name)
    } else {
        Whom::Network(network)
    };
    Ok(Sanction {
        id: row.int(0)?,
        against,
        refuse: row.flag(2)?,
        until: row.moment(3)?,
        at: row.moment(4)?,
        staff: row.text(5)?,
        note: row.text(6)?,
    })
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
        let (mut network, mut name, mut domain, mut reach, mut print) = (String::new(), "", "", "", None);
        let whom = match against {
            Against::Network(mask) => {
                network = mask.to_string();
                format!("network {mask}")
            }
            Against::Name(look) => {
                name = look;
                format!("writer {look}")
            }
            Against::Domain(of) => {
                domain = of;
                format!("mail domain {of}")
            }
            Against::Print(around, under, comment) => {
                (reach, print) = (around.as_str(), Some(under));
                format!("{} of comment {comment}", around.words())
            }
        };
        let mut write = Write::new();
        write.step(
            "INSERT INTO sanction (network, refuse, until, at, staff, note, name, domain, reach, print) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
            args![&network, refuse, until, now, who, note, name, domain, reach, print],
        );
        let act = if refuse { "refuses comments until" } else { "holds comments until" };
        write.and(log::entry(now, who, &format!("{act} {}", until.rfc3339()), &whom));
        write.touch([Touch::Sanctions]);
        let outcome = self.commit(write).await?;
        let id = outcome.returned.first().copied().flatten();
        id.ok_or_else(|| Error::Broken("the new sanction has no number".into()))
    }

    /// All in force, for the rule.
    pub async fn sanctions_in_force(&self, now: Millis) -> Result<Vec<Sanction>> {
        self.all(sanctions!("WHERE until > $1 ORDER BY id"), &args![now], sanction).await
    }

    /// The latest thousand in force, the latest first, for the desk.
    pub async fn list_sanctions(&self, now: Millis) -> Result<Vec<Sanction>> {
        self.all(sanctions!("WHERE until > $1 ORDER BY at DESC, id DESC LIMIT 1000"), &args![now], sanction)
            .await
    }

    /// [`Error::Gone`] where it is over already.
    pub async fn lift_sanction(&self, id: i64, who: &str, now: Millis) -> Result<()> {
        let found = self.one(sanctions!("WHERE id = $1"), &args![id], sanction).await?;
        let whom = found.ok_or(Error::Gone("sanction"))?.against.words();
        let mut write = Write::new();
        write.must(
            "UPDATE sanction SET until = $1, print = NULL WHERE id = $2 AND until > $1",
            args![now, id],
            "sanction",
        );
        write.and(log::entry(now, who, "lifted the sanction", &whom));
        write.touch([Touch::Sanctions]);
        self.commit(write).await.map(|_| ())
    }

    /// Takes the prints out of sanctions that are over.
    pub async fn forget_ended_bans(&self, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step("UPDATE sanction SET print = NULL WHERE print IS NOT NULL AND until <= $1", args![now]);
        self.commit(write).await.map(|_| ())
    }
}
