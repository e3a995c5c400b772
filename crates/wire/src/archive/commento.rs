//! Commento's JSON, and Comentario's: version 1 is nearly the same, version 3 has pages of their own.

use super::{
    Said, Thread,
    json::{self, Shape, Walk, text, truth},
    metered::Metered,
    out::{Out, network},
    words,
};
use crate::Malformed;
use newsroom::{Millis, discussion::State};
use serde_json::Value;

/// What both write for a comment that answers none, and for a writer without an account.
const ROOT: &str = "root";
const NOBODY: [&str; 3] = [
    "anonymous",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "00000000-0000-0000-0000-000000000000",
];

pub(super) fn read(input: Metered<'_>, out: &mut Out<'_, '_>) -> Result<(), Malformed> {
    json::walk(input, &mut Reader { out }).map(|halves| out.halves(halves))
}

struct Reader<'o, 'a, 'b> {
    out: &'o mut Out<'a, 'b>,
}

impl Walk for Reader<'_, '_, '_> {
    fn shape(&self, path: &str) -> Shape {
        match path {
            "" | ".comments" | ".commenters" | ".pages" => Shape::Into,
            ".version" | ".comments[]" | ".commenters[]" | ".pages[]" => Shape::Take,
            _ => Shape::Skip,
        }
    }

    fn take(&mut self, path: &str, n: u64, value: Value) -> Result<(), Malformed> {
        match path {
            ".version" => match json::plain(&value).as_str() {
                "1" | "2" | "3" => Ok(()),
                other => Err(Malformed::at("version", format!("is {other}; 1 to 3 are read"))),
            },
            ".commenters[]" => {
                let id = [text(&value, "commenterHex"), text(&value, "id")].concat();
                self.out.writer(&id, &text(&value, "name"))
            }
            ".pages[]" => self.out.thread(Thread {
                key: text(&value, "id"),
                address: text(&value, "path"),
                title: text(&value, "title"),
                published_at: None,
                closed: truth(&value, "isReadonly"),
                story: None,
            }),
            _ if value.get("commentHex").is_some() => self.first(n, &value),
            _ => self.third(n, &value),
        }
    }
}

impl Reader<'_, '_, '_> {
    fn first(&mut self, n: u64, value: &Value) -> Result<(), Malformed> {
        let of = |key| text(value, key);
        // Commento keeps the path in `url`, Comentario host and path apart.
        let (host, path) =
            (format!("{}{}", of("domain"), of("host")), format!("{}{}", of("url"), of("path")));
        let address =
            if path.contains("://") || host.is_empty() { path } else { format!("https://{host}{path}") };
        self.out.page(&address, "", false)?;
        let state = match of("state").as_str() {
            _ if truth(value, "deleted") => State::Removed,
            "flagged" => State::Removed,
            "unapproved" => State::Held,
            _ => State::Shown,
        };
        let writer = Some(of("commenterHex")).filter(|w| !w.is_empty() && !NOBODY.contains(&w.as_str()));
        let said = Said {
            thread: address,
            id: of("commentHex"),
            parent: Some(of("parentHex")).filter(|p| p != ROOT),
            name: String::new(),
            writer,
            network: None,
            at: Millis(0),
            text: source(value),
            state,
            spam: of("state") == "flagged",
        };
        self.out.said(&format!("comments[{n}]"), said, &of("creationDate"))
    }

    fn third(&mut self, n: u64, value: &Value) -> Result<(), Malformed> {
        let of = |key| text(value, key);
        let state = if truth(value, "isDeleted") {
            State::Removed
        } else if truth(value, "isPending") {
            State::Held
        } else if value.get("isApproved").is_some() && !truth(value, "isApproved") {
            State::Removed
        } else {
            State::Shown
        };
        let name = of("authorName");
        let writer = Some(of("userCreated"))
            .filter(|w| name.is_empty() && !w.is_empty() && !NOBODY.contains(&w.as_str()));
        let said = Said {
            thread: of("pageId"),
            id: of("id"),
            parent: Some(of("parentId")),
            name,
            writer,
            network: network(&of("authorIp")),
            at: Millis(0),
            text: source(value),
            state,
            spam: false,
        };
        self.out.said(&format!("comments[{n}]"), said, &of("createdTime"))
    }
}

fn source(value: &Value) -> String {
    let markdown = text(value, "markdown");
    if markdown.is_empty() { words::of_html(&text(value, "html")) } else { markdown }
}
