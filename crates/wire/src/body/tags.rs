//! HTML cut into tags and text in one pass, by the rules of the HTML standard's tokenizer.
//!
//! The tree that browsers build of it is not built: for hostile input its cost grows with the square of
//! the length (open elements, attributes) or worse (reopened formatting), and flat markup has no use for it.

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Character references still in it.
    Text(&'a str),
    /// Name in lower case; the first `href`, as written.
    Start(String, Option<&'a str>),
    End(String),
}

/// Elements whose content is not markup, and is no text for readers either.
const RAW: [&str; 8] = ["script", "style", "iframe", "textarea", "title", "xmp", "noembed", "noframes"];

/// Longest element name that is told apart.
const LONGEST_NAME: usize = 24;

/// The pieces in order, or `None` when there are more than `most`.
pub(crate) fn pieces(html: &str, most: usize) -> Option<Vec<Piece<'_>>> {
    let mut out = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        if out.len() >= most {
            return None;
        }
        let Some(at) = next_markup(rest) else {
            out.push(Piece::Text(rest));
            break;
        };
        if at > 0 {
            out.push(Piece::Text(&rest[..at]));
        }
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = after_comment(comment);
        } else if rest.starts_with("<!") || rest.starts_with("<?") || !is_tag(rest) {
            // A doctype, a processing instruction, or `</` and no letter: a bogus comment to browsers.
            rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
        } else if let Some(tag) = rest.strip_prefix("</") {
            let (name, _, after) = tag_at(tag);
            rest = after;
            if !name.is_empty() {
                out.push(Piece::End(name));
            }
        } else {
            let (name, href, after) = tag_at(&rest[1..]);
            rest = after;
            match RAW.iter().find(|raw| **raw == name) {
                Some(raw) => rest = after_raw(rest, raw),
                None if name.is_empty() => {}
                None => out.push(Piece::Start(name, href)),
            }
        }
    }
    Some(out)
}

/// Where the next `<` stands that opens something: before a letter, `/`, `!` or `?`.
fn next_markup(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes
        .windows(2)
        .position(|w| w[0] == b'<' && (w[1].is_ascii_alphabetic() || matches!(w[1], b'/' | b'!' | b'?')))
}

/// `<a` or `</a`.
fn is_tag(text: &str) -> bool {
    let bytes = text.as_bytes();
    let at = if bytes.get(1) == Some(&b'/') { 2 } else { 1 };
    bytes.get(at).is_some_and(u8::is_ascii_alphabetic)
}

fn after_comment(text: &str) -> &str {
    // `<!-->` and `<!--->` end at once.
    if let Some(rest) = text.strip_prefix('>').or_else(|| text.strip_prefix("->")) {
        return rest;
    }
    // Both ends in one pass: a search for each would read on to the end of the file for every comment.
    for (at, _) in text.match_indices('>') {
        let comment = &text[..at];
        if comment.ends_with("--") || comment.ends_with("--!") {
            return &text[at + 1..];
        }
    }
    ""
}

/// After the end tag of a raw element; everything to the end belongs to it where there is none.
fn after_raw<'a>(text: &'a str, name: &str) -> &'a str {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = text[from..].find("</").map(|at| at + from) {
        let end = at + 2 + name.len();
        let named = bytes.get(at + 2..end).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
        if named && bytes.get(end).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')) {
            return tag_at(&text[at + 2..]).2;
        }
        from = at + 2;
    }
    ""
}

/// Name, `href` and what follows the tag, from the first letter of its name on. A tag that never ends takes
/// all that is left with it, as in browsers; its name is then empty.
fn tag_at(text: &str) -> (String, Option<&str>, &str) {
    let bytes = text.as_bytes();
    let ends_name = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
    let mut at = bytes.iter().position(ends_name).unwrap_or(bytes.len());
    let mut name = text[..at].to_owned();
    if name.len() > LONGEST_NAME {
        name = "unknown".into();
    }
    name.make_ascii_lowercase();
    let mut href = None;
    let skip = |mut at: usize, also: u8| {
        while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == also) {
            at += 1;
        }
        at
    };
    loop {
        at = skip(at, b'/');
        if at >= bytes.len() {
            return (String::new(), None, "");
        }
        if bytes[at] == b'>' {
            return (name, href, &text[at + 1..]);
        }
        // The first character belongs to the name even if it is `=`.
        let start = at;
        at += 1;
        while bytes.get(at).is_some_and(|b| !ends_name(b) && *b != b'=') {
            at += 1;
        }
        let is_href = bytes[start..at].eq_ignore_ascii_case(b"href");
        at = skip(at, b' ');
        if bytes.get(at) != Some(&b'=') {
            continue;
        }
        at = skip(at + 1, b' ');
        let (value, after) = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                let from = at + 1;
                let Some(end) = bytes[from..].iter().position(|b| b == quote) else {
                    return (String::new(), None, "");
                };
                (from..from + end, from + end + 1)
            }
            Some(b'>') | None => (at..at, at),
            Some(_) => {
                let ends = |b: &u8| b.is_ascii_whitespace() || *b == b'>';
                let end = bytes[at..].iter().position(ends).map_or(bytes.len(), |n| at + n);
                (at..end, end)
            }
        };
        at = after;
        if is_href && href.is_none() {
            href = Some(&text[value]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(html: &str) -> Vec<Piece<'_>> {
        pieces(html, 1000).expect("few pieces")
    }

    #[test]
    fn as_browsers_cut_it() {
        let a = |href| Piece::Start("a".into(), href);
        for (html, want) in [
            ("1 < 2 <3", vec![Piece::Text("1 < 2 <3")]),
            ("<A HREF='x>y' href=z>", vec![a(Some("x>y"))]),
            ("<a/href=\"q\"/>", vec![a(Some("q"))]),
            ("<a href = q w=e>", vec![a(Some("q"))]),
            ("<a =href=x>", vec![a(None)]),
            ("x<a href=\"never closed", vec![Piece::Text("x")]),
            ("<!-- <b> --!>x", vec![Piece::Text("x")]),
            ("<!-->x", vec![Piece::Text("x")]),
            ("<!DOCTYPE html><?xml ?></ >x", vec![Piece::Text("x")]),
            ("<script>a</scripty></SCRIPT\n>b", vec![Piece::Text("b")]),
            ("<style>never closed", vec![]),
            ("</P >", vec![Piece::End("p".into())]),
        ] {
            assert_eq!(cut(html), want, "{html}");
        }
        assert_eq!(pieces("<b>".repeat(5).as_str(), 4), None);
    }
}
