//! Hate: contempt for people for what they are. To name a group is never a sign; to call it vermin is.

use crate::{
    Signs,
    fold::Word,
    lists,
    phrases::{Phrases, shown},
    spoken::{QUOTED, QUOTED_MOST},
    word_set::WordSet,
};
use newsroom::discussion::{Label, Risk};
use std::sync::LazyLock;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| lists::phrases(include_str!("lists/hate.txt"), "hate"));
static GROUPS: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([include_str!("lists/groups.txt")]));
static CONTEMPT: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([include_str!("lists/contempt.txt")]));

/// From the group's name to the word of contempt, in words.
const REACH: usize = 7;

pub fn of(words: &[Word]) -> Option<Risk> {
    let mut signs = Signs::new();
    let mut said = false;
    for hit in PHRASES.find(words) {
        said |= add(&mut signs, hit.weight, &words[hit.words], hit.said);
    }
    for at in 0..words.len() {
        if GROUPS.has_read(&words[at])
            && let Some(end) = despised(&words[at..(at + REACH).min(words.len())])
        {
            let here = &words[at..=at + end];
            said |= add(&mut signs, 0.9, here, shown(here));
        }
    }
    signs.risk_at_most(Label::Hate, if said { 1.0 } else { QUOTED_MOST })
}

/// `… are vermin`, `… should be shot`: a verb that says it of the group, then the contempt, nothing denied.
fn despised(words: &[Word]) -> Option<usize> {
    let mut says = false;
    for (n, word) in words.iter().enumerate().skip(1) {
        match word.text {
            "are" | "is" | "should" | "must" | "deserve" | "need" | "belong" => says = true,
            "not" | "arent" | "isnt" | "never" | "no" | "shouldnt" | "who" | "whose" => return None,
            _ if says && CONTEMPT.has_read(word) => return Some(n),
            _ => {}
        }
    }
    None
}

/// Whether it was said, and not quoted.
fn add(signs: &mut Signs, weight: f32, words: &[Word], said: String) -> bool {
    if words.iter().any(|w| w.quoted) {
        signs.add(weight * QUOTED, format!("quoted: {said}"));
        return false;
    }
    signs.add(weight, said);
    true
}
