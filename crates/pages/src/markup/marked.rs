//! Marks words in HTML that was rendered here, for the moderator's eye.

use super::escape;

/// Words looked for at most.
const MOST: usize = 24;

/// The HTML with each of `words` in `mark` elements wherever it stands in the text, in any case of ASCII
/// letters. Tags are left as they are; a word broken by a tag is not found.
pub fn marked(html: &str, words: &[&str]) -> String {
    let wanted: Vec<String> =
        words.iter().filter(|w| w.chars().count() > 2).take(MOST).map(|w| escape(w)).collect();
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        mark_text(&mut out, &rest[..open], &wanted);
        let end = rest[open..].find('>').map_or(rest.len(), |n| open + n + 1);
        out.push_str(&rest[open..end]);
        rest = &rest[end..];
    }
    mark_text(&mut out, rest, &wanted);
    out
}

fn mark_text(out: &mut String, text: &str, wanted: &[String]) {
    let mut from = 0;
    while let Some((at, length)) = first(&text[from..], wanted) {
        out.push_str(&text[from..from + at]);
        out.push_str("<mark>");
        out.push_str(&text[from + at..from + at + length]);
        out.push_str("</mark>");
        from += at + length;
    }
    out.push_str(&text[from..]);
}

/// The first place of any of them; of two at one place, the longer.
fn first(text: &str, wanted: &[String]) -> Option<(usize, usize)> {
    let lower = text.to_ascii_lowercase();
    let places = wanted.iter().filter_map(|word| {
        let at = lower.find(&word.to_ascii_lowercase())?;
        Some((at, word.len()))
    });
    places.min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))
}

#[cfg(test)]
mod tests {
    use super::marked;
    use crate::markup::comment_html;

    #[test]
    fn words_are_marked_in_text_and_never_in_tags() {
        let html = comment_html("You FOOL, see https://fool.example/ and *fool*. 1 < 2 & \"best deal\"");
        let out = marked(&html, &["fool", "best deal", "a", "\"", "href"]);
        assert!(out.contains("You <mark>FOOL</mark>,"), "{out}");
        assert!(out.contains("<em><mark>fool</mark></em>"), "{out}");
        assert!(out.contains("<mark>best deal</mark>"), "{out}");
        assert!(out.contains("href=\"https://fool.example/\""), "an address in a tag stays whole: {out}");
        assert_eq!(out.replace("<mark>", "").replace("</mark>", ""), html);
        assert_eq!(marked("<b>ü</b> Дурак", &["Дурак"]), "<b>ü</b> <mark>Дурак</mark>");
    }
}
