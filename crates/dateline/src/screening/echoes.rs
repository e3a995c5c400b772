//! The same words under many stories, in a slightly other dress each time. In memory alone, for a day.

use newsroom::{
    Millis,
    clock::DAY,
    discussion::{Label, Risk},
};
use screen::{BANDS, Likeness};
use std::sync::{Mutex, PoisonError};

/// Texts kept, 64 bytes each. A power of two, so that their numbers may begin anew.
const MOST: usize = 16_384;
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
/// newest first, so that only these are looked at.
#[derive(Default)]
struct Heard {
    texts: Vec<Text>,
    /// How many came in all; a text's number is how many came with it.
    came: u32,
    /// The number of the newest text of each chain, `PLACES` for each band; 0 for none. Empty before the first.
    newest: Vec<u32>,
}

/// All of a text in one line of the processor's memory: chains are walked for every comment.
#[repr(align(64))]
struct Text {
    likeness: Likeness,
    /// When it came.
    at: Millis,
    /// The number of the one before it in the chain of each band.
    before: [u32; BANDS],
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
    /// The text of that number, if it is still there.
    fn text(&self, number: u32) -> Option<&Text> {
        let there = number > 0 && self.came.wrapping_sub(number) < MOST as u32;
        there.then(|| &self.texts[row(number)])
    }

    /// How many say nearly the same, up to `ENOUGH`. Takes a step in each chain in turn: none waits for another's
    /// memory.
    fn like(&self, likeness: &Likeness, now: Millis) -> usize {
        if self.newest.is_empty() {
            return 0;
        }
        let bands = likeness.bands();
        let mut next: [u32; BANDS] = std::array::from_fn(|band| self.newest[place(band, bands[band])]);
        let mut chance = [0; BANDS];
        let mut found = Vec::new();
        while next != [0; BANDS] {
            for band in 0..BANDS {
                let Some(text) = self.text(next[band]) else {
                    next[band] = 0;
                    continue;
                };
                let number = std::mem::replace(&mut next[band], text.before[band]);
                if !text.likeness.is_like(likeness) {
                    chance[band] += 1;
                    if chance[band] == CHANCE {
                        next[band] = 0;
                    }
                } else if now.0.saturating_sub(text.at.0) >= DAY {
                    next[band] = 0;
                } else if !found.contains(&number) {
                    found.push(number);
                    if found.len() == ENOUGH {
                        return ENOUGH;
                    }
                }
            }
        }
        found.len()
    }

    fn add(&mut self, likeness: Likeness, now: Millis) {
        if self.newest.is_empty() {
            self.newest = vec![0; BANDS * PLACES];
        }
        self.came = self.came.wrapping_add(1);
        let mut text = Text { likeness, at: now, before: [0; BANDS] };
        for (band, value) in likeness.bands().into_iter().enumerate() {
            text.before[band] = std::mem::replace(&mut self.newest[place(band, value)], self.came);
        }
        match self.texts.get_mut(row(self.came)) {
            Some(oldest) => *oldest = text,
            None => self.texts.push(text),
        }
    }
}

/// Where the text of that number lies, the first at 0.
fn row(number: u32) -> usize {
    number.wrapping_sub(1) as usize % MOST
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
