//! Disqus' export: threads and posts, which name each other by `dsq:id`.

use super::{
    Row, Said, Thread,
    metered::Metered,
    out::{Out, network},
    when, words,
    xml::{self, Element},
};
use crate::Malformed;
use newsroom::{Millis, discussion::State};

pub(super) fn read(input: Metered<'_>, out: &mut Out<'_, '_>) -> Result<(), Malformed> {
    // A post names its thread by an element of the same name, inside of it.
    let stray =
        xml::records(input, "disqus", &["thread", "post"], &mut |element, _| match element.name.as_str() {
            "post" => post(&element, out),
            _ => thread(&element, out),
        })?;
    if stray {
        out.note("Something stood before the XML and was passed over.")?;
    }
    Ok(())
}

fn thread(element: &Element, out: &mut Out<'_, '_>) -> Result<(), Malformed> {
    let key = element.attribute("dsq:id").to_owned();
    if element.text_of("isDeleted") == "true" {
        return out.row(Row::Left { key, why: "its thread was deleted in Disqus".into() });
    }
    out.thread(Thread {
        key,
        address: element.text_of("link").to_owned(),
        title: words_of_title(element.text_of("title")),
        published_at: when::moment(element.text_of("createdAt")),
        closed: element.text_of("isClosed") == "true",
        story: None,
    })
}

/// Titles are HTML, too.
fn words_of_title(title: &str) -> String {
    crate::body::from_html(title).map_or_else(|_| title.to_owned(), |blocks| crate::body::one_line(&blocks))
}

fn post(element: &Element, out: &mut Out<'_, '_>) -> Result<(), Malformed> {
    let id = element.attribute("dsq:id").to_owned();
    let spam = element.text_of("isSpam") == "true";
    let removed = spam || element.text_of("isDeleted") == "true";
    let author = element.child("author");
    let of = |name: &str| author.map_or("", |a| a.text_of(name));
    let name = if of("name").is_empty() { of("username") } else { of("name") };
    let of_id = |name: &str| element.child(name).map_or("", |e| e.attribute("dsq:id")).to_owned();
    let said = Said {
        thread: of_id("thread"),
        parent: element.child("parent").map(|p| p.attribute("dsq:id").to_owned()),
        name: name.to_owned(),
        writer: None,
        network: network(element.text_of("ipAddress")),
        at: Millis(0),
        text: words::of_html(element.text_of("message")),
        state: if removed { State::Removed } else { State::Shown },
        spam,
        id,
    };
    let place = format!("post {}", said.id);
    out.said(&place, said, element.text_of("createdAt"))
}
