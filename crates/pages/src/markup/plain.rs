//! The markup as bare text, for summaries, descriptions, feeds' titles and structured data.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{parsed, without_nul};

/// The text without its markup, in one line: blocks and line breaks are single spaces.
pub fn plain(text: &str) -> String {
    let text = without_nul(text);
    let mut out = String::with_capacity(text.len());
    parsed(&text, |events| {
        for event in events {
            match event {
                Event::Text(t) | Event::Html(t) | Event::InlineHtml(t) | Event::Code(t) => out.push_str(&t),
                Event::SoftBreak | Event::HardBreak | Event::Rule => out.push(' '),
                Event::Start(Tag::List(_) | Tag::Item | Tag::BlockQuote(_)) => out.push(' '),
                Event::End(
                    TagEnd::Paragraph
                    | TagEnd::Heading(_)
                    | TagEnd::Item
                    | TagEnd::CodeBlock
                    | TagEnd::HtmlBlock
                    | TagEnd::BlockQuote(_),
                ) => out.push(' '),
                _ => {}
            }
        }
    });
    let mut line = String::with_capacity(out.len());
    for word in out.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The beginning of a text as bare text, at most so many characters, cut at a word with an ellipsis.
pub fn summary(text: &str, most: usize) -> String {
    // The end of a long text cannot show: paragraphs beyond it are not read. Markup takes room too.
    let enough = most.saturating_mul(8).saturating_add(400);
    let beyond =
        text.bytes().skip(enough).zip(text.bytes().skip(enough + 1)).position(|pair| pair == (b'\n', b'\n'));
    let line = plain(beyond.map_or(text, |at| &text[..enough + at]));
    let Some((end, _)) = line.char_indices().nth(most) else { return line };
    // One character is left for the ellipsis; a script without spaces is cut where it stands.
    let last = line[..end].char_indices().next_back().map_or(0, |(at, _)| at);
    let cut = line[..last].rfind(' ').filter(|&at| at > last / 2).unwrap_or(last);
    format!("{}…", line[..cut].trim_end_matches([' ', ',', ';', ':', '.', '-', '–', '—']))
}
