//! All that looks at a comment before the rule does: the screen with the paper's own word lists, what was said
//! alike elsewhere, and what the paper's own rulings have taught.

mod echoes;
mod lists;
pub mod modes;
pub mod rehearsal;

pub use echoes::Echoes;
pub use lists::read as read_lists;

use newsroom::{
    Millis,
    discussion::{Label, Risk},
};
use screen::{Likeness, Seen, WordList, learned::Learned};
use std::sync::{Arc, PoisonError, RwLock};

#[derive(Default)]
pub struct Screening {
    /// Switched off by the paper: nothing is looked at.
    off: bool,
    lists: Vec<WordList>,
    echoes: Echoes,
    /// Made anew from the rulings by `jobs::learn`; nothing of it is stored.
    learned: RwLock<Arc<Learned>>,
    /// From this score on it counts; 0 where the paper did not switch it on.
    learned_from: f32,
}

impl Screening {
    pub fn new(on: bool, lists: Vec<WordList>, learned_from: f32) -> Screening {
        Screening { off: !on, lists, learned_from, ..Screening::default() }
    }

    /// What it sees in a comment that comes in, its risks the gravest first; and whether nearly the same was said
    /// more than once within the day.
    pub fn look(&self, text: &str, name: &str, now: Millis) -> (Seen, bool) {
        if self.off {
            return (Seen::default(), false);
        }
        let mut seen = screen::look(text, name, &self.lists);
        let risks = &mut seen.risks;
        let echo = self.echoes.heard(seen.likeness, now);
        let echoes = echo.is_some();
        risks.extend(echo);
        if self.learned_from > 0.0 {
            let score = self.learned().score(text);
            if score >= self.learned_from {
                let why = vec!["the moderators here have removed such comments".to_owned()];
                // What was switched on holds.
                risks.push(Risk { label: Label::House, score: score.max(0.8), why });
            }
        }
        risks.sort_by(|a, b| b.score.total_cmp(&a.score));
        (seen, echoes)
    }

    /// Once a comment is in.
    pub fn remember(&self, likeness: Option<Likeness>, now: Millis) {
        self.echoes.remember(likeness, now);
    }

    pub fn lists(&self) -> &[WordList] {
        &self.lists
    }

    pub fn learned(&self) -> Arc<Learned> {
        self.learned.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn learns(&self, learned: Learned) {
        *self.learned.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(learned);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switched_off_it_sees_nothing() {
        let text = "You are a stupid idiot and everybody in this town has known it for years.";
        let look = |on| Screening::new(on, Vec::new(), 0.0).look(text, "Old salt", Millis(0)).0;
        assert!(look(true).risks.iter().any(|r| r.label == Label::Insult) && look(true).likeness.is_some());
        assert!(look(false).risks.is_empty() && look(false).likeness.is_none());
    }
}
