//! Readers' reports: who has reported before, and when enough of them hold a comment. Used when a report comes
//! in, and by the job that it leaves in case nobody was there to go on.

use crate::{app::App, clock, edge::ReaderAddress, failure::Failure, problem::Fault, receipts::Made};
use newsroom::discussion::{CommentId, Ruling, print_key, report};
use store::comment::{Decision, Report};

/// Under this name the log and the writer's receipt tell of a comment held for its reports.
pub const BY_READERS: &str = "readers' reports";

/// By what a reporter and the network around are known, newest key first: one of each is kept with the report, none
/// outlives its key.
pub struct Reporter {
    pub own: Vec<String>,
    pub networks: Vec<String>,
}

pub async fn prints(app: &App, reader: ReaderAddress) -> Result<Reporter, Failure> {
    let now = clock::now();
    let mut fresh = [0; 32];
    getrandom::fill(&mut fresh).map_err(|e| Failure(format!("the system gives no random numbers: {e}")))?;
    let keys = app.store.print_keys(app.prints.first_kept(now), print_key::day(now), fresh).await;
    let keys = keys.map_err(|e| Failure(e.to_string()))?;
    Ok(Reporter {
        own: keys.iter().map(|(_, key)| reader.kept(key)).collect(),
        networks: keys.iter().map(|(_, key)| reader.kept_network(key)).collect(),
    })
}

/// What the link of whoever made it is over.
pub fn made(report: &Report) -> Made {
    Made { id: report.id, at: report.at }
}

/// Reports and appeals taken from one address in an hour.
const MOST_PER_HOUR: u32 = 30;

/// Counts a report or an appeal from there, and refuses one too many in these words.
pub fn count(app: &App, reader: ReaderAddress, too_many: &str) -> Result<(), Fault> {
    let print = app.edge.near(reader);
    if app.policy.limits_off || app.complaints.count(print, clock::now()).last_hour < MOST_PER_HOUR {
        return Ok(());
    }
    Err(Fault::TooMany { detail: too_many.to_owned(), wait: 3600 })
}

/// Holds the comment when enough readers have reported it. Twice is once.
pub async fn weigh(app: &App, comment: CommentId) -> store::Result<()> {
    let enough = app.policy.reports_hold;
    // Before the reports are counted: a moderator who rules on them meanwhile was quicker.
    let seen = app.store.rulings_of(comment).await?.last().map_or(0, |ruling| ruling.id);
    let networks = app.store.networks_reporting(comment, enough).await?;
    if !report::holds(networks, enough) {
        return Ok(());
    }
    let decision = Decision {
        comment,
        ruling: Ruling::Hold,
        reason: None,
        passage: "",
        note: "",
        who: BY_READERS,
        seen: Some(seen),
        now: clock::now(),
    };
    match app.store.decide(&decision).await {
        // A moderator was quicker: theirs stands.
        Ok(_) | Err(store::Error::Taken(_) | store::Error::Gone(_)) => Ok(()),
        Err(e) => Err(e),
    }
}
