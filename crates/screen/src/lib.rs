//! A comment's text in, risks with their reasons out.
//!
//! This is the first screen, and it is made of rules: short word lists written by us and a few patterns, on
//! text folded so that look-alike letters, digits for letters, stretched and spaced-out words say what they
//! mean. It decides nothing. `newsroom::discussion::admit` holds a comment at a score of 0.8 or more, and the
//! moderators' queue is ranked by it. A trained model is later work; it will answer with the same `Risk`.
//!
//! What it cannot do: irony, most languages but English, and insults without an insulting word.

mod advertising;
mod fold;
mod hate;
pub mod model;
mod personal;
mod phrases;
mod repetition;
mod spoken;

use newsroom::discussion::{Label, Risk};

/// The risks of one comment, the gravest first; empty where none was seen. Pure, and linear in the length
/// of the text. Each score is within 0..=1, and `why` names what was seen.
pub fn screen(text: &str, name: &str) -> Vec<Risk> {
    by_rules(text, name)
}

/// The rules alone, without the model.
pub fn by_rules(text: &str, name: &str) -> Vec<Risk> {
    let words = fold::words(text);
    let mut risks: Vec<Risk> = [
        advertising::of(text, name, &words),
        spoken::insult(&words),
        hate::of(&words),
        spoken::threat(&words),
        spoken::sexual(&words),
        personal::of(text, &words),
        repetition::of(text, &words),
    ]
    .into_iter()
    .flatten()
    .collect();
    risks.sort_by(|a, b| b.score.total_cmp(&a.score));
    risks
}

/// Reasons kept for one risk; a moderator needs the first few.
const MOST_REASONS: usize = 8;

/// Signs of one kind, gathered into one risk.
#[derive(Default)]
struct Signs {
    spared: f32,
    why: Vec<String>,
}

impl Signs {
    fn new() -> Signs {
        Signs { spared: 1.0, why: Vec::new() }
    }

    /// Independent signs strengthen each other, and never pass 1.
    fn add(&mut self, weight: f32, why: impl Into<String>) {
        self.spared *= 1.0 - weight.clamp(0.0, 1.0);
        let why = why.into();
        if self.why.len() < MOST_REASONS && !self.why.contains(&why) {
            self.why.push(why);
        }
    }

    fn score(&self) -> f32 {
        (1.0 - self.spared).clamp(0.0, 1.0)
    }

    fn risk(self, label: Label) -> Option<Risk> {
        let score = self.score();
        self.risk_at_most(label, score)
    }

    fn risk_at_most(self, label: Label, most: f32) -> Option<Risk> {
        let score = self.score().min(most);
        (!self.why.is_empty()).then_some(Risk { label, score, why: self.why })
    }
}
