//! Letters: what was sent to whom, as far as an admin may see it, and what webhooks were told.

use minijinja::{Value, context};
use newsroom::Millis;

use super::frame::{Desk, Room};
use crate::theme::{Fault, Theme};

/// `/desk/letters`
pub struct LettersPage<'a> {
    pub desk: &'a Desk<'a>,
    /// Whether a letter server is configured.
    pub sends: bool,
    pub letters: &'a [SentRow],
    pub deliveries: &'a [SentRow],
    /// Where the older letters begin.
    pub next: Option<&'a str>,
}

/// One letter, or one delivery to a webhook.
pub struct SentRow {
    pub at: Millis,
    /// The kind of letter, or the event.
    pub kind: String,
    /// The mask of the address, or the webhook's.
    pub to: String,
    /// `queued`, `sent`, `failed` or `dropped`.
    pub state: &'static str,
    pub tries: u32,
    /// What the server said last; without addresses.
    pub error: String,
}

impl Theme {
    pub fn desk_letters(&self, view: &LettersPage<'_>) -> Result<String, Fault> {
        let row = |r: &SentRow| {
            context! {
                at => view.desk.moment(r.at), kind => r.kind.as_str(), to => r.to.as_str(), state => r.state,
                tries => r.tries, error => r.error.as_str(),
            }
        };
        let context = context! {
            frame => view.desk.context(Room::Letters),
            sends => view.sends,
            letters => view.letters.iter().map(row).collect::<Vec<Value>>(),
            deliveries => view.deliveries.iter().map(row).collect::<Vec<Value>>(),
            next => view.next,
        };
        self.render("desk/letters.html", &context)
    }
}
