//! Flood within one comment: shouting, a character held down, one word over and over.

use crate::{Signs, fold::Word};
use newsroom::discussion::{Label, Risk};
use std::collections::HashMap;

/// Letters below which capitals are no shouting.
const SHOUTED_LETTERS: usize = 40;
const HELD_DOWN: usize = 20;
const REPEATED: usize = 12;

pub fn of(text: &str, words: &[Word]) -> Option<Risk> {
    let mut signs = Signs::new();
    let (mut upper, mut lower) = (0usize, 0usize);
    let (mut last, mut run) = ('\0', 0usize);
    let mut longest = ('\0', 0usize);
    for c in text.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
        run = if c == last { run + 1 } else { 1 };
        last = c;
        if run > longest.1 && !c.is_whitespace() {
            longest = (c, run);
        }
    }
    if upper + lower > SHOUTED_LETTERS && upper * 10 > (upper + lower) * 7 {
        signs.add(0.6, format!("{upper} of {} letters are capitals", upper + lower));
    }
    if longest.1 >= HELD_DOWN {
        // A line drawn with dashes is a line.
        let drawn = matches!(longest.0, '-' | '=' | '_' | '*' | '~' | '.');
        signs.add(if drawn { 0.3 } else { 0.85 }, format!("{} times {}", longest.1, longest.0));
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    if words.len() >= REPEATED {
        for word in words {
            *counts.entry(word.text.as_str()).or_default() += 1;
        }
    }
    // In a long text `the` stands dozens of times: it must be a good part of all that is said.
    let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
    if let Some((word, times)) = most
        && times >= REPEATED
        && times * 5 >= words.len() * 2
    {
        signs.add(0.85, format!("{times} times the word {}", word.chars().take(40).collect::<String>()));
    }
    signs.risk(Label::Flood)
}
