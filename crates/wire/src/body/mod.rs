//! A body between the format it came in and our small markup: blocks of styled runs of plain text.

mod character_references;
mod from_html;
mod from_plain;
mod tags;
mod to_markup;

pub(crate) use from_html::from_html;
pub(crate) use from_plain::{comment_markup, from_paragraphs, from_plain};
pub(crate) use to_markup::to_markup;

use std::rc::Rc;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Paragraph,
    Subhead,
    /// `number` for an ordered list; `depth` from zero.
    Item {
        depth: usize,
        number: Option<u32>,
    },
    /// Blocks with the same number belong to one quotation.
    Quote(u32),
    /// Preformatted: its one run is kept as it is.
    Code,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    pub em: bool,
    pub strong: bool,
    pub code: bool,
    /// http, https or mailto; nothing else gets here.
    pub link: Option<Rc<str>>,
}

/// Plain text in one style; `\n` is a line break.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    pub text: String,
    pub style: Style,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub kind: Kind,
    pub runs: Vec<Run>,
}

impl Block {
    /// What a reader sees of it.
    pub fn text(&self) -> String {
        self.runs.iter().map(|r| r.text.as_str()).collect()
    }

    /// Takes the first `bytes` bytes of its text away, and white space after them.
    pub fn cut_start(&mut self, mut bytes: usize) {
        while let Some(first) = self.runs.first_mut() {
            if first.text.len() <= bytes {
                bytes -= first.text.len();
                self.runs.remove(0);
                continue;
            }
            let rest = first.text.get(bytes..).unwrap_or_default().trim_start().to_owned();
            if rest.is_empty() {
                self.runs.remove(0);
                bytes = 0;
                continue;
            }
            first.text = rest;
            return;
        }
    }
}

/// The text of all blocks in one line, for fields that are plain: captions, standfirsts.
pub(crate) fn one_line(blocks: &[Block]) -> String {
    blocks.iter().map(Block::text).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod shown_tests;
