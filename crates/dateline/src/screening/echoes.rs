//! The same words under many stories, in a slightly other dress each time. Prints of the texts, in memory alone,
//! for a day.

use newsroom::{
    Millis,
    clock::DAY,
    discussion::{Label, Risk},
};
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

/// Prints kept; to look through all takes some microseconds.
const MOST: usize = 20_000;
/// Said so often before, it is held.
const MANY: usize = 3;

#[derive(Default)]
pub struct Echoes(Mutex<VecDeque<(u64, i64)>>);

impl Echoes {
    /// The risk of saying nearly what was said within the day, twice or more.
    pub fn heard(&self, print: u64, now: Millis) -> Option<Risk> {
        if print == 0 {
            return None;
        }
        let prints = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let young = prints.iter().rev().take_while(|(_, at)| now.0.saturating_sub(*at) < DAY);
        let heard = young.filter(|(other, _)| screen::alike(print, *other)).count();
        let score = match heard {
            0 | 1 => return None,
            n if n < MANY => 0.5,
            _ => 0.85,
        };
        let why = vec![format!("nearly the same as {heard} comments of the last day")];
        Some(Risk { label: Label::Flood, score, why })
    }

    /// A text too short to be known again has the print 0, and is not kept.
    pub fn remember(&self, print: u64, now: Millis) {
        if print == 0 {
            return;
        }
        let mut prints = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if prints.len() >= MOST {
            prints.pop_front();
        }
        prints.push_back((print, now.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heard_again_and_again_and_forgotten_after_a_day() {
        let echoes = Echoes::default();
        let said = screen::likeness("Visit our harbour shop today and save on every single pair of boots");
        let again =
            screen::likeness("visit our harbour shop TODAY, and save on every single pair of boots!!");
        let other = screen::likeness("The ferry to Osk was late again and nobody at the quay could say why");
        let score = |print, at| echoes.heard(print, Millis(at)).map(|r| r.score);
        assert_eq!(score(said, 0), None);
        for n in 0..3 {
            echoes.remember(said, Millis(n));
            echoes.remember(other, Millis(n));
            echoes.remember(0, Millis(n));
            assert_eq!(score(again, 10), [None, Some(0.5), Some(0.85)][n as usize], "said {n}");
        }
        assert_eq!(score(0, 10), None, "what is short is like nothing");
        assert_eq!(score(again, DAY + 10), None);
        for n in 0..2 * MOST as i64 {
            echoes.remember(other, Millis(100 + n));
        }
        assert_eq!(score(again, 100_000), None, "memory is bounded");
    }
}
