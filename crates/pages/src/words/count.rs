//! Numbers, and the words beside them.

use super::{Words, fill};
use newsroom::Language;

/// A sentence that counts, in the form that its number asks for: `23 comments`, `23 комментария`.
pub fn counted(words: &Words, sentence: &str, n: u64) -> String {
    counted_with(words, sentence, n, &[])
}

/// The same with more places.
pub(crate) fn counted_with(words: &Words, sentence: &str, n: u64, more: &[(&str, &str)]) -> String {
    let number = words.number(n);
    let places: Vec<(&str, &str)> = more.iter().copied().chain([("n", number.as_str())]).collect();
    fill(form(words, sentence, n), &places)
}

/// The form of a sentence for a number.
fn form<'a>(words: &Words, sentence: &'a str, n: u64) -> &'a str {
    let plural = words.language.plural(n);
    let at = words.language.plurals().iter().position(|p| *p == plural).unwrap_or(0);
    let mut forms = sentence.split('|');
    forms.nth(at).or_else(|| sentence.split('|').next_back()).unwrap_or(sentence)
}

impl Words {
    pub(crate) fn counted(&self, sentence: &str, n: u32) -> String {
        counted(self, sentence, n.into())
    }

    /// With thousands set apart as the language has it: `12,345`, `12.345`, `12 345`.
    pub(crate) fn number(&self, n: u64) -> String {
        let digits = n.to_string();
        let apart = match self.language {
            Language::English | Language::Chinese => ',',
            Language::German => '.',
            // Both leave a number of four digits whole.
            Language::Russian | Language::Spanish if digits.len() < 5 => return digits,
            Language::Russian | Language::Spanish => '\u{a0}',
        };
        let mut out = String::with_capacity(digits.len() + 6);
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(apart);
            }
            out.push(c);
        }
        out
    }
}
