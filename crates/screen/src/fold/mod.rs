//! Text folded into words that say what they mean: one case, look-alike letters, digits read as letters,
//! stretched and spaced-out words; and which words are quoted rather than said.

mod borders;
mod letters;
mod quoted;

pub use letters::squeeze;

use crate::sieve::Key;
use std::ops::Range;

/// One word of the text.
pub struct Word<'a> {
    /// Folded to one case and, where it then is plain ASCII, to ordinary letters.
    pub text: &'a str,
    /// With digits and signs read as letters, where it mixes them: `1d10t` is `idiot`.
    pub leet: Option<&'a str>,
    /// `text` and `leet` with every run of one letter as one letter: under these a list is searched.
    pub keys: (Key<'a>, Option<Key<'a>>),
    /// Holds a letter three times or more in a row.
    pub stretched: bool,
    /// Holds a character of a script that is written without spaces.
    pub unspaced: bool,
    /// Where it stands in the text as written, in bytes.
    pub span: Range<usize>,
    /// Inside quotation marks or a quoted line, or reported as what somebody called somebody.
    pub quoted: bool,
}

/// A text folded. Its words are parts of it: nothing is allocated for one of them.
pub struct Folded {
    /// The whole text in lower case, and behind it what of its words reads otherwise than there.
    letters: String,
    spots: Vec<Spot>,
}

/// A word as places in the letters, see [`Word`].
struct Spot {
    text: Range<usize>,
    key: Range<usize>,
    /// Read as letters, and the key of that.
    leet: Option<(Range<usize>, Range<usize>)>,
    stretched: bool,
    unspaced: bool,
    span: Range<usize>,
    quoted: bool,
}

impl Folded {
    pub fn of(text: &str) -> Folded {
        let mut letters = String::with_capacity(text.len() + text.len() / 2);
        letters.push_str(text);
        letters.make_ascii_lowercase();
        let mut found =
            Spelling { spots: Vec::with_capacity(text.len() / 5 + 1), letters, ..Spelling::default() };
        let quotes = quoted::quotations(text);
        let mut quote = quotes.iter().peekable();
        let mut at = 0;
        while let Some(span) = borders::next_word(text, at) {
            at = span.end;
            while quote.peek().is_some_and(|q| q.end <= span.start) {
                quote.next();
            }
            let quoted = quote.peek().is_some_and(|q| q.start <= span.start);
            if let Some(spot) = letters::fold(text, span, quoted, &mut found.letters) {
                found.push(spot);
            }
        }
        found.end_of_singles();
        Folded { letters: found.letters, spots: found.spots }
    }

    /// The words in order.
    pub fn words(&self) -> Vec<Word<'_>> {
        let part = |range: &Range<usize>| &self.letters[range.clone()];
        let word = |spot: &Spot| Word {
            text: part(&spot.text),
            leet: spot.leet.as_ref().map(|l| part(&l.0)),
            keys: (Key::of(part(&spot.key)), spot.leet.as_ref().map(|l| Key::of(part(&l.1)))),
            stretched: spot.stretched,
            unspaced: spot.unspaced,
            span: spot.span.clone(),
            quoted: spot.quoted,
        };
        let mut words: Vec<Word> = self.spots.iter().map(word).collect();
        quoted::mark_reported(&mut words);
        words
    }
}

/// Words as they come. `i d i o t` and `i.d.i.o.t` are one word: four single letters or more in a row.
#[derive(Default)]
struct Spelling {
    letters: String,
    spots: Vec<Spot>,
    /// Single letters that came last, and the letters themselves; from the fourth on all are in the last of `spots`.
    singles: usize,
    spelled: String,
}

/// Single letters in a row that are one word.
const SPELLED_OUT: usize = 4;

impl Spelling {
    fn push(&mut self, spot: Spot) {
        let text = &self.letters[spot.text.clone()];
        if text.len() > 4 || text.chars().count() != 1 {
            self.end_of_singles();
            self.spots.push(spot);
            return;
        }
        self.singles += 1;
        self.spelled.push_str(text);
        if self.singles == SPELLED_OUT {
            self.spots.truncate(self.spots.len() + 2 - SPELLED_OUT);
        }
        match self.spots.last_mut() {
            Some(first) if self.singles >= SPELLED_OUT => first.span.end = spot.span.end,
            _ => self.spots.push(spot),
        }
    }

    /// What is read off a word's letters is now read off those of the whole.
    fn end_of_singles(&mut self) {
        if self.singles >= SPELLED_OUT
            && let Some(Spot { span, quoted, .. }) = self.spots.pop()
        {
            let begun = self.letters.len();
            self.letters.push_str(&self.spelled);
            let whole = letters::spot(begun..self.letters.len(), span, quoted, &mut self.letters);
            self.spots.push(whole);
        }
        self.singles = 0;
        self.spelled.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        Folded::of(text).words().iter().map(|w| w.leet.unwrap_or(w.text).to_owned()).collect()
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
        let quoted = |t| {
            Folded::of(t).words().iter().filter(|w| w.quoted).map(|w| w.text.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(quoted("he said \"go home\" twice"), ["go", "home", "twice"]);
        assert_eq!(quoted("> old line\nnew"), ["old", "line"]);
        assert!(quoted("a \" never closed").is_empty());
    }
}
