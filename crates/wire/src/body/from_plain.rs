//! Plain text as blocks: paragraphs with blank lines between them, or one a line; nothing in it is markup.

use super::{Block, Kind, Run, Style, to_markup::escape_line};
use crate::plain_text::is_visible;

/// Lines in one plain text; a long story has a few hundred.
const MOST_LINES: usize = 100_000;

/// An agency's plain text, or why it is refused. Blank lines part its paragraphs where there are any between its lines. Where
/// there are none, indented lines begin them if some are and all are short, as in text broken at a width;
/// else each line is one.
pub(crate) fn from_plain(text: &str) -> Result<Vec<Block>, String> {
    let text = text.trim_matches(['\n', '\r']);
    if text.lines().nth(MOST_LINES).is_some() {
        return Err(format!("has more than {MOST_LINES} lines"));
    }
    let is_indented = |line: &str| line.starts_with([' ', '\t', '\u{3000}']);
    let filled = || text.lines().filter(|line| !line.trim().is_empty());
    let parted = text.lines().any(|line| line.trim().is_empty());
    let wrapped = filled().any(is_indented)
        && !filled().all(is_indented)
        && filled().all(|line| line.chars().take(91).count() <= 90);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        let goes_on = open && (parted || (wrapped && !is_indented(line)));
        match paragraphs.last_mut() {
            Some(last) if goes_on => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => paragraphs.push(line.trim().to_owned()),
        }
        open = true;
    }
    Ok(from_paragraphs(paragraphs.iter().map(String::as_str)))
}

/// One block for each text that has anything in it.
pub(crate) fn from_paragraphs<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Block> {
    texts
        .filter_map(|text| {
            let text: Vec<String> = text
                .split_whitespace()
                .map(|word| word.chars().filter(|c| is_visible(*c)).collect())
                .collect();
            let text = text.join(" ").trim().to_owned();
            let runs = vec![Run { text, style: Style::default() }];
            (!runs[0].text.is_empty()).then_some(Block { kind: Kind::Paragraph, runs })
        })
        .collect()
}

/// A comment's plain text in the comments' markup, where a single line break is one: every line shows as it
/// was written. Blank lines part paragraphs; those at its ends are dropped.
pub(crate) fn comment_markup(lines: &[&str]) -> String {
    let mut out = String::new();
    let mut gap = false;
    for line in lines {
        let line: String = line.chars().filter(|c| is_visible(*c)).collect();
        let line = line.trim();
        if line.is_empty() {
            gap = !out.is_empty();
            continue;
        }
        if !out.is_empty() {
            out.push_str(if gap { "\n\n" } else { "\n" });
        }
        gap = false;
        out.push_str(&escape_line(line));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(plain: &str) -> Vec<String> {
        from_plain(plain).expect("few lines").iter().map(Block::text).collect()
    }

    #[test]
    fn paragraphs() {
        assert_eq!(texts("One\ntwo\r\n\r\n\n Three \n"), ["One two", "Three"]);
        assert_eq!(texts("\n\nOne.\nTwo.\n\n"), ["One.", "Two."]);
        assert_eq!(texts("   One begins\nand ends.\n   Two\nends."), ["One begins and ends.", "Two ends."]);
        assert_eq!(texts(" \u{200e}\u{0} \n"), Vec::<String>::new());
    }

    #[test]
    fn comments_keep_their_lines() {
        let lines = ["", "One & <3", "* two", "", " ", "three  ", ""];
        assert_eq!(comment_markup(&lines), "One & <3\n\\* two\n\nthree");
        assert_eq!(comment_markup(&["- a", "1. b", "&amp;", "---"]), "\\- a\n1\\. b\n\\&amp;\n\\---");
    }
}
