//! Waline's JSON export: its tables, of which the comments are one; or that table alone as a list.

use super::{
    Said,
    json::{self, Shape, Walk, text},
    metered::Metered,
    out::{Out, network},
};
use crate::Malformed;
use newsroom::{Millis, discussion::State};
use serde_json::Value;

pub(super) fn read(input: Metered<'_>, out: &mut Out<'_, '_>) -> Result<(), Malformed> {
    json::walk(input, &mut Reader { out }).map(|halves| out.halves(halves))
}

struct Reader<'o, 'a, 'b> {
    out: &'o mut Out<'a, 'b>,
}

impl Walk for Reader<'_, '_, '_> {
    fn shape(&self, path: &str) -> Shape {
        match path {
            "" | ".data" | ".data.Comment" => Shape::Into,
            "[]" | ".data.Comment[]" => Shape::Take,
            _ => Shape::Skip,
        }
    }

    fn take(&mut self, _: &str, n: u64, value: Value) -> Result<(), Malformed> {
        // One of its stores writes its numbers as objectId.
        let first = |keys: [&str; 3]| keys.map(|k| text(&value, k)).into_iter().find(|t| !t.is_empty());
        let address = text(&value, "url");
        self.out.page(&address, "", false)?;
        let status = text(&value, "status");
        let said = Said {
            thread: address,
            id: first(["id", "objectId", "_id"]).unwrap_or_default(),
            parent: Some(text(&value, "pid")),
            name: text(&value, "nick"),
            writer: None,
            network: network(&text(&value, "ip")),
            at: Millis(0),
            text: text(&value, "comment"),
            state: match status.as_str() {
                "waiting" => State::Held,
                "spam" => State::Removed,
                _ => State::Shown,
            },
            spam: status == "spam",
        };
        let at = first(["insertedAt", "createdAt", "created_at"]).unwrap_or_default();
        self.out.said(&format!("Comment[{n}]"), said, &at)
    }
}
