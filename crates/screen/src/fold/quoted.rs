//! What is quoted or reported rather than said.

use super::Word;
use crate::bytes;
use std::ops::Range;

/// How far a reported word may stand after `called me`.
const REPORTED: usize = 6;

/// Pairs of quotation marks, and lines that begin with `>`, in bytes and in order. A mark that is never
/// closed quotes nothing.
pub fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Most texts hold none of the signs, nor a first byte of one.
    if !bytes::any(text, |b| matches!(b, b'"' | b'>' | 0xC2 | 0xE2)) {
        return found;
    }
    let mut open: Option<(usize, char)> = None;
    let mut line_start = true;
    let mut quoted_line = None;
    for (at, c) in text.char_indices() {
        if line_start && c == '>' {
            quoted_line = Some(at);
        }
        if c == '\n' {
            if let Some(from) = quoted_line.take() {
                found.push(from..at);
            }
            open = None;
        }
        line_start = c == '\n' || (line_start && c == ' ');
        if quoted_line.is_some() {
            continue;
        }
        match (open, c) {
            (Some((from, closing)), c) if c == closing => {
                found.push(from..at);
                open = None;
            }
            (None, '"') => open = Some((at, '"')),
            (None, '“') => open = Some((at, '”')),
            (None, '„') => open = Some((at, '“')),
            (None, '«') => open = Some((at, '»')),
            (None, '‘') => open = Some((at, '’')),
            _ => {}
        }
    }
    if let Some(from) = quoted_line {
        found.push(from..text.len());
    }
    found
}

/// `they called me a …`, `stop calling people …`: what follows is reported, not said.
pub fn mark_reported(words: &mut [Word]) {
    for at in 0..words.len() {
        // Nearly every word is none of these, and is told by its first letter.
        if !matches!(words[at].text.as_bytes().first(), Some(b'c' | b'l' | b's' | b'y' | b't' | b'w')) {
            continue;
        }
        let reports = match words[at].text {
            "calling" | "labelled" | "labeled" | "saying" | "claiming" | "shouting" | "yelling" => true,
            "called" | "calls" | "call" | "told" | "tells" => words.get(at + 1).is_some_and(|w| {
                matches!(w.text, "me" | "us" | "him" | "her" | "them" | "people" | "my" | "each")
            }),
            "said" | "says" | "shouted" | "wrote" => at > 0 && words[at - 1].text != "i",
            "say" | "claim" | "think" | "write" => {
                at > 0
                    && matches!(
                        words[at - 1].text,
                        "who"
                            | "they"
                            | "some"
                            | "cannot"
                            | "cant"
                            | "dont"
                            | "never"
                            | "nobody"
                            | "anybody"
                            | "anyone"
                    )
            }
            _ => false,
        };
        if reports {
            for word in words.iter_mut().skip(at + 1).take(REPORTED) {
                // `you` ends a report: it is said to somebody here.
                if matches!(word.text, "you" | "youre" | "your") {
                    break;
                }
                word.quoted = true;
            }
        }
    }
}
