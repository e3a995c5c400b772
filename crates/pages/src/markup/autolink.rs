//! Addresses that stand bare in a text: where they begin, and what after them is punctuation.

use std::ops::Range;

/// Addresses in a text, in order: `http://…`, `https://…`, `www.…`. One pass.
pub fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !matches!(bytes[at], b'h' | b'H' | b'w' | b'W') || !begins_word(text, at) {
            at += 1;
            continue;
        }
        let Some(scheme) = ["https://", "http://", "www."].into_iter().find(|s| has_prefix(&bytes[at..], s))
        else {
            at += 1;
            continue;
        };
        let run = run_length(&text[at..]);
        let end = at + trimmed(&text[at..at + run]);
        if text[at..end].get(scheme.len()..).is_some_and(|host| host.starts_with(char::is_alphanumeric)) {
            found.push(at..end);
        }
        at += run.max(1);
    }
    found
}

fn has_prefix(bytes: &[u8], prefix: &str) -> bool {
    bytes.len() >= prefix.len() && bytes[..prefix.len()].eq_ignore_ascii_case(prefix.as_bytes())
}

fn begins_word(text: &str, at: usize) -> bool {
    // Between Chinese letters and an address there is no space, so only ASCII letters join it.
    at == 0
        || !(text.as_bytes()[at - 1].is_ascii_alphanumeric()
            || matches!(text.as_bytes()[at - 1], b'/' | b'@'))
}

/// Bytes up to the first character that ends an address.
fn run_length(text: &str) -> usize {
    text.find(|c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '“' | '”' | '«' | '»' | '…')
            || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
    })
    .unwrap_or(text.len())
}

/// Bytes left when the punctuation of the sentence around it is taken off the end.
fn trimmed(address: &str) -> usize {
    let mut unpaired = address.matches(')').count().saturating_sub(address.matches('(').count());
    let mut end = address.len();
    for (at, c) in address.char_indices().rev() {
        match c {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '*' | '_' | '~' | ']' | '}' => {}
            ')' if unpaired > 0 => unpaired -= 1,
            _ => break,
        }
        end = at;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_without_the_sentence_around_them() {
        for (text, want) in [
            ("see https://a.example/x.", vec!["https://a.example/x"]),
            ("(http://a.example/b_(c))", vec!["http://a.example/b_(c)"]),
            ("www.a.example, and HTTP://B.example/?q=1!", vec!["www.a.example", "HTTP://B.example/?q=1"]),
            ("见https://a.example/页。再见", vec!["https://a.example/页"]),
            ("xhttp://a.example http:// https://. www. ftp://a", vec![]),
            ("https://a.example/?u=http://b.example", vec!["https://a.example/?u=http://b.example"]),
        ] {
            let found: Vec<&str> = addresses(text).into_iter().map(|r| &text[r]).collect();
            assert_eq!(found, want, "{text}");
        }
    }
}
