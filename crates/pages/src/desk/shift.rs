//! A shift of moderators: what was ruled in it, and what is left for the next.

use super::{
    frame::{Desk, Room},
    queue::{queue_href, so_many},
};
use crate::theme::{Fault, Theme};
use minijinja::{Value, context};
use newsroom::{
    Millis,
    clock::{HOUR, MINUTE},
    discussion::{
        Reason, Reasons, View,
        ruling::UNDO_WARN,
        shift::{Shift, Waits},
    },
};

/// `/desk/shift?since=…`
pub struct ShiftDesk<'a> {
    pub desk: &'a Desk<'a>,
    pub since: Millis,
    pub reasons: &'a Reasons,
    pub shift: &'a Shift,
    /// There were more rulings than were gone through.
    pub cut_short: bool,
    pub waits: &'a Waits,
    /// What has waited for too long, in words; empty where nothing has.
    pub alarm: &'a str,
    /// When, by whom, what; the latest first.
    pub notes: &'a [(Millis, String, String)],
}

/// `40 s`, `12 min`, `3 h 20 min`.
fn lasting(ms: i64) -> String {
    match ms.max(0) {
        ms if ms < MINUTE => format!("{} s", ms / 1_000),
        ms if ms < HOUR => format!("{} min", ms / MINUTE),
        ms => format!("{} h {} min", ms / HOUR, ms % HOUR / MINUTE),
    }
}

fn ruling_name(word: &str) -> &'static str {
    match word {
        "show" => "Shown",
        "remove" => "Removed",
        "cut" => "A passage cut",
        "hold" => "Held",
        "warn" => "Writer warned",
        UNDO_WARN => "Warning taken back",
        _ => "Taken back",
    }
}

impl Theme {
    pub fn desk_shift(&self, view: &ShiftDesk<'_>) -> Result<String, Fault> {
        let zone = &view.desk.paper.zone;
        let count = |name: &str, n: u32| context! { name, n };
        let reason =
            |code: &str| Reason::parse(code).map_or(code.to_owned(), |r| view.reasons.label(&r).to_owned());
        let open = |name: &str, n: u64, href: String, since: Option<String>| {
            context! { name, n => so_many(n), href, since }
        };
        let moment = |at: Option<Millis>, words: &str| {
            at.map(|at| format!("{words} {}", zone.format(at, "%H:%M, %-d %b %Y")))
        };
        let w = view.waits;
        let context = context! {
            frame => view.desk.context(Room::Queue),
            since => view.desk.moment(view.since),
            since_local => zone.format(view.since, "%Y-%m-%dT%H:%M"),
            rulings => view.shift.rulings,
            cut_short => view.cut_short,
            by_ruling => view.shift.by_ruling.iter().map(|(w, n)| count(ruling_name(w), *n)).collect::<Vec<Value>>(),
            by_reason => view.shift.by_reason.iter().map(|(c, n)| count(&reason(c), *n)).collect::<Vec<Value>>(),
            by_person => view.shift.by_person.iter().map(|(who, n)| count(who, *n)).collect::<Vec<Value>>(),
            share => view.shift.share_removed.map(|s| format!("{:.0}\u{a0}%", s * 100.0)),
            median => view.shift.median_wait.map(lasting),
            alarm => view.alarm,
            open => vec![
                open("Reported comments", w.reported, queue_href(View::Reported, None), moment(w.oldest_report, "the oldest since")),
                open("Appeals", w.appealed, queue_href(View::Appealed, None), moment(w.next_appeal, "the next is due at")),
                open("Comments that wait", w.held, queue_href(View::Held, None), None),
                open("Second opinions asked for", w.doubted, queue_href(View::Doubted, None), None),
                open("Shown and not read yet", w.unread, queue_href(View::New, None), None),
                open("Tips that the editors have not dealt with", w.tips, String::new(), None),
            ],
            notes => view.notes.iter().map(|(at, who, text)| {
                context! { at => view.desk.moment(*at), who, text }
            }).collect::<Vec<Value>>(),
        };
        self.render("desk/shift.html", &context)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_in_words() {
        for (ms, words) in [(-5, "0 s"), (59_999, "59 s"), (60_000, "1 min"), (12_000_000, "3 h 20 min")] {
            assert_eq!(super::lasting(ms), words);
        }
    }
}
