//! Text folded into words that say what they mean: one case, look-alike letters, digits read as letters,
//! stretched and spaced-out words; and which words are quoted rather than said.

mod borders;
mod letters;
mod quoted;
mod spelled;

pub use letters::squeeze;

use crate::sieve::Key;
use bumpalo::Bump;
use letters::Folding;
use spelled::Spelling;
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

/// A text whose words are looked at. They are parts of it: of most nothing is copied.
pub struct Folded<'t> {
    text: &'t str,
    /// The text with its ASCII letters in lower case: most words stand in it as they are wanted.
    lower: String,
    /// What the other words read.
    otherwise: Bump,
}

impl<'t> Folded<'t> {
    pub fn of(text: &'t str) -> Folded<'t> {
        Folded { text, lower: text.to_ascii_lowercase(), otherwise: Bump::new() }
    }

    /// The words in order.
    pub fn words(&self) -> Vec<Word<'_>> {
        let quotes = quoted::quotations(self.text);
        let mut quote = quotes.iter().peekable();
        let mut folding = Folding::new(&self.otherwise);
        let mut found = Spelling::of(self.text);
        let mut at = 0;
        while let Some((span, look)) = borders::next_word(&self.lower, at) {
            at = span.end;
            while quote.peek().is_some_and(|q| q.end <= span.start) {
                quote.next();
            }
            let quoted = quote.peek().is_some_and(|q| q.start <= span.start);
            if look.is_plain() {
                let several = span.len() > 1;
                let word = folding.word(&self.lower[span.clone()], look, span, quoted);
                if several {
                    found.push_word(word, &mut folding);
                } else {
                    found.push_single(word);
                }
            } else if let Some(word) = folding.folded(&self.text[span.clone()], span, quoted) {
                found.push(word, &mut folding);
            }
        }
        let mut words = found.ended(&mut folding);
        quoted::mark_reported(&mut words);
        words
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
    fn four_single_letters_are_a_word_and_three_are_not() {
        assert_eq!(texts("i d i you o t"), ["i", "d", "i", "you", "o", "t"]);
        assert_eq!(texts("so I D Í O T you"), ["so", "idiot", "you"]);
        assert_eq!(texts("x 1 d 1 0 t"), ["xidiot"]);
        assert_eq!(texts("ж д и т"), ["ждит"]);
        let folded = Folded::of("Oh \"I. d. i. o. t\" no");
        let spelled = &folded.words()[1];
        assert!(spelled.span == (4..17) && spelled.quoted && spelled.keys.0.text == "idiot");
    }

    #[test]
    fn a_word_spelled_out_stays_in_its_own_letters() {
        for spelled in
            ["и д и о т", "и.д.и.о.т", "и-д-и-о-т", "И Д И О Т", "И. д. И. о. Т!", "и\u{200b} д и_о т"]
        {
            assert_eq!(texts(spelled), ["идиот"], "{spelled}");
        }
        assert_eq!(texts("й о л к а"), ["иолка"], "as йолка");
        assert_eq!(texts("μ α λ ά κ α ς"), ["μαλακας"]);
        assert_eq!(texts("с о с е"), ["coce"], "as сосе: each looks like one of ours");
        assert_eq!(texts("и і d i o t"), ["иіdiot"], "in two scripts, as written together");
        assert_eq!(texts("二 〇 二 四"), ["二o二四"], "without case");
    }

    #[test]
    fn single_letters_of_ordinary_sentences_are_words() {
        for (text, words) in [
            ("И я в лесу, а он с ней и у них", "и я в лесу a он c неи и y них"),
            ("А. С. Пушкин и М. Ю. Лермонтов", "a c пушкин и м ю лермонтов"),
            ("Это я и о чём, а я к ней", "это я и o чем a я к неи"),
            ("Plan A o el B, y tú a mí", "plan a o el b y tu a mi"),
            ("E. T. A. Hoffmann, z. B. in 5 a", "e t a hoffmann z b in 5 a"),
            ("I a m", "i a m"),
        ] {
            assert_eq!(texts(text).join(" "), words, "{text}");
        }
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
