//! A paper's own list of words, in the form of ours.

use crate::{
    Signs,
    fold::{Folded, Word},
    phrases::{Fault, Phrases},
    spoken::QUOTED,
};
use newsroom::discussion::{Label, Risk};

/// Most lines of a list, and the longest line in bytes.
pub const MOST_LINES: usize = 20_000;
pub const LONGEST_LINE: usize = 400;

/// Words and phrases with weights, and what they are a sign of.
pub struct WordList {
    label: Label,
    phrases: Phrases,
}

impl WordList {
    /// Each line a weight and a phrase: `0.9 buy|sell tickets here`. Where words may stand for each other
    /// they are divided by `|`; `#` begins a remark. The weight is the score that the phrase alone gives,
    /// 0 to 1; a quoted one weighs half. Chinese and Japanese words are found anywhere in a sentence.
    ///
    /// Fails at the first line that is none of these, or beyond `MOST_LINES`, and names it.
    pub fn read(label: Label, list: &str) -> Result<WordList, Fault> {
        let mut phrases = Phrases::empty();
        for (n, line) in list.lines().enumerate() {
            let fault = |what| Fault { line: n + 1, what };
            if n == MOST_LINES {
                return Err(fault("a list has at most 20,000 lines"));
            }
            if line.len() > LONGEST_LINE {
                return Err(fault("longer than 400 bytes"));
            }
            phrases.line(line).map_err(fault)?;
        }
        Ok(WordList { label, phrases })
    }

    /// Entries read.
    pub fn entries(&self) -> usize {
        self.phrases.len()
    }

    /// What this list alone sees in a text.
    pub fn risk(&self, text: &str) -> Option<Risk> {
        self.of(&Folded::of(text).words())
    }

    pub(crate) fn of(&self, words: &[Word]) -> Option<Risk> {
        let mut signs = Signs::new();
        for hit in self.phrases.find(words) {
            if words[hit.words].iter().any(|w| w.quoted) {
                signs.add(hit.weight * QUOTED, format!("quoted: {}", hit.said));
            } else {
                signs.add(hit.weight, hit.said);
            }
        }
        signs.risk(self.label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_papers_word_is_found_and_a_wrong_line_named() {
        let list = WordList::read(Label::Insult, "# ours\n0.9 harbour rat|rats\n\n0.85 码头鼠\n").unwrap();
        assert_eq!(list.entries(), 2);
        let risk = list.risk("You HARB0UR rats!").unwrap();
        assert_eq!((risk.label, risk.why), (Label::Insult, vec!["harbour rats".to_owned()]));
        assert!(list.risk("他是码头鼠吗").is_some() && list.risk("The harbour is calm.").is_none());
        let fault = WordList::read(Label::Insult, "0.9 a\nrat").err().unwrap();
        assert_eq!(fault.line, 2);
        assert!(WordList::read(Label::Insult, &"0.5 a\n".repeat(MOST_LINES + 1)).is_err());
        assert!(WordList::read(Label::Insult, &format!("0.5 {}", "a".repeat(LONGEST_LINE))).is_err());
    }
}
