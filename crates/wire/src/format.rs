//! The formats that are read, by name, by content type, and by looking.

use crate::saved_page;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// IPTC ninjs 1, 2 or 3: one JSON object, or an array of them.
    Ninjs,
    /// A news page saved as text, with its comments.
    SavedPage,
}

impl Format {
    pub const ALL: [Format; 2] = [Format::Ninjs, Format::SavedPage];

    /// The name used on the command line: `ninjs`, `saved-page`.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Ninjs => "ninjs",
            Format::SavedPage => "saved-page",
        }
    }

    pub fn named(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|f| f.as_str() == name)
    }

    /// By a `Content-Type` header, parameters and case aside: `application/json` and anything that ends in
    /// `+json`, `text/plain`.
    pub fn of_content_type(header: &str) -> Option<Format> {
        let kind = header.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match kind.as_str() {
            "application/json" | "text/json" => Some(Format::Ninjs),
            "text/plain" => Some(Format::SavedPage),
            _ if kind.ends_with("+json") => Some(Format::Ninjs),
            _ => None,
        }
    }

    /// By its comment line, its first character, or at last its file name's end.
    pub fn sniff(bytes: &[u8], file_name: &str) -> Option<Format> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        // First, since a headline may begin with a bracket, while no line of JSON reads so.
        if bytes.split(|b| *b == b'\n').any(saved_page::is_comment_line) {
            return Some(Format::SavedPage);
        }
        if let Some(b'{' | b'[') = bytes.iter().find(|b| !b.is_ascii_whitespace()) {
            return Some(Format::Ninjs);
        }
        match file_name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).as_deref() {
            Some("json" | "ninjs") => Some(Format::Ninjs),
            Some("txt") => Some(Format::SavedPage),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_out() {
        for format in Format::ALL {
            assert_eq!(Format::named(format.as_str()), Some(format));
        }
        assert_eq!(Format::named("NINJS"), None);
        for (header, format) in [
            ("application/json; charset=utf-8", Some(Format::Ninjs)),
            ("Application/Ninjs+JSON", Some(Format::Ninjs)),
            ("text/plain", Some(Format::SavedPage)),
            ("text/html", None),
            ("", None),
        ] {
            assert_eq!(Format::of_content_type(header), format, "{header}");
        }
        for (bytes, name, format) in [
            (&b"\xef\xbb\xbf  {"[..], "x", Some(Format::Ninjs)),
            (b"[]", "page.txt", Some(Format::Ninjs)),
            (b"A\n\nLeave your comment0 comments\r\n", "", Some(Format::SavedPage)),
            (b"[Photos] A\n\nLeave your comment1 comment\n", "", Some(Format::SavedPage)),
            (b"A headline", "page.TXT", Some(Format::SavedPage)),
            (b"\xff\xd8", "a.jpg", None),
        ] {
            assert_eq!(Format::sniff(bytes, name), format, "{name}");
        }
    }
}
