//! What sentences of news comments were read anew as, beside what their annotators marked: `training/readings.txt`.

use crate::corpora::Civil;
use std::collections::HashMap;

/// What a reader called a sentence.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Verdict {
    Hate,
    Unsure,
    Not,
}

/// Verdicts by the digest of the sentence.
pub struct Readings(HashMap<u64, Verdict>);

impl Readings {
    pub fn read() -> Readings {
        let mut readings = HashMap::new();
        let mut verdict = None;
        let lines = include_str!("../../training/readings.txt").lines();
        for line in lines.filter(|l| !l.starts_with('#')) {
            match line {
                "[hate]" => verdict = Some(Verdict::Hate),
                "[unsure]" => verdict = Some(Verdict::Unsure),
                "[not]" => verdict = Some(Verdict::Not),
                _ => {
                    let digests = line.split(' ').filter_map(|d| u64::from_str_radix(d, 16).ok());
                    readings.extend(digests.zip(verdict.into_iter().cycle()));
                }
            }
        }
        Readings(readings)
    }

    pub fn of(&self, text: &str) -> Option<Verdict> {
        // As many bits as the file keeps.
        self.0.get(&(crate::lessons::digest(text) >> 24)).copied()
    }

    /// What a sentence that trains says to the head for hate. The crowd's marks stay: what was read anew makes a
    /// lone mark weigh less where it was not seen again, and adds what nobody or one in seven marked.
    pub fn teach(&self, one: &Civil) -> Option<(bool, f32)> {
        let read = self.of(&one.text);
        // Three annotators seldom agree on an attack: to learn from one in three is enough, to measure not.
        if one.identity >= 0.3 {
            let doubted = one.identity < 0.5 && read == Some(Verdict::Not);
            return Some((true, if doubted { 1.0 } else { 2.0 }));
        }
        match (read, one.any == 0.0) {
            (Some(Verdict::Hate), _) => Some((true, 2.0)),
            (Some(Verdict::Unsure), true) => None,
            (Some(Verdict::Unsure), false) => Some((true, 0.5)),
            (_, true) => Some((false, 1.0)),
            (_, false) => (one.identity == 0.0).then_some((false, 0.05)),
        }
    }
}
