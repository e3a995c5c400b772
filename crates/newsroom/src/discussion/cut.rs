//! Taking one passage out of a comment: the rest stays, and the gap is seen.

/// Stands where something was cut.
pub const GAP: &str = "[…]";

/// The text without the passage, wherever it stands in it; `None` where it does not, or where nothing
/// else would be left: that is a removal.
pub fn cut(text: &str, passage: &str) -> Option<String> {
    // Browsers send line ends of a text field as CRLF.
    let passage = passage.replace("\r\n", "\n");
    let passage = passage.trim();
    if passage.is_empty() || !text.contains(passage) {
        return None;
    }
    let rest = text.replace(passage, "");
    rest.chars().any(char::is_alphanumeric).then(|| text.replace(passage, GAP))
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn the_rest_stays() {
        let text = "The ferry is late.\n\nYou fool. It always was.";
        assert_eq!(cut(text, " You fool.\r\n").as_deref(), Some("The ferry is late.\n\n[…] It always was."));
        assert_eq!(cut(text, "late.\r\n\r\nYou").as_deref(), Some("The ferry is […] fool. It always was."));
        for not in ["", "  ", "you fool", "The ferry is late.\n\nYou fool. It always was."] {
            assert_eq!(cut(text, not), None, "{not:?}");
        }
        assert_eq!(cut("You fool!", "You fool"), None, "a mark alone is nothing left");
    }
}
