//! Remark42's backup: a line that describes it, then a comment a line. The first has every writer in it, and so
//! may be longer than any other record.

use super::{
    Said,
    json::{self, Shape, Walk, text, truth},
    metered::Metered,
    out::{Out, print},
    words,
};
use crate::Malformed;
use newsroom::{Millis, discussion::State};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Pages that take no more comments.
const MOST_CLOSED: usize = 1_000_000;
/// All that is read of a comment.
const OF_A_COMMENT: [&str; 9] =
    [".id", ".pid", ".text", ".orig", ".user", ".locator", ".delete", ".time", ".title"];

pub(super) fn read(input: Metered<'_>, out: &mut Out<'_, '_>) -> Result<(), Malformed> {
    json::walk(input, &mut Reader { out, first: Some(Map::new()), closed: HashSet::new() })
        .map(|halves| out.halves(halves))
}

struct Reader<'o, 'a, 'b> {
    out: &'o mut Out<'a, 'b>,
    /// While the first line is read: its members, for some backups begin with a comment.
    first: Option<Map<String, Value>>,
    closed: HashSet<u64>,
}

impl Walk for Reader<'_, '_, '_> {
    fn shape(&self, path: &str) -> Shape {
        match path {
            "" if self.first.is_some() => Shape::Into,
            "" => Shape::Take,
            ".users" | ".posts" => Shape::Into,
            ".posts[]" => Shape::Take,
            _ if OF_A_COMMENT.contains(&path) => Shape::Take,
            _ => Shape::Skip,
        }
    }

    fn take(&mut self, path: &str, n: u64, value: Value) -> Result<(), Malformed> {
        match (path, &mut self.first) {
            (".posts[]", _) => {
                if truth(&value, "read_only") && self.closed.len() < MOST_CLOSED {
                    self.closed.insert(print(&text(&value, "url")));
                }
                Ok(())
            }
            ("", _) => self.comment(n, &value),
            (member, Some(first)) => {
                first.insert(member[1..].to_owned(), value);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn ended(&mut self, path: &str, _: u64) -> Result<(), Malformed> {
        match self.first.take_if(|_| path.is_empty()) {
            Some(first) if first.contains_key("locator") => self.comment(0, &first.into()),
            _ => Ok(()),
        }
    }
}

impl Reader<'_, '_, '_> {
    fn comment(&mut self, n: u64, value: &Value) -> Result<(), Malformed> {
        let place = format!("line {}", n + 1);
        if value.get("locator").is_none() {
            return Err(Malformed::at(place, "is no comment: it has no locator"));
        }
        let url = text(&value["locator"], "url");
        self.out.page(&url, &text(value, "title"), self.closed.contains(&print(&url)))?;
        let source = text(value, "orig");
        let removed = truth(value, "delete");
        let said = Said {
            thread: url,
            id: text(value, "id"),
            parent: Some(text(value, "pid")),
            name: text(&value["user"], "name"),
            writer: None,
            // What it calls an address is a keyed digest of one.
            network: None,
            at: Millis(0),
            text: if source.is_empty() { words::of_html(&text(value, "text")) } else { source },
            state: if removed { State::Removed } else { State::Shown },
            spam: false,
        };
        self.out.said(&place, said, &text(value, "time"))
    }
}
