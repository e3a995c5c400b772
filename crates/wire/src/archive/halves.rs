//! Halves of characters in JSON: `\ud83d` alone, as programs write it that cut a text in the middle of a pair. A text can
//! not hold one; in its place stands U+FFFD, of the same length, so that whatever is wrong further on keeps its place.

use super::metered::Metered;
use std::{
    cell::Cell,
    io::{self, BufRead, Read},
    rc::Rc,
};

/// Of one escape.
const ESCAPE: usize = 6;
/// Read ahead at a time.
const AHEAD: usize = 8 << 10;

pub(super) struct Halves<'a> {
    input: Metered<'a>,
    bytes: Vec<u8>,
    /// So many were given on,
    given: usize,
    /// and so many are looked through: what follows waits for what comes after it.
    whole: usize,
    ended: bool,
    replaced: Rc<Cell<u64>>,
}

impl<'a> Halves<'a> {
    /// With a count of what it replaced.
    pub fn of(input: Metered<'a>) -> (Halves<'a>, Rc<Cell<u64>>) {
        let replaced = Rc::new(Cell::new(0));
        let halves =
            Halves { input, bytes: Vec::new(), given: 0, whole: 0, ended: false, replaced: replaced.clone() };
        (halves, replaced)
    }

    fn more(&mut self) -> io::Result<()> {
        self.bytes.drain(..self.given);
        (self.given, self.whole) = (0, 0);
        let some = self.input.fill_buf()?;
        let some = &some[..some.len().min(AHEAD)];
        let count = some.len();
        self.bytes.extend_from_slice(some);
        self.ended = count == 0;
        self.input.consume(count);
        self.mend();
        Ok(())
    }

    /// A backslash stands only in texts; wherever else, the file is broken anyway.
    fn mend(&mut self) {
        let mut at = 0;
        while let Some(found) = self.bytes[at..].iter().position(|b| *b == b'\\') {
            at += found;
            let rest = self.bytes.len() - at;
            if rest < 2 * ESCAPE && !self.ended {
                self.whole = at;
                return;
            }
            at += match (unit(&self.bytes[at..]), unit(&self.bytes[(at + ESCAPE).min(at + rest)..])) {
                (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 2 * ESCAPE,
                (Some(0xd800..=0xdfff), _) => {
                    self.bytes[at..at + ESCAPE].copy_from_slice(b"\\ufffd");
                    self.replaced.set(self.replaced.get() + 1);
                    ESCAPE
                }
                (Some(_), _) => ESCAPE,
                // Of two characters, the second of which may be a backslash.
                (None, _) => rest.min(2),
            };
        }
        self.whole = self.bytes.len();
    }
}

/// The code unit that is escaped there.
fn unit(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.get(..ESCAPE)?.strip_prefix(b"\\u")?;
    let digits = std::str::from_utf8(digits).ok()?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

impl Read for Halves<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.whole && !(self.ended && self.bytes.len() == self.given) {
            self.more()?;
        }
        let some = &self.bytes[self.given..self.whole];
        let count = some.len().min(into.len());
        into[..count].copy_from_slice(&some[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn mended(text: &str, at_a_time: usize) -> (String, u64) {
        let mut input = BufReader::with_capacity(at_a_time, text.as_bytes());
        let (mut halves, replaced) = Halves::of(Metered::new(&mut input));
        let mut out = String::new();
        halves.read_to_string(&mut out).unwrap();
        (out, replaced.get())
    }

    #[test]
    fn half_a_character_is_replaced_and_nothing_else() {
        for (text, want, count) in [
            (r#""\ud83d""#, r#""\ufffd""#, 1),
            (r#""\uDE00 and \uD83D""#, r#""\ufffd and \ufffd""#, 2),
            (r#""\ud83d\ude00\ud83d\ud83d\ude00\ude00""#, r#""\ud83d\ude00\ufffd\ud83d\ude00\ufffd""#, 2),
            (r#""\ud83d\u0041\ud83d\n\ud83dx""#, r#""\ufffd\u0041\ufffd\n\ufffdx""#, 3),
            // No escapes of characters, and none at all.
            (r#""\\ud83d\\\ud83d\\\\ud83d""#, r#""\\ud83d\\\ufffd\\\\ud83d""#, 1),
            (r#""\ud83 \u+d83 \ud83"#, r#""\ud83 \u+d83 \ud83"#, 0),
            (r#""é\"\ud83d\"ü😀\"#, r#""é\"\ufffd\"ü😀\"#, 1),
            (r#""\ud83d"#, r#""\ufffd"#, 1),
            ("", "", 0),
            ("\\", "\\", 0),
        ] {
            for at_a_time in [1, 2, 3, 5, 7, 11, 12, 13, 100] {
                assert_eq!(mended(text, at_a_time), (want.into(), count), "{text} by {at_a_time}");
            }
        }
    }
}
