//! Remark42's backup: a line that describes it, then a comment a line.

use super::{
    Said, Thread,
    json::{self, Shape, Walk, text, truth},
    metered::Metered,
    out::Out,
    words,
};
use crate::Malformed;
use newsroom::{Millis, discussion::State};
use serde_json::Value;
use std::collections::HashSet;

/// Different pages in one backup.
const MOST_PAGES: usize = 1_000_000;

pub(super) fn read(input: Metered<'_>, out: &mut Out<'_, '_>) -> Result<(), Malformed> {
    json::walk(input, &mut Reader { out, pages: HashSet::new(), closed: HashSet::new() })
}

struct Reader<'o, 'a, 'b> {
    out: &'o mut Out<'a, 'b>,
    pages: HashSet<String>,
    closed: HashSet<String>,
}

impl Walk for Reader<'_, '_, '_> {
    fn shape(&self, _: &str) -> Shape {
        Shape::Take
    }

    fn take(&mut self, _: &str, n: u64, value: Value) -> Result<(), Malformed> {
        let place = format!("line {}", n + 1);
        if value.get("locator").is_none() {
            if n > 0 || !value.is_object() {
                return Err(Malformed::at(place, "is no comment: it has no locator"));
            }
            for post in value["posts"].as_array().into_iter().flatten().take(MOST_PAGES) {
                if truth(post, "read_only") {
                    self.closed.insert(text(post, "url"));
                }
            }
            return Ok(());
        }
        let url = text(&value["locator"], "url");
        if self.pages.len() < MOST_PAGES && self.pages.insert(url.clone()) {
            self.out.thread(Thread {
                closed: self.closed.contains(&url),
                key: url.clone(),
                address: url.clone(),
                title: text(&value, "title"),
                published_at: None,
                story: None,
            })?;
        }
        let source = text(&value, "orig");
        let removed = truth(&value, "delete");
        let said = Said {
            thread: url,
            id: text(&value, "id"),
            parent: Some(text(&value, "pid")),
            name: text(&value["user"], "name"),
            writer: None,
            // What it calls an address is a keyed digest of one.
            network: None,
            at: Millis(0),
            text: if source.is_empty() { words::of_html(&text(&value, "text")) } else { source },
            state: if removed { State::Removed } else { State::Shown },
            spam: false,
        };
        self.out.said(&place, said, &text(&value, "time"))
    }
}
