//! Calls to kill somebody: a word that asks for it, a word of killing and whom, within a clause. `Shoot the messenger`,
//! `hang the picture` and news of violence name nobody or ask for nothing.

mod clause;
mod elsewhere;
mod english;

use crate::{
    Signs,
    fold::Word,
    phrases::{section, shown},
    spoken::{QUOTED, QUOTED_MOST},
    word_set::WordSet,
};
use clause::asked;
use elsewhere::{either, whom_among};
use english::{before, behind, commanded};
use newsroom::discussion::{Label, Risk};
use std::{ops::Range, sync::LazyLock};

const LISTS: &str = include_str!("../lists/violence.txt");
static SHOULD: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(LISTS, "should")]));
/// In English whom stands behind; in German between; in Spanish and Russian on either side.
static KILL: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(LISTS, "kill")]));
static BETWEEN: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(LISTS, "kill between")]));
static EITHER: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(LISTS, "kill either")]));
/// `… should be shot`: whom stands before.
static KILLED: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(LISTS, "killed")]));
static PEOPLE: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(LISTS, "people")]));

static BEASTS: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(LISTS, "beasts")]));
static TOLD: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(LISTS, "told")]));

/// What may stand between the word that asks and the word of killing.
const ASKING: [&str; 22] = [
    "to", "just", "all", "really", "simply", "now", "finally", "please", "go", "and", "we", "us", "for",
    "somebody", "someone", "people", "they", "be", "you", "him", "her", "them",
];
/// From the word that asks to the word of killing, and from there to whom.
const ASKED: usize = 6;
const WHOM: usize = 5;
/// How far beasts may be named from `them`.
const TO_BEASTS: usize = 16;

/// Who is to be killed.
#[derive(Clone, Copy, PartialEq)]
enum Whom {
    Somebody,
    Group,
}

/// A threat, and hate where it is a group that is to be killed.
pub fn of(text: &str, words: &[Word]) -> [Option<Risk>; 2] {
    let mut signs = [Signs::new(), Signs::new()];
    let mut said = false;
    for at in 0..words.len() {
        let Some((call, whom)) = called_for(text, words, at) else { continue };
        let here = &words[call.clone()];
        let reported = here.iter().any(|w| w.quoted) || told(words, &call);
        let weight = if reported { 0.9 * QUOTED } else { 0.9 };
        said |= !reported;
        let why = if reported { format!("quoted: {}", shown(here)) } else { shown(here) };
        signs[0].add(weight, why.clone());
        if whom == Whom::Group {
            signs[1].add(weight, why);
        }
    }
    let most = if said { 1.0 } else { QUOTED_MOST };
    let [threat, hate] = signs;
    [threat.risk_at_most(Label::Threat, most), hate.risk_at_most(Label::Hate, most)]
}

fn called_for(text: &str, words: &[Word], at: usize) -> Option<(Range<usize>, Whom)> {
    let word = &words[at];
    if KILL.has_read(word) {
        let (end, whom) = behind(text, words, at)?;
        // `must stop those who murder`: what is asked for is another verb's.
        let asks =
            asked(text, words, at).filter(|&n| words[n + 1..at].iter().all(|w| ASKING.contains(&w.text)));
        let from = asks.or_else(|| commanded(text, words, at))?;
        return Some((from..end, whom));
    }
    if KILLED.has_read(word) {
        // `in the head`, `and hanged` may follow; `from above`, `in colour` is of a film.
        let be = (at.saturating_sub(3)..at).rev().find(|&n| words[n].text == "be")?;
        let from = asked(text, words, be).filter(|&n| n + 3 >= be)?;
        let films = words
            .get(at + 1)
            .is_some_and(|w| matches!(w.text, "in" | "from" | "with" | "on" | "of" | "at" | "down" | "out"));
        let (start, whom) = before(text, words, from)?;
        return (!films).then_some((start..at + 1, whom));
    }
    if BETWEEN.has(word) {
        let from = asked(text, words, at)?;
        // `die Bilder … ich muss sie noch aufhängen`
        let of_things = matches!(word.text, "aufhangen" | "aufhängen" | "ausrotten");
        let whom = whom_among(words, from + 1..at, |w, next| {
            (matches!(w, "sie" | "ihn" | "euch") && (!of_things || next == "alle"))
                || (w == "alle" && next == word.text)
        })?;
        return Some((from..at + 1, whom));
    }
    if EITHER.has(word) {
        return either(text, words, at);
    }
    None
}

/// Where beasts are spoken of, `they` may be those.
fn of_beasts(words: &[Word], at: usize) -> bool {
    words[at.saturating_sub(TO_BEASTS)..(at + TO_BEASTS).min(words.len())].iter().any(|w| BEASTS.has(w))
}

/// Whether somebody tells it of others: `the rebels say they must …`.
fn told(words: &[Word], call: &Range<usize>) -> bool {
    words[call.start.saturating_sub(6)..(call.end + 6).min(words.len())].iter().any(|w| TOLD.has(w))
}
