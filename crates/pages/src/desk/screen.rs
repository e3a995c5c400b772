//! How the screen, and other modes, would have agreed with the moderators: before anything is switched on.

use super::frame::{Desk, Room};
use crate::theme::{Fault, Theme};
use minijinja::{Value, context};
use newsroom::discussion::{Label, Mode};

/// `/desk/screen?days=…`
pub struct ScreenDesk<'a> {
    pub desk: &'a Desk<'a>,
    pub days: u32,
    pub shown: u32,
    pub removed: u32,
    pub screen: &'a [AgreementRow],
    pub learned: &'a [AgreementRow],
    /// What was typed to be tried.
    pub trial: &'a Trial,
    /// What came of the list alone, or what is wrong with it.
    pub tried: Option<Result<AgreementRow, String>>,
    /// The score that holds now, by the settings.
    pub hold_at: f32,
    /// The learnt score that holds now; 0 where it is off.
    pub learned_hold_at: f32,
    /// Slug and name of each section.
    pub sections: &'a [(String, String)],
    /// Comments of these days, of the section if one is chosen.
    pub said: u32,
    pub modes: &'a [ModeRow],
}

/// As typed; empty where nothing was.
#[derive(Default)]
pub struct Trial {
    pub section: String,
    pub mode: String,
    pub first_held: String,
    pub held_after_days: String,
    pub closes_after_days: String,
    pub hold_at: String,
    /// The risk and the lines of a word list.
    pub label: String,
    pub words: String,
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

/// What would have come of one way to run the discussions.
pub struct ModeRow {
    pub name: String,
    pub held: u32,
    pub refused: u32,
    /// Of both, what was removed in the end, and what stands.
    pub removed: u32,
    pub stands: u32,
    pub precision: Option<f64>,
    pub recall: Option<f64>,
}

/// What a mode is called on the desk.
pub fn mode_words(mode: Mode) -> &'static str {
    match mode {
        Mode::AtOnce => "Shown at once",
        Mode::Open => "Held when risky",
        Mode::NewHeld => "New writers held first",
        Mode::Slow => "Slowed",
        Mode::HeldFirst => "All held first",
        Mode::Closed => "Closed",
    }
}

fn percent(part: Option<f64>) -> String {
    part.map_or("–".to_owned(), |p| format!("{:.0} %", p * 100.0))
}

impl Theme {
    pub fn desk_screen(&self, view: &ScreenDesk<'_>) -> Result<String, Fault> {
        let row = |r: &AgreementRow, now: f32| {
            context! {
                threshold => format!("{:.2}", r.threshold),
                held => r.held_removed + r.held_shown,
                removed => r.held_removed,
                shown => r.held_shown,
                precision => percent(r.precision),
                recall => percent(r.recall),
                now => (r.threshold - now).abs() < 0.001,
            }
        };
        let rows = |rows: &[AgreementRow], now: f32| rows.iter().map(|r| row(r, now)).collect::<Vec<Value>>();
        let days = f64::from(view.days.max(1));
        let mode_row = |r: &ModeRow| {
            context! {
                name => r.name.as_str(),
                held => r.held,
                a_day => format!("{:.1}", f64::from(r.held) / days),
                refused => r.refused,
                removed => r.removed,
                stands => r.stands,
                precision => percent(r.precision),
                recall => percent(r.recall),
            }
        };
        let trial = view.trial;
        let labels = Label::ALL.into_iter().map(|l| l.as_str());
        let modes = Mode::ALL.into_iter().map(
            |m| context! { word => m.as_str(), name => mode_words(m), chosen => m.as_str() == trial.mode },
        );
        let sections = view
            .sections
            .iter()
            .map(|(slug, name)| context! { slug, name, chosen => *slug == trial.section });
        let context = context! {
            frame => view.desk.context(Room::Queue),
            days => view.days,
            shown => view.shown,
            removed => view.removed,
            said => view.said,
            tables => vec![
                context! { name => "The screen", rows => rows(view.screen, view.hold_at), setting => "discussion.hold_at" },
                context! { name => "Learnt from your rulings", rows => rows(view.learned, view.learned_hold_at), setting => "discussion.learned_hold_at" },
            ],
            ways => view.modes.iter().map(mode_row).collect::<Vec<Value>>(),
            sections => sections.collect::<Vec<Value>>(),
            modes => modes.collect::<Vec<Value>>(),
            numbers => vec![
                context! { field => "first_held", words => "Hold a writer’s first", unit => "comments", value => trial.first_held.as_str(), most => 100 },
                context! { field => "held_after_days", words => "Hold all from this age of the story on", unit => "days", value => trial.held_after_days.as_str(), most => 36_500 },
                context! { field => "closes_after_days", words => "Close from this age of the story on", unit => "days", value => trial.closes_after_days.as_str(), most => 36_500 },
            ],
            hold_at => trial.hold_at.as_str(),
            labels => labels.map(|word| context! { word, chosen => word == trial.label }).collect::<Vec<Value>>(),
            words => trial.words.as_str(),
            tried => view.tried.as_ref().and_then(|t| t.as_ref().ok()).map(|r| row(r, -1.0)),
            fault => view.tried.as_ref().and_then(|t| t.as_ref().err()),
        };
        self.render("desk/screen.html", &context)
    }
}
