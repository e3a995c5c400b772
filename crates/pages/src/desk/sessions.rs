//! A person's own page: where they are signed in, their passkeys and their password.

use minijinja::{Value, context};
use newsroom::{Millis, staff::SHORTEST_PASSWORD};

use super::{
    frame::{Desk, FieldFault, Room, faults},
    script::passkey_js_path,
};
use crate::theme::{Fault, Theme};

/// `/desk/sessions`
pub struct SessionsPage<'a> {
    pub desk: &'a Desk<'a>,
    pub sessions: &'a [SessionRow],
    pub passkeys: PasskeyList<'a>,
    /// Of the forms that change the password and add a passkey.
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

pub struct PasskeyList<'a> {
    pub rows: &'a [PasskeyRow],
    /// Where a browser must be for passkeys of this paper.
    pub origin: &'a str,
    /// Why none can be added now, in words.
    pub closed: Option<&'a str>,
    /// Nothing else is open before there is one.
    pub wanted: bool,
    /// The last one cannot go.
    pub keeps_last: bool,
}

pub struct PasskeyRow {
    pub id: i64,
    pub name: String,
    pub since: Millis,
    pub used: Option<Millis>,
    /// There is a copy elsewhere, as its device says.
    pub copied: bool,
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
        let passkey = |p: &PasskeyRow| {
            context! {
                id => p.id,
                name => p.name.as_str(),
                since => view.desk.moment(p.since),
                used => p.used.map(|at| view.desk.moment(at)),
                copied => p.copied,
            }
        };
        let passkeys = context! {
            rows => view.passkeys.rows.iter().map(passkey).collect::<Vec<Value>>(),
            origin => view.passkeys.origin,
            closed => view.passkeys.closed,
            wanted => view.passkeys.wanted,
            keeps_last => view.passkeys.keeps_last && view.passkeys.rows.len() == 1,
            script => passkey_js_path(),
        };
        let context = context! {
            frame => view.desk.context(Room::Sessions),
            sessions => view.sessions.iter().map(session).collect::<Vec<Value>>(),
            passkeys => passkeys,
            faults => faults(view.faults),
            shortest => SHORTEST_PASSWORD,
        };
        self.render("desk/sessions.html", &context)
    }
}
