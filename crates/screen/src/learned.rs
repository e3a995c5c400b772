//! A small model that a paper teaches with its own rulings. It begins with the opinion of the screen, and
//! learns from each ruling which of its signs this house's moderators agree with, and what words they remove
//! besides. Pure: the caller keeps its bytes, and shows the figures of `rehearse` before it lets it hold.

use crate::{fold::Folded, model::features};
use newsroom::discussion::Label;
use std::fmt;

/// First bytes of a kept model; the last is the version.
const MAGIC: [u8; 8] = *b"DLEARN\0\x01";
const PLACES: usize = 1 << 16;
/// Behind the words' weights: one for each label of the screen, and one that always counts.
const ALL: usize = PLACES + Label::ALL.len() + 1;
const ALWAYS: usize = ALL - 1;
const HEADER: usize = MAGIC.len() + 8 + 8 + 4;
const ENTRY: usize = 4 + 4 + 4;
const CHECKSUM: usize = 8;
/// Most bytes of a kept model.
pub const MOST_BYTES: usize = HEADER + ALL * ENTRY + CHECKSUM;

const RATE: f32 = 0.15;
/// AdaGrad's first square: a single ruling must not turn a word into a verdict.
const FIRST_SQUARE: f32 = 0.01;
/// Before any ruling: a risk of 0.8 gives 0.6, no risk gives 0.1.
const LABEL_WEIGHT: f32 = 3.25;
const ALWAYS_WEIGHT: f32 = -2.2;

/// What a paper's rulings have taught.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    weights: Vec<f32>,
    squares: Vec<f32>,
    shown: u64,
    removed: u64,
}

/// Why bytes are no kept model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// Of no version that is known here.
    Version,
    /// Shorter or longer than it says.
    Length,
    /// The checksum is another.
    Checksum,
    /// The entry of this number is out of order or holds no ordinary number.
    Entry(usize),
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Version => out.write_str("not a learned model of this version"),
            Fault::Length => out.write_str("shorter or longer than it says"),
            Fault::Checksum => out.write_str("the checksum does not fit"),
            Fault::Entry(n) => write!(out, "entry {n} is out of order or holds no ordinary number"),
        }
    }
}

impl std::error::Error for Fault {}

impl Default for Learned {
    fn default() -> Learned {
        let mut weights = vec![0.0; ALL];
        weights[PLACES..ALWAYS].fill(LABEL_WEIGHT);
        weights[ALWAYS] = ALWAYS_WEIGHT;
        Learned { weights, squares: vec![FIRST_SQUARE; ALL], shown: 0, removed: 0 }
    }
}

/// A text as the model sees it: places, and what each counts.
struct Sight {
    words: Vec<u32>,
    value: f32,
    labels: [f32; Label::ALL.len()],
}

impl Sight {
    fn of(text: &str) -> Sight {
        let mut words = Vec::with_capacity(text.len() * 3);
        let folded = Folded::of(text);
        let seen = folded.words();
        features::each(&seen, |_, features| words.extend(features.iter().map(|f| f % PLACES as u32)));
        let value = crate::model::normal(1.0, words.len() as f32);
        let mut labels = [0.0; Label::ALL.len()];
        for risk in crate::risks(text, "", &[], &seen).0 {
            if let Some(n) = Label::ALL.iter().position(|l| *l == risk.label) {
                labels[n] = risk.score;
            }
        }
        Sight { words, value, labels }
    }

    fn each(&self, mut each: impl FnMut(usize, f32)) {
        for &place in &self.words {
            each(place as usize, self.value);
        }
        for (n, &score) in self.labels.iter().enumerate().filter(|(_, s)| **s > 0.0) {
            each(PLACES + n, score);
        }
        each(ALWAYS, 1.0);
    }
}

impl Learned {
    /// How likely this house removes such a text, 0 to 1.
    pub fn score(&self, text: &str) -> f32 {
        self.expects(&Sight::of(text))
    }

    /// Learns from one ruling. The same rulings in the same order give the same model.
    pub fn learn(&mut self, text: &str, removed: bool) {
        self.learn_from(&Sight::of(text), removed);
    }

    /// Rulings learnt from: of shown comments, and of removed ones.
    pub fn rulings(&self) -> (u64, u64) {
        (self.shown, self.removed)
    }

    fn expects(&self, sight: &Sight) -> f32 {
        let mut sum = 0.0;
        sight.each(|place, value| sum += self.weights[place] * value);
        1.0 / (1.0 + (-sum).exp())
    }

    fn learn_from(&mut self, sight: &Sight, removed: bool) {
        let slope = self.expects(sight) - f32::from(u8::from(removed));
        sight.each(|place, value| {
            let step = slope * value;
            self.squares[place] += step * step;
            self.weights[place] -= RATE * step / self.squares[place].sqrt();
        });
        if removed {
            self.removed += 1;
        } else {
            self.shown += 1;
        }
    }

    /// For keeping: at most `MOST_BYTES`, and small while little was learnt.
    pub fn to_bytes(&self) -> Vec<u8> {
        let told: Vec<usize> = (0..ALL).filter(|&n| n >= PLACES || self.squares[n] > FIRST_SQUARE).collect();
        let mut bytes = Vec::with_capacity(HEADER + told.len() * ENTRY + CHECKSUM);
        bytes.extend(MAGIC);
        bytes.extend(self.shown.to_le_bytes());
        bytes.extend(self.removed.to_le_bytes());
        bytes.extend((told.len() as u32).to_le_bytes());
        for n in told {
            bytes.extend((n as u32).to_le_bytes());
            bytes.extend(self.weights[n].to_le_bytes());
            bytes.extend(self.squares[n].to_le_bytes());
        }
        bytes.extend(checksum(&bytes).to_le_bytes());
        bytes
    }

    /// Reads what `to_bytes` wrote. Allocates the same for whatever bytes come.
    pub fn from_bytes(bytes: &[u8]) -> Result<Learned, Fault> {
        if !bytes.starts_with(&MAGIC) {
            return Err(Fault::Version);
        }
        let (body, last) = bytes.split_last_chunk::<CHECKSUM>().ok_or(Fault::Length)?;
        let eight = |at: usize| body.get(at..at + 8).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes);
        let four = |at: usize| body.get(at..at + 4).and_then(|b| b.try_into().ok());
        let length = four(HEADER - 4).map(u32::from_le_bytes).ok_or(Fault::Length)? as usize;
        if length > ALL || body.len() != HEADER + length * ENTRY {
            return Err(Fault::Length);
        }
        if checksum(body) != u64::from_le_bytes(*last) {
            return Err(Fault::Checksum);
        }
        let mut learned = Learned {
            shown: eight(MAGIC.len()).ok_or(Fault::Length)?,
            removed: eight(MAGIC.len() + 8).ok_or(Fault::Length)?,
            ..Learned::default()
        };
        let mut next = 0;
        for n in 0..length {
            let at = HEADER + n * ENTRY;
            let (Some(place), Some(weight), Some(square)) = (four(at), four(at + 4), four(at + 8)) else {
                return Err(Fault::Length);
            };
            let place = u32::from_le_bytes(place) as usize;
            let (weight, square) = (f32::from_le_bytes(weight), f32::from_le_bytes(square));
            let ordinary = weight.abs() < 1e6 && (FIRST_SQUARE..1e9).contains(&square);
            if place < next || place >= ALL || !ordinary {
                return Err(Fault::Entry(n));
            }
            next = place + 1;
            learned.weights[place] = weight;
            learned.squares[place] = square;
        }
        Ok(learned)
    }
}

fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, b| (sum ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

/// Whether a model that holds from a threshold on would have agreed with the moderators.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Agreement {
    pub threshold: f32,
    /// It would have held, and they removed.
    pub held_removed: u32,
    /// It would have held, and they showed: a false alarm.
    pub held_shown: u32,
    /// It would have let be, and they removed.
    pub let_be_removed: u32,
    pub let_be_shown: u32,
}

impl Agreement {
    /// Of what it would have held, the part that was removed. `None` where it would have held nothing.
    pub fn precision(&self) -> Option<f64> {
        part(self.held_removed, self.held_removed + self.held_shown)
    }

    /// Of what was removed, the part that it would have held. `None` where nothing was removed.
    pub fn recall(&self) -> Option<f64> {
        part(self.held_removed, self.held_removed + self.let_be_removed)
    }

    /// Of all rulings, the part that it would have shared. `None` where there was none.
    pub fn agreement(&self) -> Option<f64> {
        let shared = self.held_removed + self.let_be_shown;
        part(shared, shared + self.held_shown + self.let_be_removed)
    }

    fn count(&mut self, score: f32, removed: bool) {
        let place = match (score >= self.threshold, removed) {
            (true, true) => &mut self.held_removed,
            (true, false) => &mut self.held_shown,
            (false, true) => &mut self.let_be_removed,
            (false, false) => &mut self.let_be_shown,
        };
        *place += 1;
    }
}

fn part(of: u32, all: u32) -> Option<f64> {
    (all > 0).then(|| f64::from(of) / f64::from(all))
}

/// Goes through rulings, `(text, removed)`, in the order in which they were made: before it learns from one
/// it says what it would have done, so that no figure is of what it had been told. Answers with the model
/// that has learnt from all, and its agreement at each threshold.
pub fn rehearse<'a>(
    rulings: impl IntoIterator<Item = (&'a str, bool)>,
    thresholds: &[f32],
) -> (Learned, Vec<Agreement>) {
    let mut learned = Learned::default();
    let mut agreements: Vec<Agreement> =
        thresholds.iter().map(|&threshold| Agreement { threshold, ..Agreement::default() }).collect();
    for (text, removed) in rulings {
        let sight = Sight::of(text);
        let score = learned.expects(&sight);
        for agreement in &mut agreements {
            agreement.count(score, removed);
        }
        learned.learn_from(&sight, removed);
    }
    (learned, agreements)
}
