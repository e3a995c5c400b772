//! Where words begin and end.

use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// Where the next word stands, from this byte on. Nearly all text is ASCII, and is told by a table.
pub fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
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

pub fn invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// What an ASCII character may be: a letter or digit; a letter; what may be read as a letter where it stands among
/// letters.
pub const LETTER: u8 = 1;
pub const ALPHABETIC: u8 = 2;
pub const LIKE_A_LETTER: u8 = 4;

pub static KINDS: [u8; 256] = {
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
