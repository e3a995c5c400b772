//! Text folded into words that say what they mean: one case, look-alike letters, digits read as letters,
//! stretched and spaced-out words; and which words are quoted rather than said.

use compact_str::CompactString;
use newsroom::discussion::disguise::undressed;
use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_security::confusable_detection::skeleton;

use crate::model::features::unspaced;

/// One word of the text.
pub struct Word {
    /// Folded to one case and, where it then is plain ASCII, to ordinary letters.
    pub text: CompactString,
    /// With digits and signs read as letters, where it mixes them: `1d10t` is `idiot`.
    pub leet: Option<CompactString>,
    /// `text` and `leet` with every run of one letter as one letter: under these a list is searched.
    pub keys: (CompactString, Option<CompactString>),
    /// Holds a letter three times or more in a row.
    pub stretched: bool,
    /// Holds a character of a script that is written without spaces.
    pub unspaced: bool,
    /// Where it stands in the text as written, in bytes.
    pub span: Range<usize>,
    /// Inside quotation marks or a quoted line, or reported as what somebody called somebody.
    pub quoted: bool,
}

/// How far a reported word may stand after `called me`.
const REPORTED: usize = 6;

/// The words of a text in order.
pub fn words(text: &str) -> Vec<Word> {
    let quotes = quotations(text);
    let mut quote = quotes.iter().peekable();
    let mut found = Spelling { words: Vec::with_capacity(text.len() / 5 + 1), singles: 0 };
    let mut at = 0;
    while let Some(span) = next_word(text, at) {
        at = span.end;
        while quote.peek().is_some_and(|q| q.end <= span.start) {
            quote.next();
        }
        let quoted = quote.peek().is_some_and(|q| q.start <= span.start);
        if let Some(word) = fold(&text[span.clone()], span, quoted) {
            found.push(word);
        }
    }
    let mut found = found.ended();
    mark_reported(&mut found);
    found
}

/// Where the next word stands, from this byte on. Nearly all text is ASCII, and is told by a table.
fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let char_at = |at: usize| text.get(at..).and_then(|rest| rest.chars().next());
    let mut start = from;
    loop {
        if bytes.get(start)?.is_ascii() {
            if is(bytes[start], LETTER) {
                break;
            }
            start += 1;
        } else {
            let c = char_at(start)?;
            if of_word(c) {
                break;
            }
            start += c.len_utf8();
        }
    }
    let mut end = start;
    while let Some(&b) = bytes.get(end) {
        if is(b, LETTER) {
            end += 1;
            continue;
        }
        let c = if b.is_ascii() { char::from(b) } else { char_at(end)? };
        let after = end + c.len_utf8();
        let joins = || {
            matches!(c, '\'' | '’' | '@' | '$' | '!')
                && char_at(after).is_some_and(|n| n.is_alphanumeric() || (c == '$' && n == '$'))
        };
        if !(!b.is_ascii() && of_word(c)) && !joins() {
            break;
        }
        end = after;
    }
    Some(start..end)
}

/// Whether this character beyond ASCII may stand in a word, and begin it.
fn of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || invisible(c)
}

/// What an ASCII character may be: a letter or digit; a letter; what may be read as a letter where it stands
/// among letters.
const LETTER: u8 = 1;
const ALPHABETIC: u8 = 2;
const LIKE_A_LETTER: u8 = 4;

static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut b = 0;
    while b < 128 {
        let c = b as u8;
        kinds[b] = (c.is_ascii_alphanumeric() as u8 * LETTER)
            | (c.is_ascii_alphabetic() as u8 * ALPHABETIC)
            | (matches!(c, b'0' | b'1' | b'3' | b'4' | b'5' | b'7' | b'@' | b'$' | b'!') as u8
                * LIKE_A_LETTER);
        b += 1;
    }
    kinds
};

fn is(byte: u8, kind: u8) -> bool {
    KINDS[usize::from(byte)] & kind != 0
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

fn fold(raw: &str, span: Range<usize>, quoted: bool) -> Option<Word> {
    let text: CompactString = if !raw.is_ascii() {
        fold_beyond_ascii(raw)
    } else if raw.contains('\'') {
        raw.bytes().filter(|&b| b != b'\'').map(|b| b.to_ascii_lowercase() as char).collect()
    } else {
        let mut text = CompactString::from(raw);
        text.make_ascii_lowercase();
        text
    };
    (!text.is_empty()).then(|| word(text, span, quoted))
}

fn word(text: CompactString, span: Range<usize>, quoted: bool) -> Word {
    let leet = read_digits(&text);
    let (doubled, stretched) = runs(&text);
    let squeezed = |text: &CompactString| if doubled { squeeze(text) } else { text.clone() };
    // Two digits that are not the same may be read as the same letter.
    let keys = (squeezed(&text), leet.as_deref().map(squeeze));
    let unspaced = !text.is_ascii() && text.contains(|c| unspaced(u32::from(c)));
    Word { text, leet, keys, stretched, unspaced, span, quoted }
}

fn fold_beyond_ascii(raw: &str) -> CompactString {
    if raw.chars().all(is_plain) {
        lower(raw.chars().filter(|&c| c != '\''))
    } else {
        let plain = raw.chars().map(undressed).nfkd();
        lower(plain.filter(|&c| !is_combining_mark(c) && !invisible(c) && c != '\'' && c != '’'))
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
fn lower(chars: impl Iterator<Item = char>) -> CompactString {
    let (mut plain, mut like, mut all_like) = (CompactString::default(), CompactString::default(), true);
    let mut buffer = [0; 4];
    for c in chars {
        let lower = c.to_lowercase().next().unwrap_or(c);
        plain.push(lower);
        if !all_like {
            continue;
        }
        let mut letter = lower;
        if !c.is_ascii() {
            let mut skeleton = skeleton(lower.encode_utf8(&mut buffer));
            if let (Some(one), None) = (skeleton.next(), skeleton.next())
                && one.is_ascii_alphanumeric()
            {
                letter = one.to_ascii_lowercase();
            }
        }
        all_like = letter.is_ascii();
        like.push(letter);
    }
    if all_like { like } else { plain }
}

fn read_digits(word: &str) -> Option<CompactString> {
    let kinds = word.bytes().fold(0, |kinds, b| kinds | KINDS[usize::from(b)]);
    let mixed = kinds & (LIKE_A_LETTER | ALPHABETIC) == LIKE_A_LETTER | ALPHABETIC;
    mixed.then(|| {
        word.chars()
            .map(|c| match c {
                '0' => 'o',
                '1' | '!' => 'i',
                '3' => 'e',
                '4' | '@' => 'a',
                '5' | '$' => 's',
                '7' => 't',
                c => c,
            })
            .collect()
    })
}

/// Whether a letter stands twice in a row, and whether one stands three times.
fn runs(word: &str) -> (bool, bool) {
    if word.is_ascii() { runs_of(word.bytes()) } else { runs_of(word.chars()) }
}

fn runs_of<T: PartialEq + Copy>(letters: impl Iterator<Item = T>) -> (bool, bool) {
    let (mut before, mut twice, mut thrice) = ([None, None], false, false);
    for letter in letters {
        let again = before[0] == Some(letter);
        twice |= again;
        thrice |= again && before[1] == Some(letter);
        before = [Some(letter), before[0]];
    }
    (twice, thrice)
}

/// Every run of one letter as one letter: `idiooot` and `idiot` alike become `idiot`, `kill` becomes `kil`.
pub fn squeeze(word: &str) -> CompactString {
    let mut out = CompactString::with_capacity(word.len());
    let mut last = None;
    for c in word.chars() {
        if last != Some(c) {
            out.push(c);
        }
        last = Some(c);
    }
    out
}

/// Words as they come. `i d i o t` and `i.d.i.o.t` are one word: four single letters or more in a row.
struct Spelling {
    words: Vec<Word>,
    /// Single letters that came last; from the fourth on they are in the last of `words` together.
    singles: usize,
}

/// Single letters in a row that are one word.
const SPELLED_OUT: usize = 4;

impl Spelling {
    fn push(&mut self, word: Word) {
        if !(word.text.len() <= 4 && word.text.chars().count() == 1) {
            self.end_of_singles();
            self.words.push(word);
            return;
        }
        self.singles += 1;
        if self.singles < SPELLED_OUT {
            self.words.push(word);
            return;
        }
        if self.singles == SPELLED_OUT {
            let others = self.words.split_off(self.words.len() + 2 - SPELLED_OUT);
            if let Some(first) = self.words.last_mut() {
                first.text.extend(others.iter().map(|w| w.text.as_str()));
            }
        }
        if let Some(first) = self.words.last_mut() {
            first.text.push_str(&word.text);
            first.span.end = word.span.end;
        }
    }

    /// What is read off a word's letters is read off those of the whole.
    fn end_of_singles(&mut self) {
        if self.singles >= SPELLED_OUT
            && let Some(last) = self.words.pop()
        {
            self.words.push(word(last.text, last.span, last.quoted));
        }
        self.singles = 0;
    }

    fn ended(mut self) -> Vec<Word> {
        self.end_of_singles();
        self.words
    }
}

/// Pairs of quotation marks, and lines that begin with `>`, in bytes and in order. A mark that is never
/// closed quotes nothing.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Most texts hold none of the signs, nor a first byte of one.
    if !text.bytes().fold(false, |any, b| any | matches!(b, b'"' | b'>' | 0xC2 | 0xE2)) {
        return found;
    }
    let mut open: Option<(usize, char)> = None;
    let mut line_start = true;
    let mut quoted_line = None;
    for (at, c) in text.char_indices() {
        if line_start && c == '>' {
            quoted_line = Some(at);
        }
        if c == '\n' {
            if let Some(from) = quoted_line.take() {
                found.push(from..at);
            }
            open = None;
        }
        line_start = c == '\n' || (line_start && c == ' ');
        if quoted_line.is_some() {
            continue;
        }
        match (open, c) {
            (Some((from, closing)), c) if c == closing => {
                found.push(from..at);
                open = None;
            }
            (None, '"') => open = Some((at, '"')),
            (None, '“') => open = Some((at, '”')),
            (None, '„') => open = Some((at, '“')),
            (None, '«') => open = Some((at, '»')),
            (None, '‘') => open = Some((at, '’')),
            _ => {}
        }
    }
    if let Some(from) = quoted_line {
        found.push(from..text.len());
    }
    found
}

/// `they called me a …`, `stop calling people …`: what follows is reported, not said.
fn mark_reported(words: &mut [Word]) {
    for at in 0..words.len() {
        // Nearly every word is none of these, and is told by its first letter.
        if !matches!(words[at].text.as_bytes().first(), Some(b'c' | b'l' | b's' | b'y' | b't' | b'w')) {
            continue;
        }
        let reports = match words[at].text.as_str() {
            "calling" | "labelled" | "labeled" | "saying" | "claiming" | "shouting" | "yelling" => true,
            "called" | "calls" | "call" | "told" | "tells" => words.get(at + 1).is_some_and(|w| {
                matches!(w.text.as_str(), "me" | "us" | "him" | "her" | "them" | "people" | "my" | "each")
            }),
            "said" | "says" | "shouted" | "wrote" => at > 0 && words[at - 1].text != "i",
            "say" | "claim" | "think" | "write" => {
                at > 0
                    && matches!(
                        words[at - 1].text.as_str(),
                        "who"
                            | "they"
                            | "some"
                            | "cannot"
                            | "cant"
                            | "dont"
                            | "never"
                            | "nobody"
                            | "anybody"
                            | "anyone"
                    )
            }
            _ => false,
        };
        if reports {
            for word in words.iter_mut().skip(at + 1).take(REPORTED) {
                // `you` ends a report: it is said to somebody here.
                if matches!(word.text.as_str(), "you" | "youre" | "your") {
                    break;
                }
                word.quoted = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|w| w.leet.unwrap_or(w.text).into()).collect()
    }

    #[test]
    fn disguises_come_off() {
        for disguised in [
            "IDIOT",
            "1d10t",
            "і\u{200b}diоt",
            "ｉｄｉｏｔ",
            "i d i o t",
            "i.d.i.o.t",
            "ïdïöt",
            "𝐢𝐝𝐢𝐨𝐭",
            "ɪᴅɪᴏᴛ",
            "🅘🅓🅘🅞🅣",
            "ⁱᵈⁱᵒᵗ",
        ] {
            assert_eq!(texts(disguised), ["idiot"], "{disguised}");
        }
        assert_eq!(squeeze("idiooot"), "idiot");
        assert_eq!(texts("don't, you’re"), ["dont", "youre"]);
    }

    #[test]
    fn other_scripts_stay_themselves() {
        assert_eq!(texts("Поезд пришёл"), ["поезд", "пришел"]);
        assert_eq!(texts("夜车"), ["夜车"]);
    }

    #[test]
    fn what_is_quoted() {
        let quoted = |t| words(t).iter().filter(|w| w.quoted).map(|w| w.text.clone()).collect::<Vec<_>>();
        assert_eq!(quoted("he said \"go home\" twice"), ["go", "home", "twice"]);
        assert_eq!(quoted("> old line\nnew"), ["old", "line"]);
        assert!(quoted("a \" never closed").is_empty());
    }
}
