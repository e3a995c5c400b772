//! Lists of words and phrases with weights, and where they occur in a text.

use crate::fold::{Word, squeeze};
use std::{collections::HashMap, ops::Range};

/// A list read from one of the files in `lists/`.
pub struct Phrases {
    phrases: Vec<Phrase>,
    /// By the squeezed form of a first word.
    by_first: HashMap<String, Vec<usize>>,
    /// Which beginnings the list knows at all: nearly every word is told from it without hashing.
    beginnings: [u64; 16],
}

/// One of 1,024 places for a word's first two bytes and length.
fn beginning(word: &str) -> (usize, u64) {
    let bytes = word.as_bytes();
    let at = |n: usize| usize::from(*bytes.get(n).unwrap_or(&0));
    let place = (at(0) * 7 + at(1) * 31 + bytes.len() * 113) % 1024;
    (place / 64, 1 << (place % 64))
}

struct Phrase {
    weight: f32,
    /// For each place the words that may stand there.
    places: Vec<Vec<String>>,
}

/// A phrase found.
pub struct Hit {
    pub weight: f32,
    /// Which words of the text.
    pub words: Range<usize>,
}

impl Phrases {
    /// Each line: a weight and a phrase, `0.9 i will kill|hurt you`; `#` begins a remark. A line that is
    /// none is a mistake of ours and is left out; a test sees to it that there is none.
    pub fn read(list: &str) -> Phrases {
        let mut phrases = Vec::new();
        let mut by_first: HashMap<String, Vec<usize>> = HashMap::new();
        for line in list.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let Some((weight, phrase)) = line.split_once(' ') else { continue };
            let Ok(weight) = weight.parse::<f32>() else { continue };
            let places: Vec<Vec<String>> =
                phrase.split_whitespace().map(|p| p.split('|').map(str::to_owned).collect()).collect();
            let Some(first) = places.first() else { continue };
            for word in first {
                by_first.entry(squeeze(word)).or_default().push(phrases.len());
            }
            phrases.push(Phrase { weight, places });
        }
        let mut beginnings = [0; 16];
        for word in by_first.keys() {
            let (place, bit) = beginning(word);
            beginnings[place] |= bit;
        }
        Phrases { phrases, by_first, beginnings }
    }

    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.phrases.len()
    }

    /// All that occur, by their first word; of those that begin at one word, the heaviest.
    pub fn find(&self, words: &[Word]) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for at in 0..words.len() {
            if let Some(hit) = self.at(words, at) {
                hits.push(hit);
            }
        }
        hits
    }

    fn beginning_with(&self, key: &str) -> Option<&Vec<usize>> {
        let (place, bit) = beginning(key);
        if self.beginnings[place] & bit == 0 { None } else { self.by_first.get(key) }
    }

    fn at(&self, words: &[Word], at: usize) -> Option<Hit> {
        let word = &words[at];
        let plain = self.beginning_with(&word.keys.0);
        let leet = word.keys.1.as_ref().and_then(|l| self.beginning_with(l));
        plain
            .into_iter()
            .chain(leet)
            .flatten()
            .map(|&n| &self.phrases[n])
            .filter(|p| {
                let here = words.get(at..at + p.places.len());
                here.is_some_and(|here| p.places.iter().zip(here).all(|(place, w)| stands(place, w)))
            })
            .max_by(|a, b| a.weight.total_cmp(&b.weight))
            .map(|p| Hit { weight: p.weight, words: at..at + p.places.len() })
    }
}

/// Whether one of these words stands here, in any disguise.
fn stands(place: &[String], word: &Word) -> bool {
    place.iter().any(|p| {
        *p == word.text
            || word.leet.as_ref() == Some(p)
            || (word.stretched && squeeze(p) == *word.keys.1.as_ref().unwrap_or(&word.keys.0))
    })
}

/// The words of a hit as folded, for the moderator's eyes.
pub fn shown(words: &[Word]) -> String {
    let mut out = String::new();
    for word in words {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.leet.as_ref().unwrap_or(&word.text).chars().take(40));
    }
    out
}
