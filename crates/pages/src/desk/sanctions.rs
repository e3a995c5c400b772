//! Sanctions: networks and names whose comments are held or refused until a date.

use minijinja::{Value, context};
use newsroom::Millis;

use super::frame::{Desk, FieldFault, Room, faults};
use crate::theme::{Fault, Theme};

/// Longest sanction, in days: a network is shared, and people move.
pub const LONGEST_DAYS: u32 = 90;

/// `/desk/sanctions`
pub struct SanctionsPage<'a> {
    pub desk: &'a Desk<'a>,
    /// Those in force, the latest first.
    pub sanctions: &'a [SanctionRow],
    /// What was typed, after a refusal.
    pub form: &'a SanctionForm,
    pub faults: &'a [FieldFault],
}

pub struct SanctionRow {
    pub id: i64,
    /// The mask, or a name.
    pub against: String,
    /// Refused, or only held.
    pub refuse: bool,
    pub until: Millis,
    pub since: Millis,
    /// Who set it.
    pub by: String,
    pub note: String,
}

/// A sanction as typed.
#[derive(Clone, Debug)]
pub struct SanctionForm {
    pub network: String,
    pub refuse: bool,
    pub days: String,
    pub note: String,
}

impl Default for SanctionForm {
    fn default() -> Self {
        SanctionForm { network: String::new(), refuse: false, days: "7".into(), note: String::new() }
    }
}

impl Theme {
    pub fn desk_sanctions(&self, view: &SanctionsPage<'_>) -> Result<String, Fault> {
        let sanction = |s: &SanctionRow| {
            context! {
                id => s.id,
                against => s.against.as_str(),
                measure => if s.refuse { "refused" } else { "held" },
                until => view.desk.moment(s.until),
                since => view.desk.moment(s.since),
                by => s.by.as_str(),
                note => s.note.as_str(),
            }
        };
        let measure = |value: &str, words: &str, refuse: bool| {
            context! { value, words, chosen => refuse == view.form.refuse }
        };
        let context = context! {
            frame => view.desk.context(Room::Sanctions),
            sanctions => view.sanctions.iter().map(sanction).collect::<Vec<Value>>(),
            measures => vec![
                measure("hold", "held for a moderator", false),
                measure("refuse", "refused", true),
            ],
            form => context! {
                network => view.form.network.as_str(),
                days => view.form.days.as_str(),
                note => view.form.note.as_str(),
            },
            faults => faults(view.faults),
            longest => LONGEST_DAYS,
        };
        self.render("desk/sanctions.html", &context)
    }
}
