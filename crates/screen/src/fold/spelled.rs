//! `i d i o t` and `i.d.i.o.t` are one word, and so is `и д и о т`: in its own letters, though о alone looks like o.

use super::{Word, borders::of_word, letters::Folding};

/// Single letters in a row that are one word.
const SPELLED_OUT: usize = 4;

/// Words as they come.
pub struct Spelling<'a> {
    /// The text as written.
    text: &'a str,
    words: Vec<Word<'a>>,
    /// Single letters that came last; from the fourth on all are in the last of `words`.
    singles: usize,
    /// The letters themselves, each folded by itself.
    letters: String,
}

impl<'a> Spelling<'a> {
    pub fn of(text: &'a str) -> Spelling<'a> {
        Spelling { text, words: Vec::with_capacity(text.len() / 5 + 1), singles: 0, letters: String::new() }
    }

    pub fn push(&mut self, word: Word<'a>, folding: &mut Folding<'a>) {
        if word.text.len() <= 4 && word.text.chars().count() == 1 {
            self.push_single(word);
        } else {
            self.push_word(word, folding);
        }
    }

    /// A word of more than one letter.
    #[inline]
    pub fn push_word(&mut self, word: Word<'a>, folding: &mut Folding<'a>) {
        if self.singles > 0 {
            self.end_of_singles(folding);
        }
        self.words.push(word);
    }

    pub fn push_single(&mut self, word: Word<'a>) {
        self.singles += 1;
        self.letters.push_str(word.text);
        if self.singles == SPELLED_OUT {
            // Of the three before it only the first stays, and becomes all of them.
            self.words.truncate(self.words.len() + 2 - SPELLED_OUT);
        }
        match self.words.last_mut() {
            Some(first) if self.singles >= SPELLED_OUT => first.span.end = word.span.end,
            _ => self.words.push(word),
        }
    }

    fn end_of_singles(&mut self, folding: &mut Folding<'a>) {
        if self.singles >= SPELLED_OUT
            && let Some(first) = self.words.pop()
        {
            self.words.push(self.joined(first, folding));
        }
        self.singles = 0;
        self.letters.clear();
    }

    /// The letters of a script with case are folded anew, as of one word: only then all of them tell whether the word
    /// is ours.
    fn joined(&self, first: Word<'a>, folding: &mut Folding<'a>) -> Word<'a> {
        let cased = |c: char| !c.is_ascii() && c.is_lowercase();
        if self.letters.contains(cased) {
            let written: String = self.text[first.span.clone()]
                .chars()
                .filter(|&c| c.is_ascii_alphanumeric() || of_word(c))
                .collect();
            if let Some(word) = folding.folded(&written, first.span.clone(), first.quoted) {
                return word;
            }
        }
        folding.joined(&self.letters, first.span, first.quoted)
    }

    pub fn ended(mut self, folding: &mut Folding<'a>) -> Vec<Word<'a>> {
        self.end_of_singles(folding);
        self.words
    }
}
