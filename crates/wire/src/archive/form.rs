//! Which archive it is: by name, or by what its first bytes can only be.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archived {
    Disqus,
    /// WXR, of any version.
    WordPress,
    /// Isso's own database, an SQLite file: see [`super::IssoRows`].
    Isso,
    /// Isso's generic JSON.
    IssoJson,
    Remark42,
    /// Commento, and Comentario's versions 1 and 3.
    Commento,
    Artrans,
    Waline,
}

impl Archived {
    pub const ALL: [Archived; 8] = [
        Archived::Disqus,
        Archived::WordPress,
        Archived::Isso,
        Archived::IssoJson,
        Archived::Remark42,
        Archived::Commento,
        Archived::Artrans,
        Archived::Waline,
    ];

    /// The name used on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Archived::Disqus => "disqus",
            Archived::WordPress => "wordpress",
            Archived::Isso => "isso",
            Archived::IssoJson => "isso-json",
            Archived::Remark42 => "remark42",
            Archived::Commento => "commento",
            Archived::Artrans => "artrans",
            Archived::Waline => "waline",
        }
    }

    /// `comentario` is another name of `commento`.
    pub fn named(name: &str) -> Option<Archived> {
        let name = if name == "comentario" { "commento" } else { name };
        Archived::ALL.into_iter().find(|f| f.as_str() == name)
    }

    /// By the first bytes, some thousands of them. `None` where it may be something else.
    pub fn sniff(head: &[u8]) -> Option<Archived> {
        let has = |needle: &str| head.windows(needle.len()).any(|w| w == needle.as_bytes());
        // No other program here keeps its archive so; its tables are looked at when it is opened.
        if head.starts_with(b"SQLite format 3\0") {
            return Some(Archived::Isso);
        }
        let first = head.iter().position(|b| matches!(b, b'<' | b'{' | b'['))?;
        // A stray character or two, as one exporter writes them; but no text.
        if first > 16 {
            return None;
        }
        match head[first] {
            b'<' if has("<disqus") => Some(Archived::Disqus),
            b'<' if has("<rss") && has("http://wordpress.org/export/") => Some(Archived::WordPress),
            b'<' => None,
            b'[' if has("\"page_key\"") => Some(Archived::Artrans),
            b'[' if has("\"comments\"") && has("\"remote_addr\"") => Some(Archived::IssoJson),
            b'{' if has("\"commentHex\"") || has("\"commenters\"") || has("\"domainMeta\"") => {
                Some(Archived::Commento)
            }
            // Comentario's pages, and Remark42's writers, may go on beyond what is looked at.
            b'{' if has("\"version\"") && has("\"pages\"") && has("\"path\"") => Some(Archived::Commento),
            b'{' if has("\"locator\"") || (has("\"version\"") && has("\"users\"")) => {
                Some(Archived::Remark42)
            }
            _ if has("\"insertedAt\"") || has("\"type\":\"waline\"") => Some(Archived::Waline),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_out_only_where_it_is_sure() {
        for form in Archived::ALL {
            assert_eq!(Archived::named(form.as_str()), Some(form));
        }
        assert_eq!(Archived::named("comentario"), Some(Archived::Commento));
        assert_eq!(Archived::named("ninjs"), None);
        for (head, form) in [
            ("`<?xml version=\"1.0\"?>\n<disqus xmlns=", Some(Archived::Disqus)),
            ("<rss xmlns:wp=\"http://wordpress.org/export/1.2/\">", Some(Archived::WordPress)),
            ("<rss version=\"2.0\"><channel>", None),
            ("[{\"comments\": [{\"remote_addr\": \"\"", Some(Archived::IssoJson)),
            ("{\"version\":1,\"users\":[],\"posts\":[]}", Some(Archived::Remark42)),
            ("{\"version\":1,\"users\":[{\"name\":\"Ann\"", Some(Archived::Remark42)),
            ("{\"version\":3,\"pages\":[{\"id\":\"a\",\"path\":\"/p\"", Some(Archived::Commento)),
            ("{\"version\":1,\"comments\":[{\"commentHex\":\"a\"", Some(Archived::Commento)),
            ("[{\"id\":\"1\",\"page_key\":\"/\"", Some(Archived::Artrans)),
            ("{\"type\":\"waline\",\"version\":1", Some(Archived::Waline)),
            ("SQLite format 3\0\u{10}", Some(Archived::Isso)),
            ("SQLite format 3 is [{", None),
            ("{\"uri\": \"x\", \"headline\": \"y\"}", None),
            ("A headline that has {\"insertedAt\" in it", None),
            ("", None),
        ] {
            assert_eq!(Archived::sniff(head.as_bytes()), form, "{head}");
        }
    }
}
