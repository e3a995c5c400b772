//! What every format's reader ends in: the checks that all comments share, and counts of what was left out.

use super::{Row, Said, Sink, Thread, when};
use crate::{Malformed, plain_text::line};
use newsroom::{Millis, clock::DAY, discussion::Network};
use std::{
    collections::{BTreeMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
    net::IpAddr,
};

/// Characters of a name that are kept; longer ones are cut.
const LONGEST_NAME: usize = 60;
const LONGEST_TITLE: usize = 300;
const LONGEST_KEY: usize = 2_000;
/// Different pages in one archive whose comments name them.
const MOST_PAGES: usize = 1_000_000;
/// For whoever signed with nothing.
const NAMELESS: &str = "Anonymous";

pub(super) struct Out<'a, 'b> {
    sink: &'a mut Sink<'b>,
    now: Millis,
    /// What was passed over, by its sentence's end.
    passed: BTreeMap<&'static str, u64>,
    /// Of the pages that comments named; a digest each, for their names are as long as the file likes.
    pages: HashSet<u64>,
}

impl<'a, 'b> Out<'a, 'b> {
    pub fn new(sink: &'a mut Sink<'b>, now: Millis) -> Out<'a, 'b> {
        Out { sink, now, passed: BTreeMap::new(), pages: HashSet::new() }
    }

    pub fn row(&mut self, row: Row) -> Result<(), Malformed> {
        (self.sink)(row)
    }

    pub fn note(&mut self, note: impl Into<String>) -> Result<(), Malformed> {
        self.row(Row::Note(note.into()))
    }

    /// Counts what is left out; one note says so at the end.
    pub fn pass(&mut self, what: &'static str) {
        *self.passed.entry(what).or_default() += 1;
    }

    /// The same of what no text can hold.
    pub fn halves(&mut self, replaced: u64) {
        if replaced > 0 {
            *self.passed.entry("halves of characters in its texts became \u{fffd}").or_default() += replaced;
        }
    }

    pub fn thread(&mut self, thread: Thread) -> Result<(), Malformed> {
        if thread.address.trim().is_empty() {
            let why = "its thread has no address in the file".into();
            return self.row(Row::Left { key: key(&thread.key), why });
        }
        let title = line(&thread.title, LONGEST_TITLE);
        let address = thread.address.trim().chars().filter(|c| !c.is_control()).take(LONGEST_KEY).collect();
        self.row(Row::Thread(Thread { key: key(&thread.key), title, address, ..thread }))
    }

    /// A page that is known by its comments alone, at the first of them; the address is its key.
    pub fn page(&mut self, address: &str, title: &str, closed: bool) -> Result<(), Malformed> {
        if self.pages.len() >= MOST_PAGES || !self.pages.insert(print(address)) {
            return Ok(());
        }
        self.thread(Thread {
            key: address.to_owned(),
            address: address.to_owned(),
            title: title.to_owned(),
            published_at: None,
            closed,
            story: None,
        })
    }

    pub fn writer(&mut self, of: &str, name: &str) -> Result<(), Malformed> {
        self.row(Row::Writer { key: key(of), name: line(name, LONGEST_NAME) })
    }

    /// `at` as the file has it; a time that cannot be is this comment's fault alone.
    pub fn said(&mut self, place: &str, said: Said, at: &str) -> Result<(), Malformed> {
        let refused = |why: String| Row::Refused { place: place.to_owned(), why };
        let Some(moment) = when::moment(at) else {
            let why = format!("has no time that can be read, but {}", crate::plain_text::shown(at));
            return self.row(refused(why));
        };
        if moment <= Millis(0) || moment > self.now.plus(DAY) {
            return self.row(refused(format!("its time, {}, cannot be", moment.rfc3339())));
        }
        let mut name = line(&said.name, LONGEST_NAME);
        if name.is_empty() && said.writer.is_none() {
            name = NAMELESS.into();
        }
        let parent = said.parent.filter(|p| !p.is_empty()).map(|p| key(&p));
        let writer = said.writer.map(|w| key(&w));
        let (thread, id) = (key(&said.thread), key(&said.id));
        self.row(Row::Said(Said { thread, id, parent, writer, name, at: moment, ..said }))
    }

    pub fn finish(mut self) -> Result<(), Malformed> {
        for (what, count) in std::mem::take(&mut self.passed) {
            self.note(format!("{count} {what}."))?;
        }
        Ok(())
    }
}

pub(super) fn print(address: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    address.hash(&mut hasher);
    hasher.finish()
}

fn key(text: &str) -> String {
    text.trim().chars().take(LONGEST_KEY).collect()
}

/// The mask of an address, or of what is one already; none of a machine's own, or of none at all.
pub(super) fn network(text: &str) -> Option<Network> {
    if let Ok(address) = text.trim().parse::<IpAddr>() {
        let plain = address.to_canonical();
        if plain.is_loopback() || plain.is_unspecified() {
            return None;
        }
    }
    Network::parse(text)
}
