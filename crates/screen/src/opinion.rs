//! What the model thinks of a text, as risks: only of what is said, not of what is quoted, denied or condemned.

use crate::{
    advertising,
    fold::Word,
    model::{
        Heaviest, Reading, features,
        weights::{ADVERTISING, CHINESE, HATE, INSULT, Weights},
    },
    phrases::Phrases,
    spoken::is_you,
};
use newsroom::discussion::{Label, Risk};
use std::sync::LazyLock;

/// Below it no risk is named.
const LEAST: f32 = 0.2;
/// What the model may give a text that condemns or reports such talk: it ranks, and never holds.
const CONDEMNING_MOST: f32 = 0.7;
/// An insult said of nobody present, and contempt for no group that is named, must be this much clearer, in
/// logits, by head: opinion is free, and ministers are called things.
const AT_NOBODY: [f32; 2] = [2.8, 1.2];
/// How far from the heaviest word a `you` makes it said to somebody.
const ADDRESS: usize = 6;
/// What the model may give a plain link: it ranks.
const PLAIN_LINK_MOST: f32 = 0.6;
/// Words that a moderator is shown.
const MOST_WORDS: usize = 4;
/// What every address has says nothing to a moderator, unless there is nothing else.
pub(crate) const OF_ADDRESSES: [&str; 6] = ["http", "https", "www", "com", "net", "org"];
/// Characters without spaces from which the Chinese head is asked.
const ENOUGH_UNSPACED: usize = 4;

static CONDEMNING: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read([include_str!("lists/condemning.txt")]));

/// What the model only leans to stays below what holds.
const LEANING_MOST: f32 = 0.79;
/// Hate is said of somebody: where a group is named the model leans this much more to it, in its sums. It orders
/// what waits, and is no part of a risk. Chosen crosswise, see `examples/train/cross.rs`.
const GROUP_LEANS: f32 = 0.5;
/// How much rarer than insults a kind is, in logits, by head: else a faint hint of what is rare would stand before
/// a clearer one of what is not.
const RARE: [f32; 4] = [0.0, 1.0, 4.0, 1.0];

/// Risks, and what the model leans to beyond them, see `crate::Seen`.
#[derive(Default)]
pub struct Opinion {
    pub risks: Vec<Risk>,
    pub leanings: Vec<(Label, f32)>,
}

/// `denied` tells for each word whether the text takes it back.
pub fn of(text: &str, name: &str, words: &[Word], denied: &[bool]) -> Opinion {
    let Some(weights) = Weights::shipped() else { return Opinion::default() };
    let reading = Reading::of(weights, text, words);
    let said = |at: usize| !words[at].quoted && !denied[at];
    let all = reading.counted(|_| true);
    // Most texts quote nothing and deny nothing.
    let part = (!(0..words.len()).all(said)).then(|| reading.counted(said));
    let (mut risks, mut leanings) = (Vec::new(), Vec::new());
    let mut condemning = None;
    let mut add = |head: usize, label: Label| {
        if let Some(heaviest) = all.judged(head) {
            let group = if head == HATE && reading.names_a_group { GROUP_LEANS } else { 0.0 };
            let leaning = lowered(weights.scales[head].score(heaviest.sum + group), RARE[head]);
            leanings.push((label, leaning.min(LEANING_MOST)));
        }
        let Some(heaviest) = part.as_ref().unwrap_or(&all).judged(head) else { return };
        let mut score = weights.scales[head].score(heaviest.sum);
        if score < LEAST {
            return;
        }
        let marked = weightiest(&reading, head, &heaviest, words, said);
        let Some(&(_, top)) = marked.first() else { return };
        let directed = head == INSULT && said_to_somebody(words, top);
        let named = || words[heaviest.from..heaviest.to].iter().any(features::is_group);
        if (head == INSULT && !directed) || (head == HATE && !named()) {
            score = lowered(score, AT_NOBODY[head]);
        }
        if head == ADVERTISING
            && score > PLAIN_LINK_MOST
            && let Some(links) = advertising::plain_links(text, name, words)
        {
            // Whatever a plain link weighs, what holds must be said beside it.
            let beside = |at: usize| said(at) && !links.iter().any(|l| l.contains(&words[at].span.start));
            let rest = reading.counted(beside).judged(head);
            let rest = rest.map_or(0.0, |heaviest| weights.scales[head].score(heaviest.sum));
            score = score.min(if rest < LEANING_MOST { PLAIN_LINK_MOST } else { rest });
        }
        if head == HATE || head == CHINESE || (head == INSULT && !directed) {
            let condemns = *condemning.get_or_insert_with(|| !CONDEMNING.find(words).is_empty());
            if condemns || words.iter().any(|w| w.quoted) {
                score = score.min(CONDEMNING_MOST);
            }
        }
        // What the restraints leave of it may be too little to be named; it orders all the same.
        if score >= LEAST {
            risks.push(Risk { label, score, why: shown(text, words, marked) });
        }
    };
    add(INSULT, Label::Insult);
    add(HATE, Label::Hate);
    add(ADVERTISING, Label::Advertising);
    if !text.is_ascii()
        && text.chars().filter(|&c| features::unspaced(u32::from(c))).take(ENOUGH_UNSPACED).count()
            == ENOUGH_UNSPACED
    {
        add(CHINESE, Label::Hate);
    }
    Opinion { risks, leanings }
}

/// A score taken down by so many logits.
fn lowered(score: f32, logits: f32) -> f32 {
    let odds = score / (1.0 - score).max(1e-6) * (-logits).exp();
    odds / (1.0 + odds)
}

/// The words that raise the sum most, the heaviest first. The name of a group is never the reason.
fn weightiest(
    reading: &Reading,
    head: usize,
    heaviest: &Heaviest,
    words: &[Word],
    said: impl Fn(usize) -> bool,
) -> Vec<(f32, usize)> {
    let mut marked: Vec<(f32, usize)> = (heaviest.from..heaviest.to)
        .filter(|&at| said(at) && !features::is_group(&words[at]))
        .map(|at| (reading.weight(head, at), at))
        .filter(|(weight, _)| *weight > 0.0)
        .collect();
    marked.sort_by(|a, b| b.0.total_cmp(&a.0));
    marked.truncate(MOST_WORDS);
    marked
}

/// As written, in the order of the text, without those that hardly weigh.
fn shown(text: &str, words: &[Word], mut marked: Vec<(f32, usize)>) -> Vec<String> {
    let least = marked.first().map_or(0.0, |m| m.0) * 0.25;
    marked.retain(|m| m.0 >= least);
    let tells = |m: &(f32, usize)| !OF_ADDRESSES.contains(&words[m.1].text);
    if marked.iter().any(tells) {
        marked.retain(tells);
    }
    marked.sort_by_key(|m| m.1);
    let mut why: Vec<String> = Vec::new();
    for (_, at) in marked {
        let written: String =
            text.get(words[at].span.clone()).unwrap_or(words[at].text).chars().take(40).collect();
        if !why.contains(&written) {
            why.push(written);
        }
    }
    why
}

fn said_to_somebody(words: &[Word], at: usize) -> bool {
    let near = &words[at.saturating_sub(ADDRESS)..(at + ADDRESS / 2).min(words.len())];
    near.iter().any(|w| !w.quoted && (is_you(w) || w.text == "your"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Folded;

    #[test]
    fn every_line_of_the_condemning_list_is_read() {
        let list = include_str!("lists/condemning.txt");
        let mut read = Phrases::empty();
        for line in list.lines() {
            assert_eq!(read.line(line), Ok(()), "{line}");
        }
        assert!(read.len() > 20);
    }

    #[test]
    fn the_marked_words_are_those_that_weigh() {
        let text = "The bridge is old, and you are a worthless pathetic moron, I must say.";
        let folded = Folded::of(text);
        let words = folded.words();
        let risks = of(text, "", &words, &vec![false; words.len()]).risks;
        let insult = risks.iter().find(|r| r.label == Label::Insult).expect("an insult");
        assert!(
            insult.why.iter().any(|w| w == "moron") && insult.why.iter().any(|w| w == "pathetic"),
            "{insult:?}"
        );
        assert!(!insult.why.iter().any(|w| w == "bridge"), "{insult:?}");
    }
}
