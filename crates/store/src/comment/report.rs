//! What readers have pointed out to the moderators.

use crate::{
    Store, args,
    error::{Error, Result},
    job, subscription,
    write::Write,
};
use newsroom::{
    Millis,
    discussion::{CommentId, Reason, report::CleanReport},
    event::Event,
    touch::Touch,
};

pub struct NewReport<'a> {
    pub comment: CommentId,
    pub at: Millis,
    pub report: &'a CleanReport,
    /// Tell reporters apart; no address can be found from them. The first is kept, and whoever reported under any
    /// of them before has reported.
    pub reporters: &'a [String],
    /// The same of the network around.
    pub networks: &'a [String],
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub id: i64,
    pub comment: CommentId,
    pub at: Millis,
    pub reason: Option<Reason>,
    pub text: String,
    pub name: String,
    pub email: String,
    pub decided_at: Option<Millis>,
    /// The ruling that decided it.
    pub outcome: Option<String>,
}

macro_rules! reports {
    ($rest:literal) => {
        concat!(
            "SELECT id, comment_id, at, reason, text, name, email, decided_at, outcome FROM report ",
            $rest
        )
    };
}

fn report(row: &crate::value::Row<'_>) -> Result<Report> {
    Ok(Report {
        id: row.int(0)?,
        comment: row.int(1)?,
        at: row.moment(2)?,
        reason: Reason::parse(&row.text(3)?),
        text: row.text(4)?,
        name: row.text(5)?,
        email: row.text(6)?,
        decided_at: row.opt_moment(7)?,
        outcome: row.opt_text(8)?,
    })
}

const KNOWN: &str = "SELECT id FROM report WHERE comment_id = $1 AND network = $2 LIMIT 1";

/// From one network to the next, however many reports each sent.
const APART: &str = "WITH RECURSIVE apart (network, n) AS ( \
     SELECT MIN(network), 1 FROM report WHERE comment_id = $1 AND network > '' AND decided_at IS NULL \
     UNION ALL SELECT (SELECT MIN(r.network) FROM report r \
     WHERE r.comment_id = $1 AND r.network > a.network AND r.decided_at IS NULL), a.n + 1 \
     FROM apart a WHERE a.network IS NOT NULL AND a.n < $2) \
     SELECT count(*) FROM (SELECT 1 AS one FROM apart WHERE network IS NOT NULL UNION ALL \
     SELECT 1 FROM report WHERE comment_id = $1 AND network = '' AND decided_at IS NULL LIMIT $2) AS counted";

/// For the test that they go by their index.
#[cfg(test)]
pub(crate) const NETWORKS: [&str; 2] = [KNOWN, APART];

impl Store {
    /// Its number. [`Error::Taken`] where the same reporter has reported this comment before.
    pub async fn add_report(&self, new: &NewReport<'_>) -> Result<i64> {
        let r = new.report;
        let (reporter, earlier) = new.reporters.split_first().ok_or(Error::Gone("reporter"))?;
        for one in earlier {
            let known = self
                .one(
                    "SELECT id FROM report WHERE comment_id = $1 AND reporter = $2",
                    &args![new.comment, one],
                    |row| row.int(0),
                )
                .await?;
            if known.is_some() {
                return Err(Error::Taken("report"));
            }
        }
        let network = self.network_as_known(new).await?;
        let mut write = Write::new();
        write.unless_taken(
            "INSERT INTO report (comment_id, at, reason, text, name, email, reporter, network) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (comment_id, reporter) DO NOTHING RETURNING id",
            args![new.comment, new.at, r.reason.code(), &r.text, &r.name, &r.email, reporter, network],
            "report",
        );
        if let Some(email) = newsroom::mail::address(&r.email) {
            write.and(subscription::follow_report(&email, new.comment, reporter, new.at));
        }
        write.and(job::leave(&job::Task::Weigh(new.comment), new.at));
        write.and(job::tell(Event::ReportMade, &[new.comment], new.at));
        write.touch([Touch::Comment(new.comment)]);
        let outcome = self.commit(write).await?;
        let id = outcome.returned.first().copied().flatten();
        id.ok_or_else(|| Error::Broken("the new report has no number".into()))
    }

    /// Under the key by which the network is noted with this comment already; else under the newest.
    async fn network_as_known<'a>(&self, new: &NewReport<'a>) -> Result<&'a str> {
        for one in new.networks {
            let known = self.one(KNOWN, &args![new.comment, one], |row| row.int(0)).await?;
            if known.is_some() {
                return Ok(one);
            }
        }
        Ok(new.networks.first().map_or("", String::as_str))
    }

    /// From how many networks undecided reports on a comment came, counted up to `most`.
    pub async fn networks_reporting(&self, comment: CommentId, most: u32) -> Result<u32> {
        let count = self.one(APART, &args![comment, most], |row| row.count(0)).await?;
        Ok(count.unwrap_or(0))
    }

    pub async fn report(&self, id: i64) -> Result<Option<Report>> {
        self.one(reports!("WHERE id = $1"), &args![id], report).await
    }

    /// Whether that ruling decided a report.
    pub async fn decides_reports(&self, comment: CommentId, ruling: i64) -> Result<bool> {
        let one = "SELECT id FROM report WHERE comment_id = $1 AND ruling_id = $2 LIMIT 1";
        Ok(self.one(one, &args![comment, ruling], |row| row.int(0)).await?.is_some())
    }

    /// The undecided ones on a comment, the oldest first.
    pub async fn open_reports(&self, comment: CommentId) -> Result<Vec<Report>> {
        self.all(
            reports!("WHERE comment_id = $1 AND decided_at IS NULL ORDER BY at, id LIMIT 100"),
            &args![comment],
            report,
        )
        .await
    }
}
