//! `&eacute;` and its kin, for many texts at once, as browsers read them.

use scraper::{Html, Node};

/// Every text with its character references read. One parse for all: the texts stand between void elements,
/// so that no tree grows and the cost is that of their length.
pub(crate) fn decoded<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut html = String::new();
    let mut plain: Vec<Option<&str>> = Vec::new();
    for text in texts {
        plain.push((!text.contains('&')).then_some(text));
        if text.contains('&') {
            for c in text.chars() {
                match c {
                    '<' => html.push_str("&lt;"),
                    c => html.push(c),
                }
            }
            html.push_str("<hr>");
        }
    }
    let mut read = Vec::new();
    if !html.is_empty() {
        let parsed = Html::parse_fragment(&html);
        let mut current = String::new();
        // Vec-backed and traversed without recursion.
        for node in parsed.tree.nodes() {
            match node.value() {
                Node::Text(text) => current.push_str(text),
                Node::Element(element) if element.name() == "hr" => read.push(std::mem::take(&mut current)),
                _ => {}
            }
        }
    }
    let mut read = read.into_iter();
    plain.into_iter().map(|p| p.map_or_else(|| read.next().unwrap_or_default(), str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_in_its_place() {
        let texts = [
            "a",
            "&amp;lt; &eacute;&hellip;",
            "",
            "R&D",
            "&#8212;&#x2014;&notit;",
            "<&lt;hr&gt;",
            " &nbsp;",
            "&#0;",
        ];
        let want = ["a", "&lt; é…", "", "R&D", "——¬it;", "<<hr>", " \u{a0}", "\u{fffd}"];
        assert_eq!(decoded(texts.into_iter()), want);
        assert!(decoded([].into_iter()).is_empty());
    }
}
