//! HTML bodies, as agencies write them: what readers are to see of them, as blocks.

use super::{
    Block, Kind, Run, Style,
    character_references::decoded,
    tags::{Piece, pieces},
};
use crate::plain_text::is_visible;
use std::{borrow::Cow, rc::Rc};

/// Tags and texts in one body; a long story has a few hundred.
const MOST_PIECES: usize = 100_000;

/// Longest address of a link that is kept.
const LONGEST_HREF: usize = 2_000;

/// Dropped with all that is in them. (Script, style and other raw text never get here.)
const DROPPED: [&str; 18] = [
    "form", "svg", "math", "object", "select", "button", "template", "head", "audio", "video", "canvas",
    "figure", "map", "applet", "nav", "datalist", "dialog", "frameset",
];

/// Blocks, or why the HTML is refused.
pub(crate) fn from_html(html: &str) -> Result<Vec<Block>, String> {
    let pieces = pieces(html, MOST_PIECES).ok_or(format!("has more than {MOST_PIECES} tags and texts"))?;
    let raw: Vec<Cow<'_, str>> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Text(text) => Some(Cow::Borrowed(*text)),
            Piece::Start(_, href) => href.map(attribute),
            Piece::End(_) => None,
        })
        .collect();
    let mut read = decoded(raw.iter().map(AsRef::as_ref)).into_iter();
    let mut reader = Reader::default();
    for piece in pieces {
        match piece {
            Piece::Text(_) => reader.text(&read.next().unwrap_or_default()),
            Piece::Start(name, href) => {
                let href = href.and_then(|_| read.next());
                reader.start(&name, href);
            }
            Piece::End(name) => reader.end(&name),
        }
    }
    reader.flush();
    Ok(reader.blocks)
}

/// In an attribute, what only looks like a reference is none: `?a=1&copy=2` has no copyright sign in it.
fn attribute(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = part.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
        let is_reference = name > 0 && part.as_bytes().get(name) == Some(&b';');
        out.push_str(if is_reference { "&" } else { "&amp;" });
        out.push_str(part);
    }
    Cow::Owned(out)
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    runs: Vec<Run>,
    /// The dropped element that we are in, and how many of its name are open.
    dropped: Option<(String, usize)>,
    em: usize,
    strong: usize,
    code: usize,
    pre: usize,
    link: Option<Rc<str>>,
    subhead: bool,
    quotes: usize,
    quote: u32,
    /// The open lists; the number of the last item where it is an ordered one.
    lists: Vec<Option<u32>>,
    in_item: bool,
    cells: usize,
}

impl Reader {
    fn text(&mut self, text: &str) {
        if self.dropped.is_some() {
            return;
        }
        let style =
            Style { em: self.em > 0, strong: self.strong > 0, code: self.code > 0, link: self.link.clone() };
        let pre = self.pre > 0;
        let mut out = String::with_capacity(text.len());
        for c in text.chars().filter(|c| is_visible(*c)) {
            if !c.is_whitespace() || c == '\u{3000}' || (pre && matches!(c, ' ' | '\n' | '\t')) {
                out.push(c);
            } else if !pre || c != '\r' {
                let before = out.chars().next_back().or_else(|| self.last());
                if pre || before.is_some_and(|b| !b.is_whitespace()) {
                    out.push(' ');
                }
            }
        }
        if out.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if last.style == style => last.text.push_str(&out),
            _ => self.runs.push(Run { text: out, style }),
        }
    }

    fn last(&self) -> Option<char> {
        self.runs.last().and_then(|r| r.text.chars().next_back())
    }

    /// A line break inside a block; none at its start. Two in a row part paragraphs, as agencies use them;
    /// in items and rows, which stay whole, they are one.
    fn line_break(&mut self) {
        let Some(last) = self.runs.last_mut().filter(|_| self.dropped.is_none()) else { return };
        if self.pre > 0 {
            last.text.push('\n');
            return;
        }
        let kept = last.text.trim_end_matches(' ').len();
        last.text.truncate(kept);
        if !last.text.ends_with('\n') {
            last.text.push('\n');
        } else if !self.in_item && self.cells == 0 && !self.subhead {
            self.flush();
        }
    }

    fn start(&mut self, name: &str, href: Option<String>) {
        if let Some((dropped, depth)) = &mut self.dropped {
            *depth += usize::from(dropped == name);
            return;
        }
        if DROPPED.contains(&name) {
            self.dropped = Some((name.to_owned(), 1));
            return;
        }
        match name {
            "em" | "i" | "cite" | "dfn" => self.em += 1,
            "strong" | "b" => self.strong += 1,
            "code" | "kbd" | "samp" | "tt" => self.code += 1,
            "a" => self.link = href.and_then(|h| link_target(&h)),
            "br" => self.line_break(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hl1" | "hl2" => {
                self.flush();
                self.subhead = true;
            }
            "pre" => {
                self.flush();
                self.pre += 1;
            }
            "blockquote" => {
                self.flush();
                if self.quotes == 0 {
                    self.quote += 1;
                }
                self.quotes += 1;
            }
            "ul" | "ol" | "menu" => {
                self.flush();
                self.in_item = false;
                self.lists.push((name == "ol").then_some(0));
            }
            "li" => {
                self.flush();
                if let Some(Some(number)) = self.lists.last_mut() {
                    *number += 1;
                }
                self.in_item = true;
            }
            "tr" if self.cells > 0 => {
                self.cells = 0;
                self.line_break();
            }
            "td" | "th" => {
                if self.cells > 0 && self.last().is_some_and(|c| c != '\n') {
                    self.text(" · ");
                }
                self.cells += 1;
            }
            // A paragraph inside a cell stays in its row.
            "p" | "div" if self.cells > 0 => self.text(" "),
            // A further paragraph of an item stays in it.
            "p" | "div" if self.in_item => self.line_break(),
            _ if is_block(name) => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((dropped, depth)) = &mut self.dropped {
            if dropped == name {
                *depth -= 1;
                if *depth == 0 {
                    self.dropped = None;
                }
            }
            return;
        }
        match name {
            "em" | "i" | "cite" | "dfn" => self.em = self.em.saturating_sub(1),
            "strong" | "b" => self.strong = self.strong.saturating_sub(1),
            "code" | "kbd" | "samp" | "tt" => self.code = self.code.saturating_sub(1),
            "a" => self.link = None,
            "br" => self.line_break(),
            "pre" => {
                self.flush();
                self.pre = self.pre.saturating_sub(1);
            }
            "blockquote" => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            "ul" | "ol" | "menu" => {
                self.flush();
                self.lists.pop();
                self.in_item = false;
            }
            "li" => {
                self.flush();
                self.in_item = false;
            }
            "p" | "div" if self.cells > 0 => {}
            "p" | "div" if self.in_item => self.line_break(),
            "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" => {}
            _ if is_block(name) => self.flush(),
            _ => {}
        }
    }

    /// Ends the block.
    fn flush(&mut self) {
        let subhead = std::mem::take(&mut self.subhead);
        self.cells = 0;
        let mut runs = std::mem::take(&mut self.runs);
        if self.pre > 0 {
            let text: String = runs.into_iter().map(|r| r.text).collect();
            let text = text.trim_matches('\n').trim_end();
            if !text.trim().is_empty() {
                let runs = vec![Run { text: text.to_owned(), style: Style::default() }];
                self.blocks.push(Block { kind: Kind::Code, runs });
            }
            return;
        }
        trim(&mut runs);
        if runs.is_empty() {
            return;
        }
        let kind = if subhead {
            for run in &mut runs {
                run.text = run.text.replace('\n', " ");
            }
            Kind::Subhead
        } else if let (true, Some(number)) = (self.in_item, self.lists.last()) {
            Kind::Item { depth: self.lists.len() - 1, number: *number }
        } else if self.quotes > 0 {
            Kind::Quote(self.quote)
        } else {
            Kind::Paragraph
        };
        self.blocks.push(Block { kind, runs });
    }
}

/// Takes white space off both ends, and runs that were nothing else.
fn trim(runs: &mut Vec<Run>) {
    let filled = runs.iter().position(|r| !r.text.trim().is_empty()).unwrap_or(runs.len());
    runs.drain(..filled);
    if let Some(first) = runs.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    while let Some(last) = runs.last_mut() {
        let kept = last.text.trim_end().len();
        last.text.truncate(kept);
        if kept > 0 {
            break;
        }
        runs.pop();
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hl1"
            | "hl2"
            | "table"
            | "caption"
            | "hr"
            | "section"
            | "article"
            | "aside"
            | "header"
            | "footer"
            | "main"
            | "address"
            | "center"
            | "details"
            | "summary"
            | "fieldset"
            | "dl"
            | "dt"
            | "dd"
            | "body"
            | "html"
    )
}

/// An address that a reader may follow: http, https or mailto; as browsers read it, without the white space
/// and control characters that could hide another scheme.
fn link_target(href: &str) -> Option<Rc<str>> {
    let href: String = href.trim().chars().filter(|c| !c.is_control()).collect();
    let (scheme, rest) = href.split_once(':')?;
    let follows = match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest.starts_with("//") && rest.len() > 2,
        "mailto" => rest.contains('@'),
        _ => false,
    };
    (follows && href.len() <= LONGEST_HREF).then(|| Rc::from(href))
}
