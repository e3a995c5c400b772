//! `i d i o t` and `i.d.i.o.t` are one word.

use super::{Word, letters::Folding};

/// Single letters in a row that are one word.
const SPELLED_OUT: usize = 4;

/// Words as they come.
pub struct Spelling<'a> {
    words: Vec<Word<'a>>,
    /// Single letters that came last; from the fourth on all are in the last of `words`.
    singles: usize,
    /// The letters themselves.
    letters: String,
}

impl<'a> Spelling<'a> {
    pub fn with_room_for(words: usize) -> Spelling<'a> {
        Spelling { words: Vec::with_capacity(words), singles: 0, letters: String::new() }
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
            self.words.push(folding.joined(&self.letters, first.span, first.quoted));
        }
        self.singles = 0;
        self.letters.clear();
    }

    pub fn ended(mut self, folding: &mut Folding<'a>) -> Vec<Word<'a>> {
        self.end_of_singles(folding);
        self.words
    }
}
