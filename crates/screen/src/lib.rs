//! A comment's text in, risks with their reasons out.
//!
//! Two things look at a text. Rules: short word lists written by us in five languages and a few patterns. And
//! a linear model over pieces of words, whose weights are in the binary (`model`, and `docs/model-card.md`).
//! Both see the text folded, so that look-alike letters, digits for letters, stretched and spaced-out words
//! say what they mean. The screen decides nothing. `newsroom::discussion::admit` holds a comment at a score of
//! 0.8 or more, and the moderators' queue is ranked by it.
//!
//! Beside them: `likeness`, by which the same text under many stories is known again, and `learned`, a small
//! model that a paper teaches with its own rulings.
//!
//! What it cannot do: irony, and insults without an insulting word.

mod advertising;
mod bytes;
mod denial;
mod fold;
mod hate;
pub mod learned;
mod likeness;
mod lists;
pub mod model;
mod opinion;
mod personal;
mod phrases;
mod repetition;
mod sieve;
mod spoken;
mod violence;
mod word_list;
mod word_set;

use fold::{Folded, Word};
use newsroom::discussion::{Label, Risk};

pub use likeness::{BANDS, Likeness, likeness};
pub use phrases::Fault;
pub use word_list::WordList;

/// The risks of one comment, the gravest first; empty where none was seen. Pure, and linear in the length
/// of the text. Each score is within 0..=1, and `why` names what was seen: phrases of a list as folded, words
/// that weighed most with the model as written.
pub fn screen(text: &str, name: &str) -> Vec<Risk> {
    screen_with(text, name, &[])
}

/// `screen`, with a paper's own lists besides.
pub fn screen_with(text: &str, name: &str, lists: &[WordList]) -> Vec<Risk> {
    risks(text, name, lists, &Folded::of(text).words()).0
}

/// All that is seen of one comment, the text being folded once for it; and what the screen only leans to.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// As [`screen_with`] gives them.
    pub risks: Vec<Risk>,
    /// What the model alone would give each kind, also where that is too little to be said, and where what is
    /// quoted, denied or said of nobody present was taken out of the risk. It never holds: it orders what waits.
    pub leanings: Vec<(Label, f32)>,
    /// As [`likeness()`] gives it.
    pub likeness: Option<Likeness>,
}

impl Seen {
    /// The strongest leaning.
    pub fn leaning(&self) -> f32 {
        self.leanings.iter().map(|l| l.1).fold(0.0, f32::max)
    }

    /// How far it is of one kind: as a risk, or as a leaning where that is more.
    pub fn of(&self, label: Label) -> f32 {
        let risks = self.risks.iter().filter(|r| r.label == label).map(|r| r.score);
        let leanings = self.leanings.iter().filter(|l| l.0 == label).map(|l| l.1);
        risks.chain(leanings).fold(0.0, f32::max)
    }
}

/// `screen_with`, `likeness` and what orders the queue, at once.
pub fn look(text: &str, name: &str, lists: &[WordList]) -> Seen {
    let folded = Folded::of(text);
    let words = folded.words();
    let (risks, leanings) = risks(text, name, lists, &words);
    Seen { risks, leanings, likeness: Likeness::of(&words) }
}

/// The risks of a text folded already, and what the model leans to.
fn risks(text: &str, name: &str, lists: &[WordList], words: &[Word]) -> (Vec<Risk>, Vec<(Label, f32)>) {
    let denied = denial::of(text, words);
    let mut risks = rules(text, name, words, &denied);
    for list in lists {
        if let Some(risk) = list.of(words) {
            join(&mut risks, risk);
        }
    }
    let opinion = opinion::of(text, name, words, &denied);
    for risk in opinion.risks {
        join(&mut risks, risk);
    }
    risks.sort_by(|a, b| b.score.total_cmp(&a.score));
    (risks, opinion.leanings)
}

/// What the rules alone see, without the model: what the model card compares it with.
pub fn by_rules(text: &str, name: &str) -> Vec<Risk> {
    let folded = Folded::of(text);
    let words = folded.words();
    let mut risks = rules(text, name, &words, &denial::of(text, &words));
    risks.sort_by(|a, b| b.score.total_cmp(&a.score));
    risks
}

/// `denied` tells for each word whether the text takes it back.
fn rules(text: &str, name: &str, words: &[Word], denied: &[bool]) -> Vec<Risk> {
    let mut risks: Vec<Risk> = [
        advertising::of(text, name, words),
        spoken::insult(text, words, denied),
        hate::of(text, words),
        spoken::threat(words, denied),
        spoken::sexual(words, denied),
        personal::of(text, words),
        repetition::of(text, words),
    ]
    .into_iter()
    .flatten()
    .collect();
    for risk in violence::of(text, words).into_iter().flatten() {
        join(&mut risks, risk);
    }
    risks
}

/// Two that see the same words are no two witnesses: the graver says how grave it is, and the reasons of both
/// stand. Of advertising the rules see links, handles and prices, and the model words: there they help each other.
fn join(risks: &mut Vec<Risk>, risk: Risk) {
    let Some(known) = risks.iter_mut().find(|r| r.label == risk.label) else {
        risks.push(risk);
        return;
    };
    let (more, less) = (known.score.max(risk.score), known.score.min(risk.score));
    known.score = if risk.label == Label::Advertising { more + (1.0 - more) * less * 0.5 } else { more };
    for why in risk.why {
        let tells = !opinion::OF_ADDRESSES.contains(&why.as_str()) && !known.why.contains(&why);
        if known.why.len() < MOST_REASONS && tells {
            known.why.push(why);
        }
    }
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
