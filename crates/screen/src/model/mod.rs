//! A linear model over pieces of words: what the rules' lists do not name. It is trained by
//! `examples/train`; `docs/model-card.md` says on what, and how well it does.

pub mod features;
pub mod weights;

use crate::fold::{Folded, Word};
use features::MOST_WORDS;
use weights::{ADVERTISING, CHINESE, HEADS, Weights};

/// Longest stretch that is judged as one sentence, in words.
const SENTENCE: usize = 40;
/// Features that every sentence is counted to have besides its own: one word alone says little.
const BESIDES: f32 = 12.0;

/// What one text weighs for each head, word by word.
pub struct Reading {
    words: Vec<Weighed>,
    /// Whether it names people for what they are.
    pub(crate) names_a_group: bool,
}

/// One word of a reading.
#[derive(Clone, Copy, Default)]
struct Weighed {
    weights: [f32; HEADS.len()],
    features: f32,
    ends: bool,
}

/// The heaviest stretch for one head.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heaviest {
    /// The sum of its weights over the root of their count.
    pub sum: f32,
    pub from: usize,
    pub to: usize,
}

/// Where a sentence ends after the word at `at`.
fn ends(text: &str, words: &[Word], at: usize) -> bool {
    let next = words.get(at + 1).map_or(text.len(), |w| w.span.start);
    text.get(words[at].span.end..next)
        .is_none_or(|gap| gap != " " && gap.contains(['.', '!', '?', '\n', ';', '。', '！', '？', '；', '…']))
}

impl Reading {
    /// Weighs every word of a text, given the words that `fold` found in it.
    pub(crate) fn of(weights: &Weights, text: &str, words: &[Word]) -> Reading {
        let (group, mut names_a_group) = (features::group(), false);
        let mut weighed = vec![Weighed::default(); words.len().min(MOST_WORDS)];
        features::each(words, |at, features| {
            let one = &mut weighed[at];
            names_a_group |=
                features.iter().fold(false, |any, f| any | (f & ((1 << features::BITS) - 1) == group));
            one.weights = weights.added(one.weights, features);
            one.features += features.len() as f32;
        });
        let mut long = 0;
        for (at, word) in weighed.iter_mut().enumerate() {
            long += 1;
            word.ends = long == SENTENCE || ends(text, words, at);
            if word.ends {
                long = 0;
            }
        }
        Reading { words: weighed, names_a_group }
    }

    /// Its sentences and the whole, counting only the words that `counts` lets count.
    pub(crate) fn counted(&self, counts: impl Fn(usize) -> bool) -> Counted {
        let mut counted = Counted { sentences: Vec::new(), whole: Stretch::from(0) };
        let mut sentence = Stretch::from(0);
        for (at, word) in self.words.iter().enumerate() {
            if counts(at) {
                sentence.add(word);
                counted.whole.add(word);
            }
            if word.ends || at + 1 == self.words.len() {
                sentence.to = at + 1;
                counted.sentences.push(sentence);
                sentence = Stretch::from(at + 1);
            }
        }
        counted.whole.to = self.words.len();
        counted
    }

    /// What one word weighs for this head.
    pub(crate) fn weight(&self, head: usize, at: usize) -> f32 {
        self.words.get(at).map_or(0.0, |w| w.weights[head])
    }
}

/// Words in a row, and what they weigh together.
#[derive(Clone, Copy)]
struct Stretch {
    sums: [f32; HEADS.len()],
    features: f32,
    from: usize,
    to: usize,
}

impl Stretch {
    fn from(from: usize) -> Stretch {
        Stretch { sums: [0.0; HEADS.len()], features: 0.0, from, to: from }
    }

    fn add(&mut self, word: &Weighed) {
        for (sum, weight) in self.sums.iter_mut().zip(word.weights) {
            *sum += weight;
        }
        self.features += word.features;
    }

    /// `None` where nothing of it counts.
    fn heavy(&self, head: usize) -> Option<Heaviest> {
        (self.features > 0.0).then(|| Heaviest {
            sum: normal(self.sums[head], self.features),
            from: self.from,
            to: self.to,
        })
    }
}

/// A reading, or the part of it that counts.
pub(crate) struct Counted {
    sentences: Vec<Stretch>,
    whole: Stretch,
}

impl Counted {
    /// What a head judges: its heaviest sentence; advertising also the whole, for it is spread over several;
    /// and the Chinese head the whole alone, as it was taught. `None` where there is no word.
    pub(crate) fn judged(&self, head: usize) -> Option<Heaviest> {
        match head {
            CHINESE => self.whole.heavy(head),
            ADVERTISING => {
                let both = [self.whole.heavy(head), self.heaviest(head)];
                both.into_iter().flatten().max_by(|a, b| a.sum.total_cmp(&b.sum))
            }
            _ => self.heaviest(head),
        }
    }

    /// The first of the sentences that weigh most.
    fn heaviest(&self, head: usize) -> Option<Heaviest> {
        let sentences = self.sentences.iter().filter_map(|s| s.heavy(head));
        sentences.reduce(|best, one| if one.sum > best.sum { one } else { best })
    }
}

/// A long sentence must not weigh more for being long.
pub fn normal(sum: f32, features: f32) -> f32 {
    sum / (features + BESIDES).sqrt()
}

/// For whoever trains: the features of a text, and the value each has in its sum.
pub fn features_of(text: &str) -> (Vec<u32>, f32) {
    let mut found = Vec::with_capacity(text.len() * 3);
    features::each(&Folded::of(text).words(), |_, features| {
        found.extend(features.iter().map(|f| f & ((1 << features::BITS) - 1)));
    });
    let value = normal(1.0, found.len() as f32);
    (found, value)
}

/// The sentences of a text as the model cuts them, in bytes.
pub fn sentences(text: &str) -> Vec<std::ops::Range<usize>> {
    let folded = Folded::of(text);
    let words = folded.words();
    let (mut found, mut from) = (Vec::new(), None);
    for (at, word) in words.iter().enumerate() {
        let begun = *from.get_or_insert(word.span.start);
        if ends(text, &words, at) || at + 1 == words.len() {
            found.push(begun..word.span.end);
            from = None;
        }
    }
    found
}

/// The sums of a text, quoted or not, by head: what `Scale::score` turns into scores.
pub fn sums(weights: &Weights, text: &str) -> [f32; HEADS.len()] {
    let reading = Reading::of(weights, text, &Folded::of(text).words());
    let all = reading.counted(|_| true);
    std::array::from_fn(|head| all.judged(head).map_or(0.0, |h| h.sum))
}
