//! XML of any length, of which one record at a time is in memory. Namespaces' prefixes are as exporters
//! write them; documents bring no entities of their own.

use super::metered::Metered;
use crate::Malformed;
use quick_xml::{Reader, events::Event};
use std::io::BufRead;

/// An element with all that is in it.
#[derive(Default)]
pub(super) struct Element {
    /// With its prefix.
    pub name: String,
    /// `dsq:id`, `domain`, `nicename`: by their names as written.
    attributes: Vec<(String, String)>,
    pub text: String,
    children: Vec<Element>,
}

impl Element {
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|c| c.name == name)
    }

    pub fn children(&self, name: &str) -> impl Iterator<Item = &Element> {
        self.children.iter().filter(move |c| c.name == name)
    }

    /// The text of a child, without white space at its ends.
    pub fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |c| c.text.trim())
    }

    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }
}

const DEEPEST: usize = 64;
/// Elements of one record: each takes more memory than its bytes.
const MOST_ELEMENTS: usize = 100_000;
/// Bytes before the first angle bracket that are passed over.
const STRAY: usize = 16;

/// Gives every element called one of `names` to `take`, also those that stand in one named before it: these
/// come first, with the number of the outer one, counted from 0. `root` is what the document must be.
pub(super) fn records(
    mut input: Metered<'_>,
    root: &str,
    names: &[&str],
    take: &mut dyn FnMut(Element, u64) -> Result<(), Malformed>,
) -> Result<bool, Malformed> {
    let stray = skip_stray(&mut input)?;
    let left = input.allowance();
    let mut reader = Reader::from_reader(input);
    let mut buffer = Vec::new();
    let mut open: Vec<Element> = Vec::new();
    // Depth in all, and the number of the outermost record that is open.
    let (mut depth, mut number, mut seen_root) = (0usize, 0u64, false);
    let mut elements = 0usize;
    let at = |position: u64, what: String| Malformed::at(format!("byte {position}"), what);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        let position = reader.error_position().max(reader.buffer_position());
        let event = event.map_err(|e| at(position, e.to_string()))?;
        if matches!(event, Event::Start(_) | Event::Empty(_)) && !open.is_empty() {
            elements += 1;
            if elements > MOST_ELEMENTS {
                return Err(at(position, format!("one record has more than {MOST_ELEMENTS} elements")));
            }
        }
        match event {
            Event::Start(start) => {
                let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
                if depth == 0 {
                    if name != root || seen_root {
                        return Err(at(position, format!("<{root}> should stand here, not <{name}>")));
                    }
                    seen_root = true;
                }
                depth += 1;
                if depth > DEEPEST {
                    return Err(at(position, format!("elements stand more than {DEEPEST} deep")));
                }
                if !open.is_empty() || names.contains(&name.as_str()) {
                    open.push(element(name, &start));
                }
            }
            Event::Empty(start) if depth > 0 => {
                let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
                if is_record(names, &open, &name) {
                    take(element(name, &start), number)?;
                } else if let Some(parent) = open.last_mut() {
                    parent.children.push(element(name, &start));
                }
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if let Some(done) = open.pop() {
                    match open.last() {
                        Some(_) if !is_record(names, &open, &done.name) => {
                            if let Some(parent) = open.last_mut() {
                                parent.children.push(done);
                            }
                        }
                        outer => {
                            let outermost = outer.is_none();
                            take(done, number)?;
                            number += u64::from(outermost);
                            left.renew();
                            elements = 0;
                        }
                    }
                }
            }
            Event::Text(text) => {
                if let Some(parent) = open.last_mut() {
                    parent.text.push_str(&String::from_utf8_lossy(&text));
                } else if depth == 0 && !text.iter().all(u8::is_ascii_whitespace) {
                    return Err(at(position, "there is text outside of the document".into()));
                }
            }
            Event::CData(text) => {
                if let Some(parent) = open.last_mut() {
                    parent.text.push_str(&String::from_utf8_lossy(&text));
                }
            }
            Event::GeneralRef(reference) => {
                if let Some(parent) = open.last_mut() {
                    let name = String::from_utf8_lossy(&reference).into_owned();
                    refer(&name, reference.resolve_char_ref().ok().flatten(), &mut parent.text);
                }
            }
            Event::Eof if depth > 0 || !seen_root => {
                return Err(at(position, "the file ends in the middle: it has been cut off".into()));
            }
            Event::Eof => return Ok(stray),
            _ => {}
        }
        if open.is_empty() {
            left.renew();
            elements = 0;
        }
    }
}

/// A name that stands in a record is one itself where the record's name comes before it.
fn is_record(names: &[&str], open: &[Element], name: &str) -> bool {
    let place = |name: &str| names.iter().position(|n| *n == name);
    match (place(name), open.first().and_then(|outer| place(&outer.name))) {
        (Some(own), Some(outer)) => own > outer,
        (own, _) => own.is_some(),
    }
}

fn element(name: String, start: &quick_xml::events::BytesStart<'_>) -> Element {
    let mut attributes = Vec::new();
    for a in start.attributes().with_checks(false).take(32).flatten() {
        let value = String::from_utf8_lossy(&a.value).into_owned();
        attributes.push((String::from_utf8_lossy(a.key.as_ref()).into_owned(), value));
    }
    Element { name, attributes: attributes.into_iter().collect(), ..Element::default() }
}

/// XML's own five; any other stays as written, for it may be HTML's.
fn refer(name: &str, char: Option<char>, out: &mut String) {
    match (char, name) {
        (Some(c), _) => out.push(c),
        (_, "amp") => out.push('&'),
        (_, "lt") => out.push('<'),
        (_, "gt") => out.push('>'),
        (_, "quot") => out.push('"'),
        (_, "apos") => out.push('\''),
        _ => {
            out.push('&');
            out.push_str(name);
            out.push(';');
        }
    }
}

/// Whether there was something before the document, as one exporter's back-tick.
fn skip_stray(input: &mut impl BufRead) -> Result<bool, Malformed> {
    let mut seen = false;
    for _ in 0..STRAY {
        let some = input.fill_buf().map_err(|e| Malformed::file(e.to_string()))?;
        let Some(first) = some.first() else { return Err(Malformed::file("is empty")) };
        match first {
            b'<' => return Ok(seen),
            b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf => {}
            _ => seen = true,
        }
        input.consume(1);
    }
    Err(Malformed::file("does not begin as XML"))
}
