//! Events of the parser in, HTML out. Every tag that can ever be written stands in this file.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::{DEEPEST, autolink, escape::push_escaped, parsed, without_nul};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Body,
    Comment,
}

pub(super) struct Writer {
    kind: Kind,
    out: String,
    /// Text not yet written: an address may be spread over several events.
    text: String,
    /// What stands at the start of the first paragraph, ready HTML.
    lead: String,
    /// For each open quote or list, whether its tag was written and which tag closes it.
    blocks: Vec<Option<&'static str>>,
    /// The same for emphasis.
    spans: usize,
    /// Whether each open link was written; inside one no address is linked.
    links: Vec<bool>,
    code: bool,
    /// Whether a subhead stands above: the first of all is never of the second rank.
    headed: bool,
    /// What closes the open subhead.
    heading: &'static str,
    /// A code block by indentation, which is no part of the markup: its lines are a paragraph.
    indented: bool,
}

impl Writer {
    pub(super) fn new(kind: Kind, lead: String) -> Writer {
        Writer {
            kind,
            out: String::new(),
            text: String::new(),
            lead,
            blocks: Vec::new(),
            spans: 0,
            links: Vec::new(),
            code: false,
            headed: false,
            heading: "",
            indented: false,
        }
    }

    pub(super) fn write(mut self, text: &str) -> String {
        let text = without_nul(text);
        self.out.reserve(text.len() + text.len() / 4 + self.lead.len() + 16);
        parsed(&text, |events| {
            for event in events {
                self.event(event);
            }
        });
        self.flush();
        // No paragraph took it: the body is empty, or nothing but lists and quotes.
        if !self.lead.is_empty() {
            self.out.insert_str(0, &format!("<p>{}</p>\n", self.lead.trim_end()));
        }
        self.out
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(t) | Event::Html(t) | Event::InlineHtml(t) => self.text.push_str(&t),
            Event::InlineMath(t) | Event::DisplayMath(t) | Event::FootnoteReference(t) => {
                self.text.push_str(&t)
            }
            Event::TaskListMarker(_) | Event::Rule => {}
            Event::Code(t) => {
                self.flush();
                self.out.push_str("<code>");
                push_escaped(&mut self.out, &t);
                self.out.push_str("</code>");
            }
            Event::SoftBreak if self.kind == Kind::Body => self.text.push('\n'),
            Event::SoftBreak | Event::HardBreak => {
                self.flush();
                self.out.push_str("<br>\n");
            }
            Event::Start(tag) => {
                self.flush();
                self.start(tag);
            }
            Event::End(tag) => {
                // The last newline of a raw block or of code belongs to the block.
                if matches!(tag, TagEnd::HtmlBlock | TagEnd::CodeBlock) {
                    self.text.truncate(self.text.trim_end_matches('\n').len());
                }
                self.flush_as(tag == TagEnd::HtmlBlock || self.indented);
                self.end(tag);
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.paragraph(),
            Tag::Heading { .. } if self.kind == Kind::Comment => {
                self.heading = "</p>\n";
                self.paragraph();
            }
            Tag::Heading { level, .. } => {
                let second = self.headed && level > HeadingLevel::H2;
                self.headed = true;
                self.heading = if second { "</h3>\n" } else { "</h2>\n" };
                self.out.push_str(if second { "<h3>" } else { "<h2>" });
            }
            Tag::BlockQuote(_) => self.block("<blockquote>\n", "</blockquote>\n"),
            Tag::List(None) => self.block("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.block("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => {
                if self.blocks.len() < DEEPEST {
                    self.out.push_str(&format!("<ol start=\"{first}\">\n"));
                }
                self.block("", "</ol>\n");
            }
            Tag::Item => self.out.push_str(if self.in_list() { "<li>" } else { " " }),
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                self.code = true;
                self.out.push_str("<pre><code>");
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.indented = true;
                self.paragraph();
            }
            Tag::Emphasis => self.span("<em>"),
            Tag::Strong => self.span("<strong>"),
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url),
            // An image is its alternative text; the rest are extensions that are off.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.out.push_str("</p>\n"),
            TagEnd::Heading(_) => self.out.push_str(self.heading),
            TagEnd::BlockQuote(_) | TagEnd::List(_) => {
                if let Some(Some(close)) = self.blocks.pop() {
                    self.out.push_str(close);
                }
            }
            TagEnd::Item if self.in_list() => self.out.push_str("</li>\n"),
            TagEnd::CodeBlock => {
                let code = std::mem::take(&mut self.code);
                self.indented = false;
                self.out.push_str(if code { "</code></pre>\n" } else { "</p>\n" });
            }
            TagEnd::Emphasis => self.end_span("</em>"),
            TagEnd::Strong => self.end_span("</strong>"),
            TagEnd::Link => {
                let written = self.links.pop() == Some(true);
                self.out.push_str(if written { "</a>" } else { "" });
            }
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        self.out.push_str("<p>");
        if self.blocks.is_empty() {
            self.out.push_str(&std::mem::take(&mut self.lead));
        }
    }

    fn block(&mut self, open: &str, close: &'static str) {
        let written = self.blocks.len() < DEEPEST;
        if written {
            self.out.push_str(open);
        }
        self.blocks.push(written.then_some(close));
    }

    /// Whether the innermost block is a list whose tag was written.
    fn in_list(&self) -> bool {
        matches!(self.blocks.last(), Some(Some("</ul>\n" | "</ol>\n")))
    }

    fn span(&mut self, open: &str) {
        if self.spans < DEEPEST {
            self.out.push_str(open);
        }
        self.spans += 1;
    }

    fn end_span(&mut self, close: &str) {
        self.spans = self.spans.saturating_sub(1);
        if self.spans < DEEPEST {
            self.out.push_str(close);
        }
    }

    fn link(&mut self, link_type: LinkType, address: &str) {
        let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
        let open = self.links.iter().all(|written| !written)
            && (!mail.is_empty() || is_safe(address))
            && !address.chars().any(char::is_control);
        if open {
            self.open_link(mail, address);
        }
        self.links.push(open);
    }

    fn open_link(&mut self, before: &str, address: &str) {
        self.out.push_str("<a href=\"");
        self.out.push_str(before);
        push_escaped(&mut self.out, address);
        self.out.push_str(match self.kind {
            Kind::Body => "\" rel=\"noopener\">",
            Kind::Comment => "\" rel=\"nofollow ugc noopener\">",
        });
    }

    fn flush(&mut self) {
        self.flush_as(false);
    }

    /// Writes the text gathered so far; `lines` where each newline in it is a line break.
    fn flush_as(&mut self, lines: bool) {
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        if lines {
            for (i, line) in text.split('\n').enumerate() {
                if i > 0 {
                    self.out.push_str("<br>\n");
                }
                self.linked(line.trim());
            }
        } else if self.code {
            push_escaped(&mut self.out, &text);
        } else {
            self.linked(&text);
        }
        // The buffer is used again, so that a comment costs few allocations.
        self.text = text;
        self.text.clear();
    }

    fn linked(&mut self, text: &str) {
        let mut from = 0;
        if !self.links.contains(&true) && (text.contains("://") || text.contains('.')) {
            for range in autolink::addresses(text) {
                push_escaped(&mut self.out, &text[from..range.start]);
                let address = &text[range.clone()];
                self.open_link(if is_safe(address) { "" } else { "http://" }, address);
                push_escaped(&mut self.out, address);
                self.out.push_str("</a>");
                from = range.end;
            }
        }
        push_escaped(&mut self.out, &text[from..]);
    }
}

/// Whether an address leads to a page or a letter, and can do nothing else.
fn is_safe(address: &str) -> bool {
    let (scheme, rest) = address.split_once(':').unwrap_or_default();
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest.starts_with("//"),
        "mailto" => true,
        _ => false,
    }
}
