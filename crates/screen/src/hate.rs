//! Hate: contempt for people for what they are. To name a group is never a sign; to call it vermin is.

use crate::{
    Signs,
    fold::Word,
    lists,
    phrases::{Phrases, section, shown},
    spoken::{QUOTED, QUOTED_MOST},
    word_set::WordSet,
};
use newsroom::discussion::{Label, Risk};
use std::sync::LazyLock;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| lists::phrases(include_str!("lists/hate.txt"), "hate"));
static GROUPS: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([include_str!("lists/groups.txt")]));
static CONTEMPT: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([include_str!("lists/contempt.txt")]));

/// The same in Russian, German and Spanish, where `x is vermin` is said in other orders of words.
const DESPISED: &str = include_str!("lists/despised.txt");
static ELSEWHERE: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(DESPISED, "groups")]));
static CONTEMPT_ELSEWHERE: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::read([section(DESPISED, "contempt")]));
static IS: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(DESPISED, "is")]));
static LINKS: LazyLock<WordSet> = LazyLock::new(|| WordSet::read([section(DESPISED, "links")]));

/// From the group's name to the word of contempt, in words.
const REACH: usize = 7;

pub fn of(text: &str, words: &[Word]) -> Option<Risk> {
    let mut signs = Signs::new();
    let mut said = false;
    for hit in PHRASES.find(words) {
        said |= add(&mut signs, hit.weight, &words[hit.words], hit.said, false);
    }
    for at in 0..words.len() {
        if GROUPS.has_read(&words[at])
            && let Some(end) = despised(&words[at..(at + REACH).min(words.len())])
        {
            let here = &words[at..=at + end];
            said |= add(&mut signs, 0.9, here, shown(here), false);
        }
        if ELSEWHERE.has(&words[at])
            && let Some(end) = despised_elsewhere(text, words, at)
        {
            let here = &words[at..=end];
            said |= add(&mut signs, 0.9, here, shown(here), told(words, at));
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

/// `евреи … твари`, `Juden sind … Ungeziefer`, `los moros son … basura`: nothing but small words between.
fn despised_elsewhere(text: &str, words: &[Word], at: usize) -> Option<usize> {
    let group = words[at].text;
    let before = at.checked_sub(1).map_or("", |n| words[n].text);
    let russian = !group.is_ascii();
    let gap = |n: usize| text.get(words[n].span.end..words.get(n + 1)?.span.start);
    let mut is = None;
    for n in at + 1..(at + REACH).min(words.len()) {
        if gap(n - 1)?.contains(['.', '!', '?', ';', ':', '\n']) {
            return None;
        }
        let word = &words[n];
        if IS.has(word) {
            is = Some(word.text);
        } else if CONTEMPT_ELSEWHERE.has(word) {
            let said = match is {
                // `perros negros son animales`
                Some("son") => matches!(
                    before,
                    "los" | "las" | "estos" | "estas" | "esos" | "esas" | "todos" | "putos" | "malditos" | ""
                ),
                // `in Polen sind Ratten`
                Some(_) => !matches!(
                    before,
                    "in" | "aus" | "nach" | "bei" | "von" | "mit" | "gegen" | "fur" | "zwischen"
                ),
                // `русские крысы` may be beasts of Russia.
                None => russian && (!group.ends_with("ие") || n > at + 1 || matches!(before, "все" | "эти")),
            };
            let asked = text.get(word.span.end..).is_some_and(|after| after.trim_start().starts_with('?'));
            return (said && !asked).then_some(n);
        } else if !(LINKS.has(word)
            || (word.text == "не" && words.get(n + 1).is_some_and(|w| w.text == "люди")))
        {
            return None;
        }
    }
    None
}

/// Whether somebody tells that others say it.
fn told(words: &[Word], at: usize) -> bool {
    words[at.saturating_sub(REACH)..at].iter().any(|w| {
        matches!(
            w.text,
            "говорят"
                | "говорит"
                | "сказал"
                | "сказала"
                | "кричал"
                | "кричит"
                | "кричат"
                | "пишет"
                | "пишут"
                | "написал"
                | "утверждает"
                | "считает"
                | "считают"
                | "кто"
                | "якобы"
                | "sagt"
                | "sagen"
                | "sagte"
                | "behauptet"
                | "behaupten"
                | "schreit"
                | "schreien"
                | "schreibt"
                | "meint"
                | "wer"
                | "dice"
                | "dicen"
                | "dijo"
                | "grito"
                | "escribe"
                | "quien"
                | "quienes"
                | "cree"
                | "creen"
        )
    })
}

/// Whether it was said, and not quoted.
fn add(signs: &mut Signs, weight: f32, words: &[Word], said: String, told: bool) -> bool {
    if told || words.iter().any(|w| w.quoted) {
        signs.add(weight * QUOTED, format!("quoted: {said}"));
        return false;
    }
    signs.add(weight, said);
    true
}
