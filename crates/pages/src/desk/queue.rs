//! The moderator's queue: comments that wait, oldest first, each with all that a ruling needs.

use minijinja::{Value, context};
use newsroom::{
    Millis,
    discussion::{Comment, Reason, Risk, State},
    staff,
};

use super::{
    frame::{Desk, Room},
    inbox::encoded,
};
use crate::{
    markup,
    theme::{Fault, Theme},
};

/// `/desk/queue?state=…&after=…`
pub struct Queue<'a> {
    pub desk: &'a Desk<'a>,
    pub state: State,
    /// Comments in each state, in the order of [`TABS`].
    pub counts: [u64; 3],
    /// Held: oldest first. Removed and shown: the latest first.
    pub rows: &'a [QueueRow],
    /// The cursor this page began at.
    pub after: Option<&'a str>,
    /// Where the next page begins.
    pub next: Option<&'a str>,
}

/// The tabs in their order.
pub const TABS: [State; 3] = [State::Held, State::Removed, State::Shown];

pub struct QueueRow {
    pub comment: Comment,
    /// The story it stands under.
    pub headline: String,
    /// `None` while readers cannot see the story.
    pub path: Option<String>,
    /// What it answers.
    pub parent: Option<Comment>,
    /// Why it was held, in words; empty where it was not.
    pub why: String,
    pub risks: Vec<Risk>,
    /// The latest ruling on it.
    pub ruled: Option<Ruled>,
}

/// A ruling as the desk tells it.
pub struct Ruled {
    pub at: Millis,
    pub by: String,
    pub note: String,
}

/// A reason's name in a list of choices.
fn reason_name(reason: Reason) -> &'static str {
    match reason {
        Reason::Advertising => "Advertising",
        Reason::Insult => "Insult",
        Reason::Hate => "Hate",
        Reason::Threat => "Threat",
        Reason::PersonalData => "Personal details",
        Reason::OffTopic => "Off topic",
        Reason::Repetition => "Repetition",
        Reason::Unlawful => "Unlawful",
        Reason::Other => "Other",
    }
}

fn tab_name(state: State) -> &'static str {
    match state {
        State::Held => "Waiting",
        State::Removed => "Removed",
        State::Shown => "Shown",
    }
}

/// The address of a tab of the queue, from a cursor on.
pub fn queue_href(state: State, after: Option<&str>) -> String {
    match (state, after) {
        (State::Held, None) => "/desk/queue".into(),
        (State::Held, Some(after)) => format!("/desk/queue?after={}", encoded(after)),
        (state, None) => format!("/desk/queue?state={}", state.as_str()),
        (state, Some(after)) => format!("/desk/queue?state={}&after={}", state.as_str(), encoded(after)),
    }
}

impl Theme {
    pub fn desk_queue(&self, view: &Queue<'_>) -> Result<String, Fault> {
        let tab = |(state, count): (State, u64)| {
            context! {
                name => tab_name(state),
                href => queue_href(state, None),
                here => state == view.state,
                count => count,
            }
        };
        let reason = |r: Reason| context! { code => r.code(), name => reason_name(r) };
        let here = queue_href(view.state, view.after);
        // After a ruling the page comes back at the row that takes its place.
        let back =
            |at: usize| match view.rows.get(at + 1).or(at.checked_sub(1).and_then(|b| view.rows.get(b))) {
                Some(next) => format!("{here}#c-{}", next.comment.id),
                None => here.clone(),
            };
        let rows = view.rows.iter().enumerate().map(|(at, r)| row(view, r, back(at)));
        let context = context! {
            frame => view.desk.context(Room::Queue),
            tab_name => tab_name(view.state).to_lowercase(),
            held => view.state == State::Held,
            tabs => TABS.into_iter().zip(view.counts).map(tab).collect::<Vec<Value>>(),
            reasons => Reason::ALL.into_iter().map(reason).collect::<Vec<Value>>(),
            rows => rows.collect::<Vec<Value>>(),
            back => here.as_str(),
            empty => match view.state {
                State::Held => "No comment is waiting.",
                State::Removed => "No comment is removed.",
                State::Shown => "No comment is shown yet.",
            },
            next => view.next.map(|n| queue_href(view.state, Some(n))),
            next_name => if view.state == State::Held { "Later comments" } else { "Older comments" },
        };
        self.render("desk/queue.html", &context)
    }
}

fn row(view: &Queue<'_>, row: &QueueRow, back: String) -> Value {
    let comment = &row.comment;
    let may = view.desk.person.as_ref().is_some_and(|p| p.role.may(staff::Act::Moderate));
    let html = |text: &str| Value::from_safe_string(markup::comment_html(text));
    let ruled = row.ruled.as_ref().map(|r| {
        let at = view.desk.paper.zone.format(r.at, "%H:%M, %-d %b %Y");
        let what = match (comment.state, comment.reason) {
            (State::Removed, Some(reason)) => format!("Removed as: {}", reason_name(reason).to_lowercase()),
            (State::Removed, None) => "Removed".into(),
            (State::Shown, _) => "Shown".into(),
            (State::Held, _) => "Held".into(),
        };
        let note = if r.note.is_empty() { String::new() } else { format!(" – “{}”", r.note) };
        format!("{what}, by {} at {at}{note}", r.by)
    });
    let risk = |r: &Risk| {
        context! {
            label => r.label.as_str(),
            score => format!("{:.0} %", f64::from(r.score) * 100.0),
            why => r.why.join("; "),
        }
    };
    context! {
        id => comment.id,
        headline => row.headline.as_str(),
        path => row.path.as_deref(),
        parent => row.parent.as_ref().map(|p| context! { name => p.name.as_str(), html => html(&p.text) }),
        name => comment.name.as_str(),
        network => comment.network.as_str(),
        at => view.desk.moment(comment.at),
        html => html(&comment.text),
        why => row.why.as_str(),
        risks => row.risks.iter().map(risk).collect::<Vec<Value>>(),
        ruled => ruled,
        may_show => may && comment.state != State::Shown,
        may_remove => may && comment.state != State::Removed,
        back => back,
    }
}
