//! The name a reader signs with: cleaned, and refused where it would deceive.

use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

/// Characters that are invisible or turn the direction of what follows: never part of a name or a text.
pub fn is_deceptive(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}' | '\u{200E}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// One line: composed (NFC), without control and deceptive characters, spaces folded.
pub fn clean_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        if c.is_whitespace() {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
        } else if !c.is_control() && !is_deceptive(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// What two names have in common when they look alike: look-alike letters folded (UTS 39), case, spaces
/// and punctuation dropped.
pub fn look(name: &str) -> String {
    // Twice: a capital may look like another script's capital, and its small letter like ours.
    let folded: String = skeleton(name).collect::<String>().to_lowercase();
    skeleton(&folded)
        .filter(|c| c.is_alphanumeric())
        .map(|c| match c {
            // Digits that commonly stand for letters.
            '0' => 'o',
            '1' | '|' | 'i' => 'l',
            '3' => 'e',
            '5' => 's',
            c => c,
        })
        .collect()
}

/// Does this name imitate one of the reserved ones (staff, the paper, `Editor`, `Moderator`)?
pub fn imitates<'a>(name: &str, reserved: impl IntoIterator<Item = &'a str>) -> bool {
    let look_of_name = look(name);
    !look_of_name.is_empty() && reserved.into_iter().any(|r| look(r) == look_of_name)
}

/// Names that belong to the house wherever it stands.
pub const RESERVED: [&str; 9] = [
    "editor",
    "the editor",
    "editors",
    "moderator",
    "moderators",
    "admin",
    "administrator",
    "staff",
    "newsroom",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_alike() {
        for imitation in
            ["Moderator", "M0derat0r", "Моdеrаtоr", "m o d e r a t o r", "mode\u{200b}rator", "MODERATOR!"]
        {
            assert!(imitates(&clean_line(imitation), RESERVED), "{imitation}");
        }
        for honest in ["Mode", "Günter Öz", "Reader 7", "old salt", "李明", "Edith Orr"] {
            assert!(!imitates(honest, RESERVED), "{honest}");
        }
    }

    #[test]
    fn direction_marks_and_controls_go() {
        assert_eq!(clean_line("  a\u{202e}b\u{0}\t\n c "), "ab c");
    }
}
