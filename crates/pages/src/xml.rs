//! XML, written strictly: escaped once, and without the characters that XML cannot hold.

/// A document being written. Elements are closed by whoever opened them.
pub(crate) struct Xml {
    out: String,
}

impl Xml {
    pub fn new() -> Xml {
        Xml { out: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".into() }
    }

    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.out.push_str(">\n");
    }

    pub fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.out.push_str("/>\n");
    }

    /// An element with text; none at all where the text is empty.
    pub fn leaf(&mut self, name: &str, text: &str) {
        self.leaf_with(name, &[], text);
    }

    pub fn leaf_with(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        if text.is_empty() {
            return;
        }
        self.start(name, attributes);
        self.out.push('>');
        self.text(text);
        self.close(name);
    }

    pub fn done(self) -> String {
        self.out
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            self.text(value);
            self.out.push('"');
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                // Would be read back as a space, or in an attribute as nothing.
                '\r' => self.out.push_str("&#13;"),
                '\t' | '\n' => self.out.push(c),
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
                c => self.out.push(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_strictly() {
        let mut xml = Xml::new();
        xml.leaf_with("a", &[("b", "\"<&>")], "x]]>\u{0}\u{b}\u{ffff}&amp;");
        xml.leaf("c", "");
        let text = xml.done();
        assert!(text.ends_with("<a b=\"&quot;&lt;&amp;&gt;\">x]]&gt;&amp;amp;</a>\n"), "{text}");
    }
}
