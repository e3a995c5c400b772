//! The desk's door: sign-in, the first account, going on after a session ended, and refusals in words.

use minijinja::{Value, context};
use newsroom::staff::SHORTEST_PASSWORD;

use super::{
    frame::{Desk, Room},
    script::passkey_js_path,
};
use crate::theme::{Fault, Theme};

/// A field of a form that was sent after its session had ended, to be sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    pub name: String,
    pub value: String,
}

/// `/desk/sign-in`
pub struct SignIn<'a> {
    pub desk: &'a Desk<'a>,
    /// Where a browser must be for passkeys of this paper; `None` where it can have none.
    pub passkeys: Option<&'a str>,
    /// As typed, after a failed try.
    pub name: &'a str,
    /// Why the last try failed.
    pub words: Option<&'a str>,
    /// The path to go to afterwards; empty for the inbox.
    pub next: &'a str,
    /// What was typed into the form whose session had ended; `next` is then its address.
    pub carried: &'a [Carried],
}

/// `/desk/set-up/{token}`
pub struct SetUp<'a> {
    pub desk: &'a Desk<'a>,
    /// The form's address, with the token.
    pub action: &'a str,
    pub name: &'a str,
    pub words: Option<&'a str>,
}

/// After a sign-in that carried an unsent form: shows it and sends it when asked.
pub struct Resume<'a> {
    pub desk: &'a Desk<'a>,
    pub action: &'a str,
    pub carried: &'a [Carried],
}

/// Something that this person may not do, or that is not there.
pub struct Refusal<'a> {
    pub title: &'a str,
    /// What happened, in one sentence.
    pub what: &'a str,
    /// What can be done.
    pub mend: &'a str,
    /// What was typed, to be kept by hand.
    pub typed: &'a [Carried],
}

/// Fields that a person would not recognise as their own words.
const UNSHOWN: [&str; 7] = ["edition", "back", "photo", "lead", "tick", "ruling", "seen"];

fn carried(fields: &[Carried]) -> Vec<Value> {
    let shown = |f: &Carried| !f.value.trim().is_empty() && !UNSHOWN.contains(&f.name.as_str());
    fields
        .iter()
        .map(|f| context! { name => f.name.as_str(), value => f.value.as_str(), shown => shown(f) })
        .collect()
}

impl Theme {
    pub fn desk_sign_in(&self, view: &SignIn<'_>) -> Result<String, Fault> {
        let context = context! {
            frame => view.desk.context(Room::Door),
            passkeys => view.passkeys.map(|origin| context! { origin => origin, script => passkey_js_path() }),
            name => view.name,
            words => view.words,
            next => view.next,
            carry => carried(view.carried),
        };
        self.render("desk/sign_in.html", &context)
    }

    pub fn desk_set_up(&self, view: &SetUp<'_>) -> Result<String, Fault> {
        let context = context! {
            frame => view.desk.context(Room::Door),
            action => view.action,
            name => view.name,
            words => view.words,
            shortest => SHORTEST_PASSWORD,
        };
        self.render("desk/set_up.html", &context)
    }

    pub fn desk_resume(&self, view: &Resume<'_>) -> Result<String, Fault> {
        let context = context! {
            frame => view.desk.context(Room::Door),
            action => view.action,
            carry => carried(view.carried),
        };
        self.render("desk/resume.html", &context)
    }

    pub fn desk_refusal(&self, desk: &Desk<'_>, view: &Refusal<'_>) -> Result<String, Fault> {
        let context = context! {
            frame => desk.context(Room::Door),
            typed => carried(view.typed),
            title => view.title,
            what => view.what,
            mend => view.mend,
        };
        self.render("desk/refusal.html", &context)
    }
}
