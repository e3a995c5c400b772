//! One analyser for all languages: text in, terms out, the same for what is stored and what is asked.
//!
//! Words are folded (NFKC, small letters, no marks on Latin letters, ё as е) and stemmed by their script:
//! Latin as English, Cyrillic as Russian. Chinese, Japanese and Korean have no spaces, so their characters
//! stand alone and in pairs.

pub use super::query::{Query, extract, query};

use frostem::{Algorithm, Stemmer};
use std::sync::LazyLock;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Terms made of one text at most.
pub const MOST_TERMS: usize = 20_000;
/// Characters of a word that count.
const LONGEST_WORD: usize = 64;

/// The terms of a text in their order, for the index.
pub fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for word in words(text) {
        match word.kind {
            Kind::Plain => terms.push(stem(&word.text)),
            Kind::Paired => {
                let chars: Vec<char> = word.text.chars().collect();
                for at in 0..chars.len() {
                    terms.push(chars[at].to_string());
                    if let Some(next) = chars.get(at + 1) {
                        terms.push([chars[at], *next].iter().collect());
                    }
                }
            }
        }
        if terms.len() >= MOST_TERMS {
            terms.truncate(MOST_TERMS);
            break;
        }
    }
    terms
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word with spaces around it.
    Plain,
    /// A run of characters that are written without spaces.
    Paired,
}

/// A folded word and where it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub text: String,
    pub kind: Kind,
    /// Bytes of the original.
    pub from: usize,
    pub to: usize,
}

/// The words of a text as they are compared, each with its place.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    words_if(text, |_| true)
}

/// Only those of which `wanted` says so by their first character, as written: folding costs.
pub(super) fn words_if<'t>(
    text: &'t str,
    wanted: impl Fn(char) -> bool + 't,
) -> impl Iterator<Item = Word> + 't {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (from, first) = rest.next()?;
            let paired = is_paired(first);
            if !paired && !first.is_alphanumeric() {
                continue;
            }
            let mut to = from + first.len_utf8();
            while let Some(&(at, c)) = rest.peek() {
                let inside = if paired {
                    is_paired(c)
                } else {
                    !is_paired(c) && (c.is_alphanumeric() || is_joining(c))
                };
                if !inside {
                    break;
                }
                rest.next();
                to = at + c.len_utf8();
            }
            if !paired && !wanted(first) {
                continue;
            }
            // A word of a megabyte is read to its end, and its beginning kept.
            let raw = &text[from..to];
            let kept = raw.char_indices().nth(4 * LONGEST_WORD).filter(|_| !paired);
            let text = fold(kept.map_or(raw, |(at, _)| &raw[..at]));
            if text.is_empty() {
                continue;
            }
            return Some(Word { text, kind: if paired { Kind::Paired } else { Kind::Plain }, from, to });
        }
    })
}

/// Han, kana, Hangul syllables.
fn is_paired(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Stands inside words and belongs to them: apostrophes and marks on letters.
fn is_joining(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{0640}') || is_combining_mark(c)
}

fn fold(raw: &str) -> String {
    // An apostrophe ends what counts: Norhaven's is Norhaven, l'eau stays together below.
    let word = match raw.find(['\'', '\u{2019}']) {
        Some(at) if raw[at..].chars().count() <= 3 => &raw[..at],
        _ => raw,
    };
    if word.is_ascii() {
        let mut plain = word.to_ascii_lowercase();
        plain.retain(|c| c != '\'');
        plain.truncate(LONGEST_WORD);
        return plain;
    }
    let mut out = String::with_capacity(word.len());
    let mut latin = false;
    for c in word.nfkd() {
        if is_combining_mark(c) {
            // Marks tell words apart in other scripts, but not in these.
            if !latin && !is_unwritten(c) {
                out.push(c);
            }
            continue;
        }
        latin = c.is_ascii_alphabetic() || ('\u{370}'..='\u{3ff}').contains(&c);
        for c in c.to_lowercase() {
            match c {
                'ß' => out.push_str("ss"),
                'ø' => out.push('o'),
                'æ' => out.push_str("ae"),
                'ł' => out.push('l'),
                'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
                'ى' => out.push('ي'),
                '\u{0640}' | '\'' | '\u{2019}' => {}
                c if c.is_alphanumeric() || is_combining_mark(c) => out.push(c),
                _ => {}
            }
        }
    }
    out.nfc().take(LONGEST_WORD).collect()
}

/// Marks that writers leave out at will: stress and the dots of ё, the vowels of Arabic.
fn is_unwritten(c: char) -> bool {
    matches!(c, '\u{0301}' | '\u{0308}' | '\u{064b}'..='\u{065f}' | '\u{0670}')
}

/// The word without its ending, by its script.
pub(super) fn stem(word: &str) -> String {
    static ENGLISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::new(Algorithm::English));
    static RUSSIAN: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::new(Algorithm::Russian));
    match word.chars().next() {
        Some(c) if c.is_ascii_alphabetic() => ENGLISH.stem(word).into_owned(),
        Some('\u{400}'..='\u{52f}') => RUSSIAN.stem(word).into_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
#[path = "analyse_tests.rs"]
mod tests;
