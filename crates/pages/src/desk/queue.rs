//! The moderator's queue: comments that wait, the gravest risk first, each with all that a ruling needs.

use minijinja::{Value, context};
use newsroom::{
    Millis,
    discussion::{
        Comment, CommentId, Label, Mode, Reason, Reasons, Risk, State, View,
        reason::HouseReason,
        ruling::{UNDO, UNDO_WARN},
    },
    staff,
};

use super::{
    frame::{Desk, Room},
    inbox::encoded,
    story::mode_words,
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
    pub counts: [Option<u64>; 9],
    pub filter: &'a QueueFilter,
    /// In the order of the view.
    pub rows: &'a [QueueRow],
    /// The comments that whoever is signed in ruled on last, at one stroke and of late: to be taken back.
    pub undo: &'a [CommentId],
    /// What has waited for too long, in words; empty where nothing has.
    pub alarm: &'a str,
    /// The next page goes on where a search left off.
    pub looks_on: bool,
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
    /// How its discussion takes comments.
    pub mode: Mode,
    /// What it answers, and what that answers, the nearest last.
    pub above: Vec<Comment>,
    /// Why it was held, in words; empty where it was not.
    pub why: String,
    pub risks: Vec<Risk>,
    /// All that was ruled on it, the oldest first.
    pub rulings: Vec<Ruled>,
    /// Its number; 0 where there is none. Travels in each form, so that nobody rules on what another has
    /// ruled on meanwhile.
    pub last_ruling: i64,
    /// What readers say of it: the reason, and their own words.
    pub reports: Vec<(Option<Reason>, String)>,
    /// The appeal that waits.
    pub appeal: Option<AppealRow>,
    /// Who asks for a second opinion, and their note.
    pub doubt: Option<(String, String)>,
    /// Passed on to the editors: by whom, with what words, and whether that was dealt with.
    pub tips: Vec<(String, String, bool)>,
    /// Who else of the moderators looks at it now.
    pub looked_at: Option<String>,
    /// Its thread stands first in its discussion.
    pub pinned: bool,
    /// Its thread takes no more replies.
    pub closed: bool,
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
    /// A word of `newsroom::discussion::ruling`.
    pub ruling: String,
    pub reason: Option<Reason>,
    pub note: String,
}

fn tab_name(view: View) -> &'static str {
    match view {
        View::Held => "Waiting",
        View::Reported => "Reported",
        View::Appealed => "Appeals",
        View::Doubted => "Second opinion",
        View::New => "New",
        View::Removed => "Removed",
        View::Shown => "Shown",
        View::All => "All",
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
                count => count.map(so_many),
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
        let rows = view.rows.iter().enumerate().map(|(at, r)| row(view, r, &here, back(at)));
        let context = context! {
            frame => view.desk.context(Room::Queue),
            tab_name => tab_name(view.view).to_lowercase(),
            held => view.view == View::Held,
            unread => view.view == View::New,
            bulk => !view.rows.is_empty() && !matches!(view.view, View::Appealed | View::Mine),
            alarm => view.alarm,
            looks_on => view.looks_on,
            tabs => View::ALL.into_iter().zip(view.counts).map(tab).collect::<Vec<Value>>(),
            reasons => view.reasons.in_use().map(reason).collect::<Vec<Value>>(),
            rows => rows.collect::<Vec<Value>>(),
            back => here.as_str(),
            undo => view.undo.len(),
            undo_of => view.undo.first(),
            empty => match view.view {
                View::Reported => "No report is waiting.",
                View::Appealed => "No appeal is waiting.",
                View::Held if view.looks_on => "None of those looked through is like that.",
                View::Held if !filter.is_empty() => "No comment that waits is like that.",
                View::Held => "No comment is waiting.",
                View::Doubted => "Nobody asks for a second opinion.",
                View::New => "Every comment that was shown has been read.",
                View::All => "Nobody has said anything yet.",
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
            next_name => match view.view {
                View::Held if view.looks_on => "Look through the next",
                View::Held | View::New => "Later comments",
                _ => "Older comments",
            },
        };
        self.render("desk/queue.html", &context)
    }
}

/// A count that goes no further than a thousand.
pub(crate) fn so_many(count: u64) -> String {
    if count > 1_000 { "1,000+".into() } else { count.to_string() }
}

/// What a ruling did, as the desk tells it.
fn ruling_words(ruling: &str, reason: Option<Reason>, reasons: &Reasons) -> String {
    let because = reason.map(|r| format!(": {}", reasons.label(&r))).unwrap_or_default();
    match ruling {
        "show" => "Shown".into(),
        "remove" => format!("Removed as{because}"),
        "cut" => format!("Passage cut{because}"),
        "hold" => "Held".into(),
        "warn" => "Writer warned".into(),
        UNDO_WARN => "Warning taken back".into(),
        _ => "Ruling taken back".into(),
    }
}

fn row(view: &Queue<'_>, row: &QueueRow, here: &str, back: String) -> Value {
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
    let ruled = row.rulings.last().map(|r| {
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
            score => format!("{:.0}\u{a0}%", f64::from(r.score) * 100.0),
            why => each_once(&r.why),
        }
    };
    let above = |c: &Comment| {
        let gone = match c.state {
            State::Shown => "",
            State::Held => "held",
            State::Removed => "removed",
            State::Withdrawn => "withdrawn by its writer",
        };
        context! { name => c.name.as_str(), html => html(&c.text), at => view.desk.moment(c.at), gone }
    };
    let earlier = |r: &Ruled| {
        context! {
            at => view.desk.moment(r.at), by => r.by.as_str(), note => r.note.as_str(),
            what => ruling_words(&r.ruling, r.reason, view.reasons),
        }
    };
    let mode = |m: Mode| context! { value => m.as_str(), words => mode_words(m), chosen => m == row.mode };
    context! {
        id => comment.id,
        story => comment.story,
        here => format!("{here}#c-{}", comment.id),
        mode => mode_words(row.mode),
        modes => Mode::ALL.into_iter().map(mode).collect::<Vec<Value>>(),
        looked_at => row.looked_at.as_deref(),
        tips => row.tips.iter().map(|(who, note, done)| context! { who, note, done }).collect::<Vec<Value>>(),
        earlier => row.rulings.iter().rev().skip(1).map(earlier).collect::<Vec<Value>>(),
        may_leave => may && view.view == View::New && shown,
        headline => row.headline.as_str(),
        path => row.path.as_deref(),
        above => row.above.iter().map(above).collect::<Vec<Value>>(),
        // What stands above the first of these is on the thread's own page.
        higher => row.above.first().is_some_and(|c| c.parent.is_some()),
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
        mine => row.rulings.last().is_some_and(|r| {
            ![UNDO, UNDO_WARN].contains(&r.ruling.as_str())
                && view.desk.person.as_ref().is_some_and(|p| p.name == r.by)
        }),
        doubt => row.doubt.as_ref().map(|(who, note)| context! { who, note }),
        may_hold => may && comment.state != State::Held,
        may_commend => may && shown,
        featured => comment.featured,
        pinned => row.pinned,
        closed => row.closed,
        may => may,
        only_story => format!("/desk/queue?story={}", comment.story),
        account => comment.reader.map(|id| format!("/desk/readers/{id}")),
        badge => comment.badge.as_ref().map_or("", |b| b.words()),
        shown,
        writer => format!("/desk/writers?name={}&network={}", encoded(&comment.name), encoded(&comment.network)),
        standing => format!("{shown_before} shown, {held_before} waiting, {removed_before} removed"),
        back => back,
    }
}

/// What was seen, each thing once: what is said to somebody together, and not again as a word by itself.
fn each_once(why: &[String]) -> String {
    const TO: &str = "said to somebody: ";
    let mut to: Vec<&str> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for sign in why {
        let (kind, sign) = match sign.strip_prefix(TO) {
            Some(word) => (&mut to, word),
            None => (&mut others, sign.as_str()),
        };
        if !kind.contains(&sign) {
            kind.push(sign);
        }
    }
    others.retain(|sign| !to.contains(sign));
    let together = (!to.is_empty()).then(|| format!("{TO}{}", to.join(", ")));
    together.as_deref().into_iter().chain(others).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sign_is_named_once() {
        let told = |why: &[&str]| each_once(&why.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>());
        assert_eq!(
            told(&["said to somebody: scum", "said to somebody: idiots", "parasites", "idiots", "parasites"]),
            "said to somebody: scum, idiots; parasites"
        );
        assert_eq!(told(&["link to a.example", "cheap"]), "link to a.example; cheap");
        assert_eq!(told(&[]), "");
    }
}
