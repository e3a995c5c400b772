//! Lists of words and phrases with weights, and where they occur in a text. A list of ten thousand entries
//! costs a text no more than a short one: its words lead through a tree, and most lead nowhere at once.

use crate::{
    fold::{Folded, Word, squeeze},
    model::features::unspaced,
    sieve::{Key, Sieve},
};
use compact_str::CompactString;
use foldhash::HashMap;
use std::{fmt, ops::Range};

/// Most places of one phrase, and most phrases that its alternatives may stand for.
const MOST_PLACES: usize = 12;
const MOST_READINGS: usize = 400;
/// Most entries that are the same but for doubled letters.
const MOST_ALIKE: usize = 16;
/// Longest entry of a script without spaces, in characters.
const LONGEST_UNSPACED: usize = 16;

/// A list, read.
#[derive(Default)]
pub struct Phrases {
    phrases: Vec<Phrase>,
    nodes: Vec<Node>,
    /// Of the words that begin a phrase.
    beginnings: Sieve,
    /// Entries of scripts without spaces, found anywhere in a word; what characters they begin with, and which
    /// lengths in characters they have.
    unspaced: HashMap<CompactString, f32>,
    first: Sieve,
    lengths: [bool; LONGEST_UNSPACED + 1],
    entries: usize,
}

struct Phrase {
    weight: f32,
    /// For each place the words that may stand there.
    places: Vec<Vec<CompactString>>,
}

/// Where a beginning leads, by the squeezed form of the next word.
#[derive(Default)]
struct Node {
    next: HashMap<CompactString, usize>,
    ends: Vec<usize>,
}

/// A phrase found.
pub struct Hit {
    pub weight: f32,
    /// Which words of the text.
    pub words: Range<usize>,
    /// What was said, folded, for the moderator's eyes.
    pub said: String,
}

/// What is wrong with a line of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Counted from 1.
    pub line: usize,
    pub what: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for Fault {}

impl Phrases {
    /// Reads all lines of some lists of ours. A line that is none is a mistake of ours and is left out; a
    /// test sees to it that there is none.
    pub fn read<'a>(lists: impl IntoIterator<Item = &'a str>) -> Phrases {
        let mut read = Phrases::empty();
        for line in lists.into_iter().flat_map(str::lines) {
            let _ = read.line(line);
        }
        read
    }

    pub fn empty() -> Phrases {
        Phrases { nodes: vec![Node::default()], ..Phrases::default() }
    }

    /// Adds a line: a weight and a phrase, `0.9 i will kill|hurt you`; `#` begins a remark.
    pub fn line(&mut self, line: &str) -> Result<(), &'static str> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let (weight, phrase) = line.split_once(' ').ok_or("a weight, a space and a phrase are wanted")?;
        let weight = weight.parse::<f32>().map_err(|_| "the weight is no number")?;
        if !(0.0..=1.0).contains(&weight) {
            return Err("the weight is not within 0 to 1");
        }
        if phrase.contains(|c| unspaced(u32::from(c))) {
            self.add_unspaced(weight, phrase)?;
        } else {
            self.add(weight, places(phrase)?)?;
        }
        self.entries += 1;
        Ok(())
    }

    /// Lines that were read.
    pub fn len(&self) -> usize {
        self.entries
    }

    fn add_unspaced(&mut self, weight: f32, phrase: &str) -> Result<(), &'static str> {
        for entry in phrase.split('|') {
            let folded = Folded::of(entry);
            let [word] = &folded.words()[..] else {
                return Err("words of a script without spaces stand alone or between |");
            };
            let length = word.text.chars().count();
            if length > LONGEST_UNSPACED {
                return Err("longer than 16 characters");
            }
            let known = self.unspaced.entry(word.text.into()).or_insert(weight);
            *known = known.max(weight);
            self.first.add(Key::of(first_char(word.text)));
            self.lengths[length] = true;
        }
        Ok(())
    }

    fn add(&mut self, weight: f32, places: Vec<Vec<CompactString>>) -> Result<(), &'static str> {
        if places.is_empty() || places.len() > MOST_PLACES {
            return Err("a phrase has one to twelve words");
        }
        if places.iter().map(Vec::len).try_fold(1, usize::checked_mul).is_none_or(|n| n > MOST_READINGS) {
            return Err("too many alternatives");
        }
        let mut here = vec![0];
        for place in &places {
            let mut there: Vec<usize> = Vec::new();
            for word in place {
                let key = squeeze(word);
                for &node in &here {
                    there.push(self.step(node, &key));
                }
            }
            there.sort_unstable();
            there.dedup();
            here = there;
        }
        if here.iter().any(|&n| self.nodes[n].ends.len() >= MOST_ALIKE) {
            return Err("sixteen entries before this differ from it only by doubled letters");
        }
        for word in &places[0] {
            self.beginnings.add(Key::of(&squeeze(word)));
        }
        for node in here {
            self.nodes[node].ends.push(self.phrases.len());
        }
        self.phrases.push(Phrase { weight, places });
        Ok(())
    }

    fn step(&mut self, node: usize, key: &str) -> usize {
        if let Some(&known) = self.nodes[node].next.get(key) {
            return known;
        }
        let new = self.nodes.len();
        self.nodes.push(Node::default());
        self.nodes[node].next.insert(key.into(), new);
        new
    }

    /// All that occur, by their first word; of those that begin at one word, the heaviest.
    pub fn find(&self, words: &[Word]) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for at in 0..words.len() {
            if let Some((phrase, end)) = self.at(words, at) {
                let said = shown(&words[at..end]);
                hits.push(Hit { weight: phrase.weight, words: at..end, said });
            }
            if words[at].unspaced && !self.unspaced.is_empty() {
                self.find_unspaced(words[at].text, at, &mut hits);
            }
        }
        hits
    }

    fn at<'a>(&'a self, words: &[Word], at: usize) -> Option<(&'a Phrase, usize)> {
        let (plain, leet) = words[at].keys;
        if !self.beginnings.may_know(plain) && !leet.is_some_and(|key| self.beginnings.may_know(key)) {
            return None;
        }
        let mut best: Option<&Phrase> = None;
        self.walk(0, words, at, at, &mut best);
        best.map(|phrase| (phrase, at + phrase.places.len()))
    }

    /// Goes on from a node with the word at `now`; the phrase began at `from`.
    fn walk<'a>(
        &'a self,
        node: usize,
        words: &[Word],
        from: usize,
        now: usize,
        best: &mut Option<&'a Phrase>,
    ) {
        for &n in &self.nodes[node].ends {
            let phrase = &self.phrases[n];
            if best.is_none_or(|b| b.weight < phrase.weight)
                && phrase.places.iter().zip(&words[from..now]).all(|(place, word)| stands(place, word))
            {
                *best = Some(phrase);
            }
        }
        let Some(word) = words.get(now) else { return };
        let next = &self.nodes[node].next;
        let plain = next.get(word.keys.0.text);
        let leet = word.keys.1.and_then(|key| next.get(key.text)).filter(|l| Some(*l) != plain);
        for &node in plain.into_iter().chain(leet) {
            self.walk(node, words, from, now + 1, best);
        }
    }

    /// Every entry that stands in a run of characters without spaces; of those that begin at one
    /// character, the longest.
    fn find_unspaced(&self, run: &str, at: usize, hits: &mut Vec<Hit>) {
        let mut from = 0;
        while let Some(rest) = run.get(from..).filter(|rest| !rest.is_empty()) {
            let first = first_char(rest);
            let found = if self.first.may_know(Key::of(first)) { self.longest(rest) } else { None };
            if let Some((piece, weight)) = found {
                hits.push(Hit { weight, words: at..at + 1, said: piece.to_owned() });
            }
            from += found.map_or(first, |(piece, _)| piece).len();
        }
    }

    /// The longest entry with which this begins.
    fn longest<'a>(&self, rest: &'a str) -> Option<(&'a str, f32)> {
        let ends = rest.char_indices().map(|(n, c)| n + c.len_utf8());
        let pieces = (1..=LONGEST_UNSPACED).zip(ends).filter(|(length, _)| self.lengths[*length]);
        pieces.filter_map(|(_, end)| Some((&rest[..end], *self.unspaced.get(&rest[..end])?))).last()
    }
}

fn first_char(text: &str) -> &str {
    &text[..text.chars().next().map_or(0, char::len_utf8)]
}

/// `i will kill|hurt you` as places, folded as a text is.
fn places(phrase: &str) -> Result<Vec<Vec<CompactString>>, &'static str> {
    let mut places: Vec<Vec<CompactString>> = Vec::new();
    for place in phrase.split_whitespace() {
        let words: Vec<Vec<CompactString>> =
            place.split('|').map(|p| Folded::of(p).words().iter().map(|w| w.text.into()).collect()).collect();
        if words.iter().all(|w| w.len() == 1) {
            places.push(words.into_iter().flatten().collect());
        } else if let [several] = &words[..]
            && !several.is_empty()
        {
            places.extend(several.iter().map(|w| vec![w.clone()]));
        } else {
            return Err("an alternative is not one word");
        }
    }
    Ok(places)
}

/// The lines of one section, `[name]`, of a list that has several.
pub fn section<'a>(list: &'a str, name: &str) -> &'a str {
    let Some((_, rest)) = list.split_once(&format!("[{name}]\n")) else { return "" };
    rest.split_once("\n[").map_or(rest, |(lines, _)| lines)
}

/// Whether one of these words stands here, in any disguise.
fn stands(place: &[CompactString], word: &Word) -> bool {
    place.iter().any(|p| {
        *p == word.text
            || word.leet.is_some_and(|leet| p == leet)
            || (word.stretched && squeeze(p) == word.keys.1.unwrap_or(word.keys.0).text)
    })
}

/// Words as folded, for the moderator's eyes.
pub fn shown(words: &[Word]) -> String {
    let mut out = String::new();
    for word in words {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.leet.unwrap_or(word.text).chars().take(40));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(list: &str, text: &str) -> Vec<String> {
        Phrases::read([list]).find(&Folded::of(text).words()).into_iter().map(|h| h.said).collect()
    }

    #[test]
    fn the_heaviest_of_those_that_begin_together() {
        let list = "0.3 kill\n0.9 kill|hurt you now\n0.5 kill you";
        assert_eq!(
            said(list, "I kill you now. Hurt you now? Kill time."),
            ["kill you now", "hurt you now", "kill"]
        );
        assert_eq!(said(list, "k1lll you"), ["killl you"]);
    }

    #[test]
    fn entries_are_folded_as_texts_are() {
        assert_eq!(said("0.5 придурок\n0.5 идиёт", "ПРИДУРОК и идиет"), ["придурок", "идиет"]);
        assert_eq!(said("0.5 blöde-kuh", "Du BLÖDE Kuh"), ["blode kuh"]);
    }

    #[test]
    fn without_spaces_the_longest_is_found_anywhere() {
        assert_eq!(said("0.5 傻瓜\n0.6 大傻瓜", "你是个大傻瓜吗，傻瓜"), ["大傻瓜", "傻瓜"]);
        assert!(said("0.5 傻瓜", "夜车终于恢复了").is_empty());
    }

    #[test]
    fn a_wrong_line_is_told() {
        let mut list = Phrases::empty();
        for line in ["word", "x word", "1.5 word", "0.5 -", "0.5 a-b|c", "0.5 a b c d e f g h i j k l m"] {
            assert!(list.line(line).is_err(), "{line}");
        }
        assert_eq!(list.len(), 0);
        for n in 1..=16 {
            assert_eq!(list.line(&format!("0.5 {}", "a".repeat(n))), Ok(()));
        }
        assert!(list.line(&format!("0.5 {}", "a".repeat(17))).is_err());
    }

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let list = "# x\n[insult]\n0.5 a\n0.5 b\n\n[hate]\n0.5 c\n";
        assert_eq!(section(list, "insult").trim(), "0.5 a\n0.5 b");
        assert_eq!(section(list, "hate").trim(), "0.5 c");
        assert_eq!(section(list, "threat"), "");
    }
}
