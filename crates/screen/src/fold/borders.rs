//! Where words begin and end.

use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// What an ASCII character may be: a letter or digit; a letter; what may be read as a letter where it stands among
/// letters; an apostrophe.
const LETTER: u8 = 1;
const ALPHABETIC: u8 = 2;
const LIKE_A_LETTER: u8 = 4;
const APOSTROPHE: u8 = 8;
const BEYOND_ASCII: u8 = 16;

/// Nearly all text is ASCII, and is told by this table.
static KINDS: [u8; 256] = {
    let mut kinds = [BEYOND_ASCII; 256];
    let mut b = 0;
    while b < 128 {
        let c = b as u8;
        kinds[b] = (c.is_ascii_alphanumeric() as u8 * LETTER)
            | (c.is_ascii_alphabetic() as u8 * ALPHABETIC)
            | (matches!(c, b'0' | b'1' | b'3' | b'4' | b'5' | b'7' | b'@' | b'$' | b'!') as u8
                * LIKE_A_LETTER)
            | ((c == b'\'') as u8 * APOSTROPHE);
        b += 1;
    }
    kinds
};

fn is(byte: u8, kind: u8) -> bool {
    KINDS[usize::from(byte)] & kind != 0
}

/// What one look at the letters of a word tells: all that they are, and whether one stands twice in a row, thrice.
#[derive(Clone, Copy, Default)]
pub struct Look(u8);

const TWICE: u8 = 32;
const THRICE: u8 = 64;

impl Look {
    /// At a word already folded.
    pub fn at(word: &str) -> Look {
        let mut look = Look::default();
        let mut before = ['\0'; 2];
        for c in word.chars() {
            look.0 |= if c.is_ascii() { KINDS[c as usize] } else { BEYOND_ASCII };
            look.0 |= u8::from(c == before[0]) * TWICE;
            look.0 |= u8::from(c == before[0] && c == before[1]) * THRICE;
            before = [c, before[0]];
        }
        look
    }

    /// Of a word as it stands in a text in lower case: nothing of it has to be folded.
    pub fn is_plain(self) -> bool {
        self.0 & (BEYOND_ASCII | APOSTROPHE) == 0
    }

    pub fn is_ascii(self) -> bool {
        self.0 & BEYOND_ASCII == 0
    }

    /// It holds letters, and among them what may be read as one.
    pub fn is_mixed(self) -> bool {
        self.0 & (ALPHABETIC | LIKE_A_LETTER) == ALPHABETIC | LIKE_A_LETTER
    }

    pub fn is_doubled(self) -> bool {
        self.0 & TWICE != 0
    }

    pub fn is_stretched(self) -> bool {
        self.0 & THRICE != 0
    }
}

/// Where the next word of a text in lower case stands, from this byte on, and a look at it.
#[inline]
pub fn next_word(text: &str, from: usize) -> Option<(Range<usize>, Look)> {
    let bytes = text.as_bytes();
    let char_at = |at: usize| text.get(at..).and_then(|rest| rest.chars().next());
    let mut start = from;
    loop {
        let kind = KINDS[usize::from(*bytes.get(start)?)];
        if kind & LETTER != 0 {
            break;
        }
        if kind & BEYOND_ASCII == 0 {
            start += 1;
            continue;
        }
        let c = char_at(start)?;
        if of_word(c) {
            break;
        }
        start += c.len_utf8();
    }
    // In ASCII a letter is a byte; what is beyond is looked at anew when it is folded.
    let mut look = Look::default();
    let mut before = [0; 2];
    let mut end = start;
    while let Some(&b) = bytes.get(end) {
        let mut after = end + 1;
        if !is(b, LETTER) {
            let c = if b.is_ascii() { char::from(b) } else { char_at(end)? };
            after = end + c.len_utf8();
            let inside = (!b.is_ascii() && of_word(c)) || (joins(c) && goes_on(c, char_at(after)));
            if !inside {
                break;
            }
        }
        look.0 |= KINDS[usize::from(b)];
        look.0 |= u8::from(b == before[0]) * TWICE;
        look.0 |= u8::from((b == before[0]) & (b == before[1])) * THRICE;
        before = [b, before[0]];
        end = after;
    }
    Some((start..end, look))
}

/// Whether this sign joins the letters before it to those behind it.
fn joins(c: char) -> bool {
    matches!(c, '\'' | '’' | '@' | '$' | '!')
}

fn goes_on(sign: char, next: Option<char>) -> bool {
    next.is_some_and(|n| n.is_alphanumeric() || (sign == '$' && n == '$'))
}

/// Whether this character beyond ASCII may stand in a word, and begin it.
pub fn of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || invisible(c)
}

pub fn invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By the definition, one character after the other.
    fn plainly(text: &str) -> Vec<Range<usize>> {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let (mut found, mut start) = (Vec::new(), None);
        for (n, &(at, c)) in chars.iter().enumerate() {
            let next = chars.get(n + 1).map(|next| next.1);
            let inside = c.is_alphanumeric()
                || (!c.is_ascii() && (is_combining_mark(c) || invisible(c)))
                || (start.is_some() && joins(c) && goes_on(c, next));
            if inside {
                start.get_or_insert(at);
            } else if let Some(from) = start.take() {
                found.push(from..at);
            }
        }
        found.extend(start.map(|from| from..text.len()));
        found
    }

    proptest! {
        #[test]
        fn words_are_found_and_looked_at_as_one_by_one(text in "([a-c1$@!'’ .é\u{301}\u{200b}夜🙂-]{0,40}|\\PC{0,60})") {
            let text = text.to_ascii_lowercase();
            let mut found = Vec::new();
            while let Some((span, look)) = next_word(&text, found.last().map_or(0, |f: &Range<usize>| f.end)) {
                if look.is_plain() {
                    prop_assert_eq!(look.0, Look::at(&text[span.clone()]).0);
                }
                found.push(span);
            }
            prop_assert_eq!(found, plainly(&text));
        }
    }
}
