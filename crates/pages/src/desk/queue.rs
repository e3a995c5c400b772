//! The moderator's queue: comments that wait, the gravest risk first, each with all that a ruling needs.

use minijinja::{Value, context};
use newsroom::{
    Millis,
    discussion::{Comment, CommentId, Label, Reason, Reasons, Risk, State, View, reason::HouseReason},
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
    pub reasons: &'a Reasons,
    pub view: View,
    /// Comments in each view, in the order of [`View::ALL`]; `None` where nobody counts.
    pub counts: [Option<u64>; 7],
    pub filter: &'a QueueFilter,
    /// In the order of the view.
    pub rows: &'a [QueueRow],
    /// The comment that whoever is signed in ruled on last, of late: to be taken back.
    pub undo: Option<CommentId>,
    /// The cursor this page began at.
    pub after: Option<&'a str>,
    /// Where the next page begins.
    pub next: Option<&'a str>,
}

/// What the waiting comments are narrowed to, as typed, and the filters kept.
#[derive(Clone, Debug, Default)]
pub struct QueueFilter {
    /// A story's number; empty for all.
    pub story: String,
    /// A risk's word; empty for all.
    pub risk: String,
    pub words: String,
    /// Number, name and query of each.
    pub kept: Vec<(i64, String, String)>,
}

impl QueueFilter {
    /// As the address has it, `story=7&risk=hate`; empty where nothing is narrowed.
    pub fn query(&self) -> String {
        let parts = [("story", &self.story), ("risk", &self.risk), ("words", &self.words)];
        let parts = parts.into_iter().filter(|(_, value)| !value.is_empty());
        parts.map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
    }
}

pub struct QueueRow {
    pub comment: Comment,
    /// What it said before its writer changed it: until when, and what.
    pub before: Vec<(Millis, String)>,
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
    /// Its number; 0 where there is none. Travels in each form, so that nobody rules on what another has
    /// ruled on meanwhile.
    pub last_ruling: i64,
    /// What readers say of it: the reason, and their own words.
    pub reports: Vec<(Option<Reason>, String)>,
    /// The appeal that waits.
    pub appeal: Option<AppealRow>,
    /// Who asks for a second opinion, and their note.
    pub doubt: Option<(String, String)>,
    /// Its thread stands first in its discussion.
    pub pinned: bool,
    /// Of its writer's latest comments: shown, held, removed.
    pub standing: [u32; 3],
}

/// An appeal as the desk tells it.
pub struct AppealRow {
    pub text: String,
    pub due: Millis,
    /// Who ruled first.
    pub first: String,
    /// Whether who is signed in may decide it.
    pub may: bool,
}

/// A ruling as the desk tells it.
pub struct Ruled {
    pub at: Millis,
    pub by: String,
    pub note: String,
}

fn tab_name(view: View) -> &'static str {
    match view {
        View::Held => "Waiting",
        View::Reported => "Reported",
        View::Appealed => "Appeals",
        View::Doubted => "Second opinion",
        View::Removed => "Removed",
        View::Shown => "Shown",
        View::Mine => "Mine",
    }
}

/// The address of a tab of the queue, from a cursor on.
pub fn queue_href(view: View, after: Option<&str>) -> String {
    match (view, after) {
        (View::Held, None) => "/desk/queue".into(),
        (View::Held, Some(after)) => format!("/desk/queue?after={}", encoded(after)),
        (view, None) => format!("/desk/queue?state={}", view.as_str()),
        (view, Some(after)) => format!("/desk/queue?state={}&after={}", view.as_str(), encoded(after)),
    }
}

impl Theme {
    pub fn desk_queue(&self, view: &Queue<'_>) -> Result<String, Fault> {
        let tab = |(state, count): (View, Option<u64>)| {
            context! {
                name => tab_name(state),
                href => queue_href(state, None),
                here => state == view.view,
                count => count,
            }
        };
        let reason = |r: &HouseReason| context! { code => r.reason.code(), name => r.label.as_str() };
        let filter = view.filter.query();
        let narrowed = |href: String| match filter.as_str() {
            "" => href,
            filter if href.contains('?') => format!("{href}&{filter}"),
            filter => format!("{href}?{filter}"),
        };
        let here = narrowed(queue_href(view.view, view.after));
        // After a ruling the page comes back at the row that takes its place.
        let back =
            |at: usize| match view.rows.get(at + 1).or(at.checked_sub(1).and_then(|b| view.rows.get(b))) {
                Some(next) => format!("{here}#c-{}", next.comment.id),
                None => here.clone(),
            };
        let rows = view.rows.iter().enumerate().map(|(at, r)| row(view, r, back(at)));
        let context = context! {
            frame => view.desk.context(Room::Queue),
            tab_name => tab_name(view.view).to_lowercase(),
            held => view.view == View::Held,
            tabs => View::ALL.into_iter().zip(view.counts).map(tab).collect::<Vec<Value>>(),
            reasons => view.reasons.in_use().map(reason).collect::<Vec<Value>>(),
            rows => rows.collect::<Vec<Value>>(),
            back => here.as_str(),
            undo => view.undo.map(|id| format!("/desk/comments/{id}/undo")),
            empty => match view.view {
                View::Reported => "No report is waiting.",
                View::Appealed => "No appeal is waiting.",
                View::Held if !filter.is_empty() => "No comment that waits is like that.",
                View::Held => "No comment is waiting.",
                View::Doubted => "Nobody asks for a second opinion.",
                View::Mine => "You have not ruled on any comment yet.",
                View::Removed => "No comment is removed.",
                View::Shown => "No comment is shown yet.",
            },
            next => view.next.map(|n| narrowed(queue_href(view.view, Some(n)))),
            filter => context! {
                story => view.filter.story.as_str(),
                words => view.filter.words.as_str(),
                query => filter.as_str(),
                risks => Label::ALL.into_iter().map(|l| context! {
                    word => l.as_str(), chosen => view.filter.risk == l.as_str(),
                }).collect::<Vec<Value>>(),
                kept => view.filter.kept.iter().map(|(id, name, query)| context! {
                    id, name, href => format!("/desk/queue?{query}"), here => *query == filter,
                }).collect::<Vec<Value>>(),
            },
            next_name => if view.view == View::Held { "Later comments" } else { "Older comments" },
        };
        self.render("desk/queue.html", &context)
    }
}

fn row(view: &Queue<'_>, row: &QueueRow, back: String) -> Value {
    let comment = &row.comment;
    let may = view.desk.person.as_ref().is_some_and(|p| p.role.may(staff::Act::Moderate));
    let may = may && comment.state != State::Withdrawn;
    let decides = row.appeal.as_ref().is_none_or(|a| a.may);
    let html = |text: &str| Value::from_safe_string(markup::comment_html(text));
    // What the screen saw is marked where it stands.
    let signs = row
        .risks
        .iter()
        .flat_map(|r| &r.why)
        .map(|w| w.rsplit_once(": ").map_or(w.as_str(), |(_, said)| said));
    let signs: Vec<&str> = signs.collect();
    let shown = comment.state == State::Shown;
    let [shown_before, held_before, removed_before] = row.standing;
    let ruled = row.ruled.as_ref().map(|r| {
        let at = view.desk.paper.zone.format(r.at, "%H:%M, %-d %b %Y");
        let what = match (comment.state, comment.reason) {
            (State::Removed, Some(reason)) => format!("Removed as: {}", view.reasons.label(&reason)),
            (State::Removed, None) => "Removed".into(),
            (State::Shown, Some(reason)) => format!("Passage cut: {}", view.reasons.label(&reason)),
            (State::Shown, None) => "Shown".into(),
            (State::Held, _) => "Held".into(),
            (State::Withdrawn, _) => "Withdrawn by its writer".into(),
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
        html => Value::from_safe_string(markup::marked(&markup::comment_html(&comment.text), &signs)),
        before => row.before.iter().map(|(at, text)| {
            context! { at => view.desk.moment(*at), text => text.as_str() }
        }).collect::<Vec<Value>>(),
        why => row.why.as_str(),
        risks => row.risks.iter().map(risk).collect::<Vec<Value>>(),
        ruled => ruled,
        seen => row.last_ruling,
        plain => comment.text.as_str(),
        reports => row.reports.iter().map(|(reason, words)| {
            context! { reason => reason.as_ref().map_or("Other", |r| view.reasons.label(r)), words => words.as_str() }
        }).collect::<Vec<Value>>(),
        appeal => row.appeal.as_ref().map(|a| {
            context! { text => a.text.as_str(), due => view.desk.moment(a.due), first => a.first.as_str(), may => a.may }
        }),
        // What was reported or appealed against is decided by keeping it as it is, too.
        may_show => may && (comment.state != State::Shown || !row.reports.is_empty()) && decides,
        keep => comment.state == State::Shown,
        may_remove => may && (comment.state != State::Removed || row.appeal.is_some()) && decides,
        may_cut => may && comment.state != State::Removed && decides,
        mine => row.ruled.as_ref().is_some_and(|r| view.desk.person.as_ref().is_some_and(|p| p.name == r.by)),
        doubt => row.doubt.as_ref().map(|(who, note)| context! { who, note }),
        may_hold => may && comment.state != State::Held,
        may_commend => may && shown,
        featured => comment.featured,
        pinned => row.pinned,
        may => may,
        only_story => format!("/desk/queue?story={}", comment.story),
        writer => format!("/desk/writers?name={}&network={}", encoded(&comment.name), encoded(&comment.network)),
        standing => format!("{shown_before} shown, {held_before} waiting, {removed_before} removed"),
        back => back,
    }
}
