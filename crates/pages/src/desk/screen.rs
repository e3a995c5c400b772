//! How the screen would have agreed with the moderators: before a threshold or a list is switched on.

use super::frame::{Desk, Room};
use crate::theme::{Fault, Theme};
use minijinja::{Value, context};
use newsroom::discussion::Label;

/// `/desk/screen?days=…`
pub struct ScreenDesk<'a> {
    pub desk: &'a Desk<'a>,
    pub days: u32,
    pub shown: u32,
    pub removed: u32,
    pub screen: &'a [AgreementRow],
    pub learned: &'a [AgreementRow],
    /// What was typed as a list to be tried: the risk and the lines.
    pub label: &'a str,
    pub words: &'a str,
    /// What came of it, or what is wrong with it.
    pub tried: Option<Result<AgreementRow, String>>,
    /// The score that holds now, by the settings.
    pub hold_at: f32,
    /// The learnt score that holds now; 0 where it is off.
    pub learned_hold_at: f32,
}

/// What would have been held from a score on.
pub struct AgreementRow {
    pub threshold: f32,
    pub held_removed: u32,
    pub held_shown: u32,
    /// 0 to 1; `None` where it is of nothing.
    pub precision: Option<f64>,
    pub recall: Option<f64>,
}

impl Theme {
    pub fn desk_screen(&self, view: &ScreenDesk<'_>) -> Result<String, Fault> {
        let row = |r: &AgreementRow, now: f32| {
            let part = |p: Option<f64>| p.map_or("–".to_owned(), |p| format!("{:.0} %", p * 100.0));
            context! {
                threshold => format!("{:.2}", r.threshold),
                held => r.held_removed + r.held_shown,
                removed => r.held_removed,
                shown => r.held_shown,
                precision => part(r.precision),
                recall => part(r.recall),
                now => (r.threshold - now).abs() < 0.001,
            }
        };
        let rows = |rows: &[AgreementRow], now: f32| rows.iter().map(|r| row(r, now)).collect::<Vec<Value>>();
        let labels = Label::ALL.into_iter().map(|l| l.as_str());
        let context = context! {
            frame => view.desk.context(Room::Queue),
            days => view.days,
            shown => view.shown,
            removed => view.removed,
            tables => vec![
                context! { name => "The screen", rows => rows(view.screen, view.hold_at), setting => "discussion.hold_at" },
                context! { name => "Learnt from your rulings", rows => rows(view.learned, view.learned_hold_at), setting => "discussion.learned_hold_at" },
            ],
            labels => labels.map(|word| context! { word, chosen => word == view.label }).collect::<Vec<Value>>(),
            words => view.words,
            tried => view.tried.as_ref().and_then(|t| t.as_ref().ok()).map(|r| row(r, -1.0)),
            fault => view.tried.as_ref().and_then(|t| t.as_ref().err()),
        };
        self.render("desk/screen.html", &context)
    }
}
