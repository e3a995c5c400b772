//! What a reader asks for: words that must all be there, phrases in quotes, words that must not.

use super::analyse::{Kind, Word, stem, words, words_if};
use std::collections::HashSet;

/// Words and phrases of one question at most.
const MOST: usize = 12;

/// A question as the index understands it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    wanted: Vec<Phrase>,
    unwanted: Vec<Phrase>,
}

/// Terms that stand next to each other.
type Phrase = Vec<String>;

/// Reads a question: `night "two ports" -ferry`.
pub fn query(text: &str) -> Query {
    let mut query = Query::default();
    let mut quoted = false;
    for part in text.split('"') {
        let (negated, phrase) = (quoted && text_before_is_minus(text, part), quoted);
        if phrase {
            let terms: Vec<String> = words(part).flat_map(|w| asked(&w)).collect();
            query.add(terms, negated);
        } else {
            for chunk in part.split_whitespace() {
                let negated = chunk.starts_with('-') && chunk.len() > 1;
                for word in words(chunk) {
                    match word.kind {
                        Kind::Plain => query.add(asked(&word), negated),
                        // Pairs of a run need not stand in one place: a name may be written apart.
                        Kind::Paired => {
                            asked(&word).into_iter().for_each(|term| query.add(vec![term], negated))
                        }
                    }
                }
            }
        }
        quoted = !quoted;
    }
    query
}

fn text_before_is_minus(text: &str, part: &str) -> bool {
    let at = part.as_ptr() as usize - text.as_ptr() as usize;
    text[..at].ends_with("-\"")
}

/// One term for a word; the pairs of a run, or its only character.
fn asked(word: &Word) -> Vec<String> {
    match word.kind {
        Kind::Plain => vec![stem(&word.text)],
        Kind::Paired => {
            let chars: Vec<char> = word.text.chars().collect();
            match chars.len() {
                1 => vec![chars[0].to_string()],
                _ => chars.windows(2).map(|pair| pair.iter().collect()).collect(),
            }
        }
    }
}

impl Query {
    fn add(&mut self, terms: Phrase, negated: bool) {
        if terms.is_empty() || self.wanted.len() + self.unwanted.len() >= MOST {
            return;
        }
        let list = if negated { &mut self.unwanted } else { &mut self.wanted };
        if !list.contains(&terms) {
            list.push(terms);
        }
    }

    /// For SQLite; `None` where nothing is asked for. Every term stands in quotes, so none can be an operator.
    pub fn fts5(&self) -> Option<String> {
        let phrase = |terms: &Phrase| format!("\"{}\"", terms.join(" ").replace('"', ""));
        let wanted: Vec<String> = self.wanted.iter().map(phrase).collect();
        if wanted.is_empty() {
            return None;
        }
        let mut asked = wanted.join(" AND ");
        if !self.unwanted.is_empty() {
            let unwanted: Vec<String> = self.unwanted.iter().map(phrase).collect();
            asked = format!("({asked}) NOT ({})", unwanted.join(" OR "));
        }
        Some(asked)
    }

    /// For PostgreSQL, likewise.
    pub fn tsquery(&self) -> Option<String> {
        let term = |t: &String| format!("'{}'", t.replace('\\', "").replace('\'', "''"));
        let phrase = |terms: &Phrase| {
            let terms: Vec<String> = terms.iter().map(term).collect();
            format!("({})", terms.join(" <-> "))
        };
        let wanted: Vec<String> = self.wanted.iter().map(phrase).collect();
        if wanted.is_empty() {
            return None;
        }
        let unwanted = self.unwanted.iter().map(|p| format!("!{}", phrase(p)));
        Some(wanted.into_iter().chain(unwanted).collect::<Vec<_>>().join(" & "))
    }

    fn terms(&self) -> HashSet<&str> {
        self.wanted.iter().flatten().map(String::as_str).collect()
    }
}

/// The passage of at most `most` characters around the first word asked for, in pieces, each with whether
/// it is one of those words. Where none is there, the beginning.
pub fn extract(text: &str, query: &Query, most: usize) -> Vec<(String, bool)> {
    let terms = query.terms();
    // A stem begins as its word does; so most words need not be looked at.
    let firsts: HashSet<char> = terms.iter().filter_map(|t| t.chars().next()).collect();
    let wanted = move |first: char| !first.is_ascii() || firsts.contains(&first.to_ascii_lowercase());
    let mut marks: Vec<(usize, usize)> = Vec::new();
    let mut until = usize::MAX;
    for word in words_if(text, wanted) {
        if word.from > until {
            break;
        }
        let before = marks.len();
        match word.kind {
            Kind::Plain if terms.contains(stem(&word.text).as_str()) => marks.push((word.from, word.to)),
            Kind::Paired => mark_pairs(&text[word.from..word.to], word.from, &terms, &mut marks),
            Kind::Plain => {}
        }
        if before == 0 && !marks.is_empty() {
            // What lies further than this cannot be shown any more.
            until = marks[0].0 + 4 * most;
        }
    }
    let start = marks.first().map_or(0, |(from, _)| beginning(text, *from, most / 3));
    let mut pieces: Vec<(String, bool)> = Vec::new();
    if start > 0 {
        pieces.push(("… ".into(), false));
    }
    let end = text[start..].char_indices().nth(most).map_or(text.len(), |(at, _)| start + at);
    let mut at = start;
    for (from, to) in marks.into_iter().filter(|(from, to)| *from >= start && *to <= end) {
        if from > at {
            pieces.push((one_line(&text[at..from]), false));
        }
        pieces.push((text[from..to].to_owned(), true));
        at = to;
    }
    if at < end {
        pieces.push((one_line(&text[at..end]), false));
    }
    if end < text.len() {
        pieces.push((" …".into(), false));
    }
    pieces
}

/// Characters of a run whose pair, or who themselves, were asked for.
fn mark_pairs(run: &str, offset: usize, terms: &HashSet<&str>, marks: &mut Vec<(usize, usize)>) {
    let chars: Vec<(usize, char)> = run.char_indices().collect();
    for (n, (at, c)) in chars.iter().enumerate() {
        let mut pair = String::from(*c);
        let alone = terms.contains(pair.as_str());
        let next = chars.get(n + 1);
        pair.extend(next.map(|(_, c)| *c));
        let paired = next.is_some() && terms.contains(pair.as_str());
        if !alone && !paired {
            continue;
        }
        let last = if paired { next.map_or((*at, *c), |n| *n) } else { (*at, *c) };
        let (from, to) = (offset + at, offset + last.0 + last.1.len_utf8());
        match marks.last_mut() {
            Some((_, end)) if *end >= from => *end = to.max(*end),
            _ => marks.push((from, to)),
        }
    }
}

/// The start of a word some `before` characters ahead of `at`.
fn beginning(text: &str, at: usize, before: usize) -> usize {
    let mut start = text[..at].char_indices().rev().nth(before).map_or(0, |(i, _)| i);
    if start > 0
        && let Some(space) = text[start..at].find(char::is_whitespace)
    {
        start += space + text[start + space..].chars().next().map_or(0, char::len_utf8);
    }
    start
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}
