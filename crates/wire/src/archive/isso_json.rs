//! Isso's generic JSON: a list of threads with their comments. Its comments have no number to rely on.

use super::{
    Said, Thread,
    json::{self, Shape, Walk, plain, text},
    metered::Metered,
    out::{Out, network},
};
use crate::{Malformed, digest};
use newsroom::{Millis, discussion::State};
use serde_json::Value;

pub(super) fn read(input: Metered<'_>, out: &mut Out<'_, '_>) -> Result<(), Malformed> {
    json::walk(input, &mut Reader { out, thread: 0, address: String::new(), title: String::new() })
        .map(|halves| out.halves(halves))
}

struct Reader<'o, 'a, 'b> {
    out: &'o mut Out<'a, 'b>,
    thread: u64,
    address: String,
    title: String,
}

impl Walk for Reader<'_, '_, '_> {
    fn shape(&self, path: &str) -> Shape {
        match path {
            "" | "[]" | "[].comments" => Shape::Into,
            "[].id" | "[].title" | "[].comments[]" => Shape::Take,
            _ => Shape::Skip,
        }
    }

    fn take(&mut self, path: &str, n: u64, value: Value) -> Result<(), Malformed> {
        match path {
            "[].id" => self.address = plain(&value),
            "[].title" => self.title = plain(&value),
            _ => {
                let (name, at) = (text(&value, "author"), text(&value, "created"));
                let words = text(&value, "text");
                // Every comment may be number 0: what it says is what it is known by.
                let id = digest::of_bytes(format!("{name}\n{at}\n{words}").as_bytes());
                let said = Said {
                    thread: self.thread.to_string(),
                    id,
                    parent: None,
                    name,
                    writer: None,
                    network: network(&text(&value, "remote_addr")),
                    at: Millis(0),
                    text: words,
                    state: State::Shown,
                    spam: false,
                };
                self.out.said(&format!("[{}].comments[{n}]", self.thread), said, &at)?;
            }
        }
        Ok(())
    }

    fn ended(&mut self, path: &str, _: u64) -> Result<(), Malformed> {
        if path == "[]" {
            self.out.thread(Thread {
                key: self.thread.to_string(),
                address: std::mem::take(&mut self.address),
                title: super::isso::title(&std::mem::take(&mut self.title)),
                published_at: None,
                closed: false,
                story: None,
            })?;
            self.thread += 1;
        }
        Ok(())
    }
}
