//! The letters of one word, folded.

use super::{
    Spot,
    borders::{ALPHABETIC, KINDS, LIKE_A_LETTER, invisible},
};
use crate::model::features::unspaced;
use compact_str::CompactString;
use newsroom::discussion::disguise::undressed;
use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_security::confusable_detection::skeleton;

/// Folds what stands at `span` of a text. `letters` begins with the whole text in lower case, where most words are
/// as they are wanted already; what is not is put behind it. `None` where nothing is left of the word.
pub fn fold(text: &str, span: Range<usize>, quoted: bool, letters: &mut String) -> Option<Spot> {
    let raw = &text[span.clone()];
    if raw.is_ascii() && !raw.contains('\'') {
        return Some(spot(span.clone(), span, quoted, letters));
    }
    let begun = letters.len();
    if raw.is_ascii() {
        letters.extend(raw.chars().filter(|&c| c != '\'').map(|c| c.to_ascii_lowercase()));
    } else if raw.chars().all(is_plain) {
        lower(raw.chars().filter(|&c| c != '\''), letters);
    } else {
        let plain = raw.chars().map(undressed).nfkd();
        let wanted = |&c: &char| !is_combining_mark(c) && !invisible(c) && c != '\'' && c != '’';
        lower(plain.filter(wanted), letters);
    }
    (letters.len() > begun).then(|| spot(begun..letters.len(), span, quoted, letters))
}

/// A word whose folded text stands at this place of `letters`, and what is read off it.
pub fn spot(text: Range<usize>, span: Range<usize>, quoted: bool, letters: &mut String) -> Spot {
    let read = Runs::of(&letters[text.clone()]);
    let key = if read.twice { squeezed(text.clone(), letters) } else { text.clone() };
    let leet = (read.kinds & MIXED == MIXED).then(|| {
        let leet = put(text.clone(), letters, |word, out| out.extend(word.chars().map(as_letter)));
        // Two digits that are not the same may be read as the same letter.
        (leet.clone(), squeezed(leet, letters))
    });
    let unspaced = !read.ascii && letters[text.clone()].contains(|c| unspaced(u32::from(c)));
    Spot { text, key, leet, stretched: read.thrice, unspaced, span, quoted }
}

/// Letters, and among them what may be read as one.
const MIXED: u8 = ALPHABETIC | LIKE_A_LETTER;

/// What one look at a word's letters tells.
struct Runs {
    /// A letter stands twice in a row, thrice.
    twice: bool,
    thrice: bool,
    /// All that its ASCII characters are.
    kinds: u8,
    ascii: bool,
}

impl Runs {
    fn of(word: &str) -> Runs {
        if word.is_ascii() { Runs::among(word.bytes(), true) } else { Runs::among(word.chars(), false) }
    }

    fn among<T: Copy + PartialEq + Into<u32>>(letters: impl Iterator<Item = T>, ascii: bool) -> Runs {
        let mut runs = Runs { twice: false, thrice: false, kinds: 0, ascii };
        let mut before = [None; 2];
        for letter in letters {
            let again = before[0] == Some(letter);
            runs.twice |= again;
            runs.thrice |= again && before[1] == Some(letter);
            before = [Some(letter), before[0]];
            runs.kinds |= KINDS.get(letter.into() as usize).copied().unwrap_or(0);
        }
        runs
    }
}

/// Characters that are in no dress, are no marks and fall into no parts: ASCII, Cyrillic without й and ё, and
/// Chinese. Most words beyond ASCII are of these alone, and need not be taken apart to be sure.
fn is_plain(c: char) -> bool {
    c.is_ascii()
        || (matches!(c, 'А'..='я') && !matches!(c, 'Й' | 'й'))
        || matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// In one case. Look-alikes are folded only where the whole word then is ASCII: a Russian word stays Russian, and
/// after the first letter that looks like none of ours no other is asked.
fn lower(chars: impl Iterator<Item = char>, out: &mut String) {
    let begun = out.len();
    let mut like = Some(CompactString::default());
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
        out.truncate(begun);
        out.push_str(&letters);
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

/// Puts what is made of a word behind the letters, and says where it is.
fn put(word: Range<usize>, letters: &mut String, make: impl FnOnce(&str, &mut String)) -> Range<usize> {
    // Few words are so long; it is the copy that lets the letters grow while they are read.
    let word = CompactString::from(&letters[word]);
    let begun = letters.len();
    make(&word, letters);
    begun..letters.len()
}

fn squeezed(word: Range<usize>, letters: &mut String) -> Range<usize> {
    put(word, letters, squeeze_to)
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
