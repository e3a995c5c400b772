//! Text as it comes: decoded, cleaned of what nobody can see, folded to a line.

use crate::Malformed;
use newsroom::discussion::name::{clean_line, is_deceptive};

/// The bytes as text, without a byte order mark. The fault names the line and the byte.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, Malformed> {
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let at = e.valid_up_to();
        let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
        Malformed::line(line, format!("is not UTF-8 (byte {})", at + 1))
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Whether a character may stand in a text that readers see; white space may.
pub(crate) fn is_visible(c: char) -> bool {
    c.is_whitespace() || !(c.is_control() || is_deceptive(c))
}

/// One line, cut at `most` characters.
pub(crate) fn line(text: &str, most: usize) -> String {
    // What is far beyond the cut need not be composed.
    let near: String = text.chars().take(most.saturating_mul(4)).collect();
    let line = clean_line(&near);
    match line.char_indices().nth(most) {
        Some((at, _)) => line[..at].trim_end().to_owned(),
        None => line,
    }
}

/// For messages: the beginning of what was found, in quotation marks.
pub(crate) fn shown(text: &str) -> String {
    let start = line(text, 40);
    if start.chars().count() < clean_line(&text.chars().take(200).collect::<String>()).chars().count() {
        format!("“{start}…”")
    } else {
        format!("“{start}”")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_name_the_line() {
        assert_eq!(utf8(b"\xef\xbb\xbfa"), Ok("a"));
        assert_eq!(utf8(b"a\nb\xff").map_err(|m| m.to_string()), Err("line 2: is not UTF-8 (byte 4)".into()));
    }

    #[test]
    fn lines_are_cut_and_cleaned() {
        assert_eq!(line(" a\u{202e}\n b\u{7}", 10), "a b");
        assert_eq!(line("äöü", 2), "äö");
        assert_eq!(shown(&"x".repeat(50)), format!("“{}…”", "x".repeat(40)));
    }
}
