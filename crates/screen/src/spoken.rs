//! Insult, threat and sexual talk: words and phrases, heavier when said to somebody, lighter when quoted.

use crate::{
    Signs,
    fold::Word,
    lists,
    phrases::{Hit, Phrases},
};
use newsroom::discussion::{Label, Risk};
use std::sync::LazyLock;

static INSULTS: LazyLock<Phrases> =
    LazyLock::new(|| lists::phrases(include_str!("lists/insult.txt"), "insult"));
static THREATS: LazyLock<Phrases> =
    LazyLock::new(|| lists::phrases(include_str!("lists/threat.txt"), "threat"));
static SEXUAL: LazyLock<Phrases> =
    LazyLock::new(|| lists::phrases(include_str!("lists/sexual.txt"), "sexual"));

/// A quoted or reported word weighs this part of a said one.
pub const QUOTED: f32 = 0.5;
/// However much is quoted, quoting alone holds nothing.
pub const QUOTED_MOST: f32 = 0.7;
/// An insult said of nobody present (a minister, a referee) ranks, and never holds by itself.
const UNDIRECTED_MOST: f32 = 0.75;
/// Added when it is said to somebody here.
const DIRECTED: f32 = 0.3;

/// `denied` tells for each word whether the text takes it back.
pub fn insult(text: &str, words: &[Word], denied: &[bool]) -> Option<Risk> {
    let mut signs = Signs::new();
    let (mut directed, mut said) = (false, false);
    for hit in INSULTS.find(words) {
        if quoted(&hit, words) {
            signs.add(hit.weight * QUOTED, format!("quoted: {}", hit.said));
            continue;
        }
        said = true;
        let taken_back = denied[hit.words.clone()].contains(&true);
        if !taken_back && (hit.weight >= 0.8 || to_somebody(text, words, hit.words.start, hit.words.end)) {
            directed = true;
            signs.add((hit.weight + DIRECTED).min(0.95), format!("said to somebody: {}", hit.said));
        } else {
            signs.add(if taken_back { hit.weight * QUOTED } else { hit.weight }, hit.said);
        }
    }
    let most = if directed { 1.0 } else { UNDIRECTED_MOST };
    signs.risk_at_most(Label::Insult, if said { most } else { QUOTED_MOST })
}

fn quoted(hit: &Hit, words: &[Word]) -> bool {
    words[hit.words.clone()].iter().any(|w| w.quoted)
}

/// `you …`, `your …`, `… like you` around the word, with no `not` between.
fn to_somebody(text: &str, words: &[Word], start: usize, end: usize) -> bool {
    let from = start.saturating_sub(4);
    let before = &words[from..start];
    let denied = (from..start).any(|n| denies(text, words, n, start))
        || before.last().is_some_and(|w| w.text == "no")
        // In English `no` ends what was before; in Spanish it denies the verb.
        || before.windows(2).any(|w| w[0].text == "no" && matches!(w[1].text, "eres" | "es" | "sois"));
    let like_you = words.get(end..end + 2).is_some_and(|w| w[0].text == "like" && is_you(&w[1]));
    let within = words[start..end].iter().any(|w| w.text.contains('你') && !w.text.contains("你不是"));
    like_you || within || (!denied && before.iter().any(is_you))
}

/// Whether the word at `at` takes back what begins at `start`: an `if` does over a comma, a `not` does not.
fn denies(text: &str, words: &[Word], at: usize, start: usize) -> bool {
    let between = || text.get(words[at].span.end..words[start].span.start).unwrap_or("");
    let next = words.get(at + 1).map_or("", |w| w.text);
    match words[at].text {
        "arent" | "if" | "если" | "kein" | "keine" | "wenn" => true,
        "not" | "never" | "think" | "не" | "nicht" => {
            !between().contains([',', '.', '!', ';', '\n'])
                && !matches!(
                    next,
                    "just" | "only" | "merely" | "simply" | "mind" | "nur" | "только" | "просто"
                )
        }
        _ => false,
    }
}

/// Whoever is spoken to, in the languages that have lists.
pub fn is_you(word: &Word) -> bool {
    matches!(
        word.text,
        "you"
            | "youre"
            | "ur"
            | "yourself"
            | "youve"
            | "u"
            | "ты"
            | "вы"
            | "тебя"
            | "тебе"
            | "вас"
            | "вам"
            | "тобои"
            | "вами"
            | "твои"
            | "ваш"
            | "du"
            | "dich"
            | "dir"
            | "dein"
            | "deine"
            | "euch"
            | "tu"
            | "eres"
            | "sois"
            | "usted"
            | "ustedes"
            | "ti"
            | "vosotros"
    )
}

/// `denied` tells for each word whether the text takes it back.
pub fn threat(words: &[Word], denied: &[bool]) -> Option<Risk> {
    // `nobody deserves a bullet`; `don't forget that I will find you` denies no threat.
    let wish = |hit: &Hit| {
        let first = words[hit.words.start].text;
        matches!(first, "deserves" | "deserve" | "hope" | "wish" | "merece" | "merecen" | "hoffe")
            && denied[hit.words.start]
    };
    said_or_quoted(&THREATS, words, Label::Threat, wish)
}

pub fn sexual(words: &[Word], denied: &[bool]) -> Option<Risk> {
    // `never send nudes`, `a boy asked her to send nudes`: it is spoken of, and said to nobody.
    let spoken_of = |hit: &Hit| {
        let from = hit.words.start;
        let told = from > 0 && matches!(words[from - 1].text, "to" | "who" | "never" | "dont" | "not");
        let said = words[from.saturating_sub(3)..hit.words.end].iter().any(|w| is_you(w) || w.text == "your")
            || words[hit.words.clone()].iter().any(|w| matches!(w.text, "me" | "my"));
        (told || denied[from]) && !said
    };
    said_or_quoted(&SEXUAL, words, Label::Sexual, spoken_of)
}

/// `lighter` tells of a hit whether it is not meant as it stands there.
fn said_or_quoted(
    list: &Phrases,
    words: &[Word],
    label: Label,
    lighter: impl Fn(&Hit) -> bool,
) -> Option<Risk> {
    let mut signs = Signs::new();
    let mut said = false;
    for hit in list.find(words) {
        if quoted(&hit, words) {
            signs.add(hit.weight * QUOTED, format!("quoted: {}", hit.said));
        } else if lighter(&hit) {
            signs.add(hit.weight * QUOTED, hit.said);
        } else {
            said = true;
            signs.add(hit.weight, hit.said);
        }
    }
    signs.risk_at_most(label, if said { 1.0 } else { QUOTED_MOST })
}
