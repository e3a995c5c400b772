//! Flood within one comment: shouting, a character held down, one word over and over.

use crate::{Signs, bytes, fold::Word};
use newsroom::discussion::{Label, Risk};

/// Letters below which capitals are no shouting.
const SHOUTED_LETTERS: usize = 40;
const HELD_DOWN: usize = 20;
const REPEATED: usize = 12;

pub fn of(text: &str, words: &[Word]) -> Option<Risk> {
    let mut signs = Signs::new();
    let (upper, lower) = cases(text);
    let longest = if may_hold_down(text) { longest_run(text) } else { ('\0', 0) };
    if upper + lower > SHOUTED_LETTERS && upper * 10 > (upper + lower) * 7 {
        signs.add(0.6, format!("{upper} of {} letters are capitals", upper + lower));
    }
    if longest.1 >= HELD_DOWN {
        // A line drawn with dashes is a line.
        let drawn = matches!(longest.0, '-' | '=' | '_' | '*' | '~' | '.');
        signs.add(if drawn { 0.3 } else { 0.85 }, format!("{} times {}", longest.1, longest.0));
    }
    // In a long text `the` stands dozens of times: it must be a good part of all that is said.
    if let Some((word, times)) = commonest(words)
        && times >= REPEATED
        && times * 5 >= words.len() * 2
    {
        signs.add(0.85, format!("{times} times the word {}", word.chars().take(40).collect::<String>()));
    }
    signs.risk(Label::Flood)
}

/// Letters that are capitals, and those that are small.
fn cases(text: &str) -> (usize, usize) {
    if text.is_ascii() {
        let upper = bytes::count(text, |b| b.is_ascii_uppercase());
        return (upper, bytes::count(text, |b| b.is_ascii_lowercase()));
    }
    text.chars().fold((0, 0), |(upper, lower), c| {
        (upper + usize::from(c.is_uppercase()), lower + usize::from(c.is_lowercase()))
    })
}

/// Whether a look at every sixteenth place leaves it possible that a character of one byte is held down: twenty in
/// a row cannot stand between two of them.
fn may_hold_down(text: &str) -> bool {
    const { assert!(HELD_DOWN >= 16 + 3) };
    !text.is_ascii() || text.as_bytes().windows(4).step_by(16).any(|four| four.iter().all(|b| *b == four[0]))
}

/// The character that stands most often in a row, and how often.
fn longest_run(text: &str) -> (char, usize) {
    let (mut last, mut run) = ('\0', 0usize);
    let mut longest = ('\0', 0usize);
    for c in text.chars() {
        run = if c == last { run + 1 } else { 1 };
        last = c;
        if run > longest.1 && !c.is_whitespace() {
            longest = (c, run);
        }
    }
    longest
}

/// Of the words that are more than a third of all the commonest, and how often it stands. Two words are borne in
/// mind, and each that is neither takes one from both: what is more than a third is left over at the end.
fn commonest<'a>(words: &[Word<'a>]) -> Option<(&'a str, usize)> {
    let mut kept: [(&'a str, usize); 2] = [("", 0); 2];
    for word in words {
        let text = word.text;
        if let Some(known) = kept.iter_mut().find(|k| k.1 > 0 && k.0 == text) {
            known.1 += 1;
        } else if let Some(free) = kept.iter_mut().find(|k| k.1 == 0) {
            *free = (text, 1);
        } else {
            kept.iter_mut().for_each(|k| k.1 -= 1);
        }
    }
    let times = |text: &str| words.iter().filter(|w| w.text == text).count();
    let counted = kept.into_iter().filter(|k| k.1 > 0).map(|(text, _)| (text, times(text)));
    counted.filter(|(_, n)| n * 3 > words.len()).max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Folded;

    #[test]
    fn what_is_held_down_is_not_overlooked_wherever_it_stands() {
        for before in 0..40 {
            let text =
                |times: usize| format!("{}{}b", "ab".repeat(before).split_off(before), "x".repeat(times));
            assert!(may_hold_down(&text(HELD_DOWN)), "{before}");
            assert!(
                of(&text(HELD_DOWN), &[]).is_some() && of(&text(HELD_DOWN - 1), &[]).is_none(),
                "{before}"
            );
        }
        assert!(!may_hold_down("nothing of the sort stands here, nor there, nor anywhere else"));
        assert!(of(&"夜".repeat(HELD_DOWN), &[]).is_some());
    }

    #[test]
    fn the_commonest_if_it_is_a_third() {
        let of = |text: &str| commonest(&Folded::of(text).words()).map(|(word, n)| (word.to_owned(), n));
        assert_eq!(of("la lo la lu la li"), Some(("la".into(), 3)));
        assert_eq!(of("no so la lo la lo la lo"), Some(("la".into(), 3)));
        assert_eq!(of("lo lo lo la la la"), Some(("la".into(), 3)), "the first of two that are as common");
        assert_eq!(of("la lo lu la no so"), None);
        assert_eq!(of(""), None);
    }
}
