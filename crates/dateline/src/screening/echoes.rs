//! The same words under many stories, in a slightly other dress each time. In memory alone, for a day.

use newsroom::{
    Millis,
    clock::DAY,
    discussion::{Label, Risk},
};
use screen::{BANDS, Likeness};
use std::sync::{Mutex, PoisonError};

/// Texts kept, some 120 bytes each.
const MOST: usize = 20_000;
/// Said so often before, it is held.
const MANY: usize = 3;
/// Nobody needs to know more exactly how often.
const ENOUGH: usize = 20;
/// Places for what begins a chain, of each band.
const PLACES: usize = 8_192;
/// Texts of one chain that are looked at though they are not alike: two or three are there by chance, and more only
/// where all speak of the same in few words.
const CHANCE: usize = 16;

#[derive(Default)]
pub struct Echoes(Mutex<Heard>);

/// The texts in the order they came, the oldest overwritten. For each band those that agree in it are chained, the
/// newest first, so that only these are looked at. Each column by itself: a chain is walked for every comment, and
/// its links alone stay in the processor's near memory.
#[derive(Default)]
struct Heard {
    texts: Vec<Likeness>,
    /// When each came.
    at: Vec<i64>,
    /// The number of the one before it in the chain of each band.
    before: [Vec<u64>; BANDS],
    /// How many came in all; a text's number is how many came with it.
    came: u64,
    /// The number of the newest text of each chain, `PLACES` for each band; 0 for none. Empty before the first.
    newest: Vec<u64>,
}

impl Echoes {
    /// The risk of saying nearly what was said within the day, twice or more.
    pub fn heard(&self, likeness: Option<Likeness>, now: Millis) -> Option<Risk> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).like(&likeness?, now);
        let score = match known {
            0 | 1 => return None,
            n if n < MANY => 0.5,
            _ => 0.85,
        };
        let more = if known == ENOUGH { " or more" } else { "" };
        let why = vec![format!("nearly the same as {known}{more} comments of the last day")];
        Some(Risk { label: Label::Flood, score, why })
    }

    /// A text too short to be known again is not kept.
    pub fn remember(&self, likeness: Option<Likeness>, now: Millis) {
        if let Some(likeness) = likeness {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).add(likeness, now);
        }
    }
}

/// Where a band's chain begins.
fn place(band: usize, value: u32) -> usize {
    band * PLACES + (value.wrapping_mul(0x9e37_79b1) >> 19) as usize
}

impl Heard {
    /// Where the text of that number is, if it is still there.
    fn row(&self, number: u64) -> Option<usize> {
        let there = number > 0 && number + MOST as u64 > self.came;
        there.then(|| ((number - 1) % MOST as u64) as usize)
    }

    /// How many say nearly the same, up to `ENOUGH`.
    fn like(&self, likeness: &Likeness, now: Millis) -> usize {
        if self.newest.is_empty() {
            return 0;
        }
        let young = |row: usize| now.0.saturating_sub(self.at[row]) < DAY;
        let mut found = Vec::new();
        for (band, value) in likeness.bands().into_iter().enumerate() {
            let mut number = self.newest[place(band, value)];
            let mut chance = 0;
            while chance < CHANCE
                && let Some(row) = self.row(number)
            {
                if !self.texts[row].is_like(likeness) {
                    chance += 1;
                } else if !young(row) {
                    break;
                } else if !found.contains(&row) {
                    found.push(row);
                    if found.len() == ENOUGH {
                        return ENOUGH;
                    }
                }
                number = self.before[band][row];
            }
        }
        found.len()
    }

    fn add(&mut self, likeness: Likeness, now: Millis) {
        if self.newest.is_empty() {
            self.newest = vec![0; BANDS * PLACES];
        }
        self.came += 1;
        let row = ((self.came - 1) % MOST as u64) as usize;
        if row == self.texts.len() {
            self.texts.push(likeness);
            self.at.push(0);
            self.before.iter_mut().for_each(|band| band.push(0));
        }
        self.texts[row] = likeness;
        self.at[row] = now.0;
        for (band, value) in likeness.bands().into_iter().enumerate() {
            self.before[band][row] = std::mem::replace(&mut self.newest[place(band, value)], self.came);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use screen::likeness;

    #[test]
    fn heard_again_and_again_and_forgotten_after_a_day() {
        let echoes = Echoes::default();
        let said = likeness("Visit our harbour shop today and save on every single pair of boots");
        let again = likeness("visit our harbour shop TODAY, and save on every single pair of boots!!");
        let other = likeness("The ferry to Osk was late again and nobody at the quay could say why");
        assert!(said.is_some() && other.is_some());
        let score = |known, at| echoes.heard(known, Millis(at)).map(|r| r.score);
        assert_eq!(score(said, 0), None);
        for n in 0..3 {
            echoes.remember(said, Millis(n));
            echoes.remember(other, Millis(n));
            echoes.remember(None, Millis(n));
            assert_eq!(score(again, 10), [None, Some(0.5), Some(0.85)][n as usize], "said {n}");
        }
        assert_eq!(score(None, 10), None, "what is short is like nothing");
        assert_eq!(score(again, DAY + 10), None);
        for n in 0..2 * MOST as i64 {
            echoes.remember(other, Millis(100 + n));
        }
        assert_eq!(score(again, 100_000), None, "memory is bounded");
        assert_eq!(echoes.0.lock().unwrap().texts.len(), MOST);
        let many = echoes.heard(other, Millis(100_000)).unwrap().why;
        assert_eq!(many, ["nearly the same as 20 or more comments of the last day"]);
    }

    #[test]
    fn found_among_thousands_of_others() {
        let echoes = Echoes::default();
        for n in 0..30_000u32 {
            let words: Vec<String> =
                (0..12).map(|w| format!("word{}", n.wrapping_mul(2_654_435_761 + w) >> 7)).collect();
            let text = likeness(&words.join(" "));
            assert_eq!(echoes.heard(text, Millis(0)), None, "{n}");
            echoes.remember(text, Millis(0));
        }
        let flood = "Nobody in this paper dares to ask who owns the crane and who gains from the new quay";
        for n in 0..6 {
            let dressed = likeness(&format!("{flood} number{n}"));
            assert_eq!(echoes.heard(dressed, Millis(1)).is_some(), n > 1, "{n}");
            echoes.remember(dressed, Millis(1));
        }
    }
}
