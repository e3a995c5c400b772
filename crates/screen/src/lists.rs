//! The lists in `lists/`: English by kind, the other languages in one file each with a section for each kind.

use crate::phrases::{Phrases, section};

const OTHERS: [&str; 4] = [
    include_str!("lists/ru.txt"),
    include_str!("lists/de.txt"),
    include_str!("lists/es.txt"),
    include_str!("lists/zh.txt"),
];

/// The English list of a kind, and the sections of that kind in the other languages.
pub fn phrases(english: &str, kind: &str) -> Phrases {
    Phrases::read([english].into_iter().chain(OTHERS.iter().map(|list| section(list, kind))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_list_is_lost() {
        for (english, kind) in [
            (include_str!("lists/insult.txt"), "insult"),
            (include_str!("lists/hate.txt"), "hate"),
            (include_str!("lists/threat.txt"), "threat"),
            (include_str!("lists/advertising.txt"), "advertising"),
            (include_str!("lists/sexual.txt"), "sexual"),
            (include_str!("lists/telephone.txt"), "telephone"),
            (include_str!("lists/door.txt"), "door"),
        ] {
            let mut lines = 0;
            for list in [english].into_iter().chain(OTHERS.iter().map(|list| section(list, kind))) {
                let mut read = Phrases::empty();
                for line in list.lines() {
                    assert_eq!(read.line(line), Ok(()), "{kind}: {line}");
                }
                assert!(read.len() >= 5, "{kind}: a language has {}", read.len());
                lines += read.len();
            }
            assert_eq!(phrases(english, kind).len(), lines);
        }
        let offering = include_str!("lists/offering.txt");
        for line in [section(offering, "words"), section(offering, "shops")].into_iter().flat_map(str::lines)
        {
            assert_eq!(Phrases::empty().line(line), Ok(()), "{line}");
        }
    }
}
