//! The letters of one word, folded.

use super::{
    Word,
    borders::{Look, invisible},
};
use crate::{model::features::unspaced, sieve::Key};
use bumpalo::Bump;
use newsroom::discussion::disguise::undressed;
use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_security::confusable_detection::skeleton;

/// Makes words, and keeps what they read where that stands nowhere in the text.
pub struct Folding<'a> {
    kept: &'a Bump,
    scratch: String,
}

impl<'a> Folding<'a> {
    pub fn new(kept: &'a Bump) -> Folding<'a> {
        Folding { kept, scratch: String::new() }
    }

    /// A word as written, folded. `None` where nothing is left of it.
    pub fn folded(&mut self, raw: &str, span: Range<usize>, quoted: bool) -> Option<Word<'a>> {
        let text = self.keep(|out| {
            if raw.is_ascii() {
                out.extend(raw.chars().filter(|&c| c != '\'').map(|c| c.to_ascii_lowercase()));
            } else if raw.chars().all(is_plain) {
                lower(raw.chars().filter(|&c| c != '\'' && c != '’'), out);
            } else {
                let plain = raw.chars().map(undressed).nfkd();
                let wanted = |&c: &char| !is_combining_mark(c) && !invisible(c) && c != '\'' && c != '’';
                lower(plain.filter(wanted), out);
            }
        });
        (!text.is_empty()).then(|| self.word(text, Look::at(text), span, quoted))
    }

    /// Single letters that are one word.
    pub fn joined(&mut self, letters: &str, span: Range<usize>, quoted: bool) -> Word<'a> {
        let text = self.kept.alloc_str(letters);
        self.word(text, Look::at(text), span, quoted)
    }

    /// A word that reads so, and what a look at it tells besides.
    #[inline]
    pub fn word(&mut self, text: &'a str, look: Look, span: Range<usize>, quoted: bool) -> Word<'a> {
        let leet = look.is_mixed().then(|| self.keep(|out| out.extend(text.chars().map(as_letter))));
        let key = if look.is_doubled() { self.keep(|out| squeeze_to(text, out)) } else { text };
        // Two digits that are not the same may be read as the same letter.
        let leet_key = leet.map(|leet| self.keep(|out| squeeze_to(leet, out)));
        Word {
            text,
            leet,
            keys: (Key::of(key), leet_key.map(Key::of)),
            stretched: look.is_stretched(),
            unspaced: !look.is_ascii() && text.contains(|c| unspaced(u32::from(c))),
            span,
            quoted,
        }
    }

    fn keep(&mut self, make: impl FnOnce(&mut String)) -> &'a str {
        self.scratch.clear();
        make(&mut self.scratch);
        self.kept.alloc_str(&self.scratch)
    }
}

/// Characters that are in no dress, are no marks and fall into no parts: ASCII, Cyrillic without й and ё,
/// Chinese, and the apostrophe of print. Most words beyond ASCII are of these alone, and need not be taken apart.
fn is_plain(c: char) -> bool {
    c.is_ascii()
        || c == '’'
        || (matches!(c, 'А'..='я') && !matches!(c, 'Й' | 'й'))
        || matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// In one case. Look-alikes are folded only where the whole word then is ASCII: a Russian word stays Russian, and
/// after the first letter that looks like none of ours no other is asked.
fn lower(chars: impl Iterator<Item = char>, out: &mut String) {
    let mut like = Some(String::new());
    let mut buffer = [0; 4];
    for c in chars {
        let lower = c.to_lowercase().next().unwrap_or(c);
        out.push(lower);
        let Some(letters) = &mut like else { continue };
        let mut letter = lower;
        if !c.is_ascii() {
            let mut skeleton = skeleton(lower.encode_utf8(&mut buffer));
            if let (Some(one), None) = (skeleton.next(), skeleton.next())
                && one.is_ascii_alphanumeric()
            {
                letter = one.to_ascii_lowercase();
            }
        }
        if letter.is_ascii() {
            letters.push(letter);
        } else {
            like = None;
        }
    }
    if let Some(letters) = like {
        *out = letters;
    }
}

fn as_letter(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        c => c,
    }
}

fn squeeze_to(word: &str, out: &mut String) {
    let mut last = None;
    for c in word.chars() {
        if last != Some(c) {
            out.push(c);
        }
        last = Some(c);
    }
}

/// Every run of one letter as one letter: `idiooot` and `idiot` alike become `idiot`, `kill` becomes `kil`.
pub fn squeeze(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    squeeze_to(word, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plain_need_not_be_taken_apart() {
        for c in ('\0'..=char::MAX).filter(|&c| is_plain(c)) {
            let apart: Vec<char> = [undressed(c)].into_iter().nfkd().collect();
            assert!(apart == [c] && !is_combining_mark(c) && !invisible(c), "{c:?}");
        }
    }

    #[test]
    fn a_word_is_ours_only_where_all_of_it_looks_so() {
        let lower = |text: &str| {
            let mut out = String::new();
            lower(text.chars(), &mut out);
            out
        };
        assert_eq!(lower("сосе"), "coce", "each looks like one of ours");
        assert_eq!(lower("сосна"), "сосна", "the first three do");
        assert_eq!(lower("іDIоT夜"), "іdiоt夜");
        assert_eq!(lower(""), "");
    }

    #[test]
    fn held_down_and_doubled() {
        for (word, key) in [("idiooot", "idiot"), ("kill", "kil"), ("ддорога", "дорога"), ("", "")]
        {
            assert_eq!(squeeze(word), key);
        }
    }
}
