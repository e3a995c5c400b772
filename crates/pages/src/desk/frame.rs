//! What stands around every screen of the desk: the bar, who is signed in, and what became of the last act.

use minijinja::{Value, context, value::Serde};
use newsroom::{
    Millis, Zone,
    paper::Paper,
    staff::{Act, Role},
};

use super::{
    queue::so_many,
    script::{desk_css_path, desk_js_path},
};

/// What every screen is given.
#[derive(Clone)]
pub struct Desk<'a> {
    pub paper: &'a Paper,
    /// `None` before sign-in.
    pub person: Option<Person<'a>>,
    /// Stands hidden in every form of the screen.
    pub csrf: &'a str,
    pub now: Millis,
    /// Comments that wait for a moderator.
    pub held: u64,
    /// What the act that led here did.
    pub said: Option<Said>,
    /// Why the act that led here was not done, where no field is at fault.
    pub refused: Option<&'a str>,
}

#[derive(Clone, Copy)]
pub struct Person<'a> {
    pub name: &'a str,
    pub role: Role,
}

/// The part of the desk that a screen belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    Door,
    Stories,
    Queue,
    Sanctions,
    Reasons,
    People,
    Letters,
    Sessions,
}

/// What an act did, told on the screen that follows it. The code travels in the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Saved,
    Published,
    Scheduled,
    Unscheduled,
    Spiked,
    Corrected,
    Updated,
    Killed,
    DiscussionSet,
    Shown,
    Removed,
    PassageCut,
    Held,
    Warned,
    Doubted,
    Featured,
    Unfeatured,
    Pinned,
    Unpinned,
    ThreadClosed,
    ThreadOpened,
    Noted,
    Undone,
    UndoneAlready,
    Ruled,
    Read,
    PassedOn,
    TipDone,
    ShiftNoted,
    NetworkHeld,
    SanctionAdded,
    SanctionLifted,
    ReasonAdded,
    ReasonChanged,
    AccountSet,
    NameFreed,
    PersonAdded,
    PersonDisabled,
    SessionEnded,
    OthersEnded,
    PasswordChanged,
    PasskeyAdded,
    PasskeyDropped,
    SignedOut,
}

impl Said {
    /// Each with its code and its words.
    const ALL: &[(Said, &'static str, &'static str)] = &[
        (Said::Saved, "saved", "Saved."),
        (Said::Published, "published", "Published. Readers see it now."),
        (Said::Scheduled, "scheduled", "Scheduled. It will be published by itself."),
        (Said::Unscheduled, "unscheduled", "Taken off the schedule; it is back in the inbox."),
        (Said::Spiked, "spiked", "Spiked. It can still be read here."),
        (Said::Corrected, "corrected", "Corrected. The notice stands on the page."),
        (Said::Updated, "updated", "Updated. Readers see the new version."),
        (Said::Killed, "killed", "Killed. Its address answers with the notice."),
        (Said::DiscussionSet, "discussion", "The discussion is set."),
        (Said::Shown, "shown", "The comment is shown."),
        (Said::Removed, "removed", "The comment is removed; its writer can read why."),
        (Said::PassageCut, "cut", "The passage is cut; its writer can read why."),
        (Said::Held, "held", "The comment is held, to be decided later."),
        (Said::Warned, "warned", "The writer is warned: it stands on the comment's receipt."),
        (Said::Doubted, "doubted", "The others are asked for a second opinion."),
        (Said::Featured, "featured", "The comment is an editors’ pick."),
        (Said::Unfeatured, "unfeatured", "The comment is no editors’ pick any more."),
        (Said::Pinned, "pinned", "Its thread stands first."),
        (Said::Unpinned, "unpinned", "Its thread does not stand first any more."),
        (Said::ThreadClosed, "thread-closed", "Its thread is closed: nobody can reply in it."),
        (Said::ThreadOpened, "thread-opened", "Its thread is open to replies again."),
        (Said::Noted, "noted", "Your note is kept."),
        (Said::Undone, "undone", "Your last ruling is taken back."),
        (Said::UndoneAlready, "undone-already", "That was taken back already; nothing more was done."),
        (Said::Ruled, "ruled", "The ticked comments are ruled on."),
        (Said::Read, "read", "They stay as they are, and are read."),
        (Said::PassedOn, "passed-on", "The editors find it at the story."),
        (Said::TipDone, "tip-done", "The tip is dealt with."),
        (Said::ShiftNoted, "shift-noted", "Your note stands here for the next shift."),
        (Said::NetworkHeld, "network-held", "Comments from that network are held for 7 days."),
        (Said::SanctionAdded, "sanction-added", "The sanction is in force."),
        (Said::SanctionLifted, "sanction-lifted", "The sanction is lifted."),
        (Said::ReasonAdded, "reason-added", "The reason is there to be chosen."),
        (Said::ReasonChanged, "reason-changed", "The reason is changed, wherever it is read."),
        (Said::AccountSet, "account-set", "It is set for this account."),
        (
            Said::NameFreed,
            "name-freed",
            "The name is free: anybody can sign with it, or take it for an account.",
        ),
        (Said::PersonAdded, "person-added", "The account is made."),
        (Said::PersonDisabled, "person-disabled", "The account is disabled and signed out everywhere."),
        (Said::SessionEnded, "session-ended", "That session is ended."),
        (Said::OthersEnded, "others-ended", "All other sessions are ended."),
        (Said::PasswordChanged, "password-changed", "The password is changed; other sessions are ended."),
        (Said::PasskeyAdded, "passkey-added", "The passkey is added. It signs you in from now on."),
        (
            Said::PasskeyDropped,
            "passkey-dropped",
            "The passkey is removed. Your device may still offer it; it opens nothing.",
        ),
        (Said::SignedOut, "signed-out", "You are signed out."),
    ];

    pub fn code(self) -> &'static str {
        Said::ALL.iter().find(|(s, ..)| *s == self).map_or("", |(_, code, _)| code)
    }

    pub fn parse(code: &str) -> Option<Said> {
        Said::ALL.iter().find(|(_, c, _)| *c == code).map(|(s, ..)| *s)
    }

    pub fn words(self) -> &'static str {
        Said::ALL.iter().find(|(s, ..)| *s == self).map_or("", |(.., words)| words)
    }
}

/// What is wrong with one field of a form, in words for whoever filled it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// The input's name.
    pub field: String,
    pub words: String,
}

impl FieldFault {
    pub fn new(field: impl Into<String>, words: impl Into<String>) -> FieldFault {
        FieldFault { field: field.into(), words: words.into() }
    }
}

impl Desk<'_> {
    /// The bar's context on a screen of that room.
    pub(super) fn context(&self, here: Room) -> Value {
        let may = |act| self.person.as_ref().is_some_and(|p| p.role.may(act));
        let room = |name: &str, href: &str, room: Room, waiting: u64| {
            context! { name, href, here => here == room, waiting => if waiting == 0 { String::new() } else { so_many(waiting) } }
        };
        let mut rooms = Vec::new();
        if may(Act::Edit) {
            rooms.push(room("Stories", "/desk", Room::Stories, 0));
        }
        if may(Act::Moderate) {
            rooms.push(room("Comments", "/desk/queue", Room::Queue, self.held));
            rooms.push(room("Sanctions", "/desk/sanctions", Room::Sanctions, 0));
        }
        if may(Act::Administer) {
            rooms.push(room("Reasons", "/desk/reasons", Room::Reasons, 0));
            rooms.push(room("People", "/desk/staff", Room::People, 0));
            rooms.push(room("Letters", "/desk/letters", Room::Letters, 0));
        }
        context! {
            paper => self.paper.name.as_str(),
            person => self.person.map(|p| context! { name => p.name, role => p.role.as_str() }),
            rooms => rooms,
            here => if here == Room::Sessions { "sessions" } else { "" },
            csrf => self.csrf,
            said => self.said.map(Said::words),
            refused => self.refused,
            css => desk_css_path(),
            js => desk_js_path(),
        }
    }

    /// A moment as the desk prints it.
    pub(super) fn moment(&self, at: Millis) -> Value {
        moment(&self.paper.zone, at)
    }
}

/// For the machine, and for people: `14:32, 24 Nov 2026`.
pub(super) fn moment(zone: &Zone, at: Millis) -> Value {
    context! { iso => zone.rfc3339(at), text => zone.format(at, "%H:%M, %-d %b %Y") }
}

/// The faults by field, in the order in which they were found; the first of a field counts.
pub(super) fn faults(found: &[FieldFault]) -> Value {
    let mut seen = serde_json::Map::new();
    for fault in found {
        seen.entry(fault.field.clone()).or_insert_with(|| fault.words.clone().into());
    }
    Value::from(Serde(seen))
}
