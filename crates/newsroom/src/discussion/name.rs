//! The name a reader signs with: cleaned, and refused where it would deceive.

use super::disguise::undressed;
use std::{borrow::Cow, sync::LazyLock};
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

/// What two names have in common when they look alike: forms of a letter as that letter (NFKC), look-alike letters
/// folded (UTS 39), case, spaces and punctuation dropped. Stored looks are made anew where this changes: [`FOLD`].
pub fn look(name: &str) -> String {
    let plain = plain(name);
    // Three times: a small letter may look like ours, or its capital like our capital, or that one's small letter.
    let large = bones(&plain).to_uppercase();
    let small = bones(&large).to_lowercase();
    let bones = bones(&small);
    let mut chars = bones.chars().filter(|c| !is_mark(*c)).peekable();
    let mut behind = ' ';
    let mut found = Vec::new();
    while let Some(c) = chars.next() {
        let within = behind.is_alphanumeric() && chars.peek().is_some_and(|next| is_word(*next));
        behind = match c {
            // What commonly stands for letters.
            '@' if within => 'a',
            '$' if within => 's',
            '0' => 'o',
            '1' | '|' | 'i' => 'l',
            '3' => 'e',
            '5' => 's',
            c => c,
        };
        if behind.is_alphanumeric() {
            found.push(behind);
        }
    }
    // A number of more digits at the end is one: whoever is `Ada 47` is not `Ada At`.
    let number = found.iter().rev().take_while(|c| c.is_numeric()).count();
    let lettered = match number {
        1 if found.len() > 1 => found.len(),
        _ => found.len() - number,
    };
    for c in &mut found[..lettered] {
        *c = match *c {
            '4' => 'a',
            '7' => 't',
            c => c,
        };
    }
    found.into_iter().collect()
}

/// Of a name that long nobody sees the rest; folding it all would take a second.
const MOST_FOLDED: usize = 1_000;

/// What is written above, below or around a letter, small letters too.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{2DE0}'..='\u{2DFF}' | '\u{A66F}'..='\u{A67D}' | '\u{FE20}'..='\u{FE2F}')
}

/// Whether it goes on with the word: `Br@ndt`, `gra$$`.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '@' | '$')
}

/// Forms of a letter as that letter.
fn plain(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        // Each is its own plain form.
        return Cow::Borrowed(&name[..name.len().min(MOST_FOLDED)]);
    }
    let letters = name.chars().take(MOST_FOLDED).map(undressed).nfkc().flat_map(|c| {
        if matches!(c, 'ß' | 'ẞ') { ['s'; 2].into_iter().take(2) } else { [c; 2].into_iter().take(1) }
    });
    Cow::Owned(letters.collect())
}

/// What the table of look-alikes takes for the same; where that is a letter in a dress, the plain one.
fn bones(text: &str) -> String {
    // Each comment's name is asked several times, and most are in these letters, which the table takes one by one.
    static ASCII: LazyLock<[String; 128]> = LazyLock::new(|| {
        std::array::from_fn(|c| bones_by_table(char::from(c as u8).encode_utf8(&mut [0; 4])))
    });
    if text.is_ascii() {
        text.bytes().map(|c| ASCII[usize::from(c)].as_str()).collect()
    } else {
        bones_by_table(text)
    }
}

fn bones_by_table(text: &str) -> String {
    skeleton(text).map(undressed).collect()
}

/// Which way of folding [`look`] is; a higher number with each change of it, or of which looks are kept.
pub const FOLD: u32 = 4;

/// By both of these a name is compared where more than one must not be imitated: a capital may look like another
/// letter than its small one does, and neither hides the name.
pub fn looks(name: &str) -> [String; 2] {
    let look_of_name = look(name);
    let of_small = if name.is_ascii() { look_of_name.clone() } else { look(&name.to_lowercase()) };
    [look_of_name, of_small]
}

/// Under which a name is kept: one spelled in other capitals is no other, and [`looks`] has it for both spellings.
pub fn own_look(name: &str) -> String {
    let [_, of_small] = looks(name);
    of_small
}

/// Does this name imitate one of these?
pub fn imitates<'a>(name: &str, others: impl IntoIterator<Item = &'a str>) -> bool {
    let own = looks(name);
    !own[0].is_empty() && others.into_iter().any(|other| looks(other).iter().any(|look| own.contains(look)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_letters_are_folded_alike_one_by_one_and_together() {
        let all: String = (0..128u8).map(char::from).collect();
        assert_eq!(bones(&all), bones_by_table(&all));
        for name in [&all, "Mimi 0'Hara |1I\"`", ""] {
            assert_eq!(bones(name), bones_by_table(name));
            // One letter that is not ours takes the long way.
            assert_eq!(look(&format!("{name}é")), look(name) + "e");
        }
    }

    #[test]
    fn looks_alike() {
        for (one, other) in [
            ("Mette Holm", "mette  holm!"),
            ("Mette Holm", "Меtte Hоlm"),
            ("Mette Holm", "M3tte HoIm"),
            ("Mette Holm", "ᴍᴇᴛᴛᴇ ʜᴏʟᴍ"),
            ("Mette Holm", "ⓜⓔⓣⓣⓔ ⓗⓞⓛⓜ"),
            ("Mette Holm", "ＭＥＴＴＥ　ＨＯＬＭ"),
            ("Mette Holm", "𝑀𝑒𝑡𝑡𝑒 𝐻𝑜𝑙𝑚"),
            ("Mette Holm", "ᵐᵉᵗᵗᵉ ʰᵒˡᵐ"),
            ("Том Кент", "ТОМ КЕНТ"),
            ("Strauß", "STRAUSS"),
            ("李明", "李 明"),
            ("Mette Brandt", "M3tt3 Br@ndt"),
            ("Mette Brandt", "Mette Br4nd7"),
            ("Mette Brandt", "Me\u{1de7}tte Br\u{20dd}an\u{fe20}dt\u{1ab0}"),
            ("Tessa", "Te$$a"),
            ("Mette", "@mette"),
            ("Том", "То\u{2de0}м\u{a67c}"),
        ] {
            assert_eq!(look(one), look(other), "{one} {other}");
        }
        for (one, other) in [
            ("Mette", "Mete"),
            ("Ada 47", "Ada At"),
            ("Ada 47", "Ada 74"),
            ("ada@", "adaa"),
            ("47", "at"),
            ("李明", "李朋"),
            ("Strauß", "Straub"),
            ("Анна", "Инна"),
            ("राम", "रमा"),
        ] {
            assert_ne!(look(one), look(other), "{one} {other}");
        }
        for name in [
            "Mette Holm",
            "ᴍᴇᴛᴛᴇ",
            "Том Кент",
            "Günter Öz",
            "李明",
            "Ο Νίκος",
            "राम",
            "Ada 47",
            "Ada 4",
            "7 Ada 47 Bo 404",
        ] {
            assert_eq!(look(&look(name)), look(name), "{name}: a stored look can be folded anew");
        }
        for (name, others) in [
            ("Борис", ["борис", "БОРИС"]),
            ("Сергей", ["СЕРГЕЙ", "cepгeй"]),
            ("Νίκος", ["νίκος", "ΝΙΚΟΣ"]),
            ("Mette Holm", ["METTE HOLM", "Меtte Hоlm"]),
        ] {
            for other in others {
                assert!(looks(other).contains(&own_look(name)), "{name} {other}");
            }
            assert_eq!(own_look(&own_look(name)), own_look(name), "{name}: kept, it is kept as it is");
        }
        assert!(imitates("Штаб", ["ШТАБ"]) && imitates("гость", ["Гость"]) && !imitates("…", ["!"]));
    }

    #[test]
    fn a_name_is_folded_no_further_than_anybody_reads() {
        let endless = "\u{fdfa}".repeat(20_000);
        assert_eq!(look(&endless), look(&endless[..3_000]));
        assert_ne!(look(&endless), look(&endless[..2_997]));
    }

    #[test]
    fn direction_marks_and_controls_go() {
        assert_eq!(clean_line("  a\u{202e}b\u{0}\t\n c "), "ab c");
    }
}
