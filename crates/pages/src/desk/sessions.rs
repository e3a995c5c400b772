//! A person's own page: where they are signed in, and their password.

use minijinja::{Value, context};
use newsroom::{Millis, staff::SHORTEST_PASSWORD};

use super::frame::{Desk, FieldFault, Room, faults};
use crate::theme::{Fault, Theme};

/// `/desk/sessions`
pub struct SessionsPage<'a> {
    pub desk: &'a Desk<'a>,
    pub sessions: &'a [SessionRow],
    /// Of the form that changes the password.
    pub faults: &'a [FieldFault],
}

pub struct SessionRow {
    pub id: i64,
    /// In words, `Firefox on Linux`.
    pub browser: String,
    pub since: Millis,
    pub used: Millis,
    /// The one that looks at the page.
    pub this: bool,
}

/// Browsers by the mark in their user agent, in the order in which marks exclude each other.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
];

/// Systems likewise; a phone's mark stands beside its parent system's.
const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// A user agent in words, `Firefox on Linux`; all of it that is ever kept.
pub fn browser_words(user_agent: &str) -> String {
    let find = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.into(),
        (None, Some(system)) => format!("a browser on {system}"),
        (None, None) => "an unknown browser".into(),
    }
}

impl Theme {
    pub fn desk_sessions(&self, view: &SessionsPage<'_>) -> Result<String, Fault> {
        let session = |s: &SessionRow| {
            context! {
                id => s.id,
                browser => s.browser.as_str(),
                since => view.desk.moment(s.since),
                used => view.desk.moment(s.used),
                this => s.this,
            }
        };
        let context = context! {
            frame => view.desk.context(Room::Sessions),
            sessions => view.sessions.iter().map(session).collect::<Vec<Value>>(),
            faults => faults(view.faults),
            shortest => SHORTEST_PASSWORD,
        };
        self.render("desk/sessions.html", &context)
    }
}
