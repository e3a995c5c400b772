//! WordPress' WXR, of any version: stories with their comments.

use super::{
    OwnStory, Row, Said, Thread,
    metered::Metered,
    out::{Out, network},
    when, words,
    xml::{self, Element},
};
use crate::{
    Malformed,
    body::{from_html, to_markup},
    plain_text::line,
};
use newsroom::{Millis, discussion::State, story::Copy};

pub(super) fn read(input: Metered<'_>, out: &mut Out<'_, '_>) -> Result<(), Malformed> {
    let stray = xml::records(input, "rss", &["item", "wp:comment"], &mut |element, item| match element
        .name
        .as_str()
    {
        "item" => self::item(&element, item, out),
        _ => comment(&element, item, out),
    })?;
    if stray {
        out.note("Something stood before the XML and was passed over.")?;
    }
    Ok(())
}

fn item(element: &Element, number: u64, out: &mut Out<'_, '_>) -> Result<(), Malformed> {
    let key = number.to_string();
    let kind = element.text_of("wp:post_type");
    if !matches!(kind, "" | "post" | "page") {
        out.pass("items are neither posts nor pages and were passed over");
        return out
            .row(Row::Left { key, why: format!("it stands under an item of the kind {}", line(kind, 40)) });
    }
    let draft = match element.text_of("wp:status") {
        "" | "publish" => false,
        "draft" | "pending" | "future" => true,
        status => {
            out.pass("items are private or in the trash and were passed over");
            let why = format!("its story has the status {}", line(status, 40));
            return out.row(Row::Left { key, why });
        }
    };
    if !element.text_of("wp:post_password").is_empty() {
        out.pass("items are behind a password and were passed over");
        return out.row(Row::Left { key, why: "its story is behind a password".into() });
    }
    let published_at = ["wp:post_date_gmt", "pubDate", "wp:post_date"]
        .into_iter()
        .find_map(|name| when::moment(element.text_of(name)))
        .filter(|at| *at > Millis(0));
    let title = element.text_of("title").to_owned();
    out.thread(Thread {
        key,
        address: element.text_of("link").to_owned(),
        closed: element.text_of("wp:comment_status") == "closed",
        story: own(element, &title, draft)?.map(Box::new),
        title,
        published_at,
    })
}

/// The story, where its text came along.
fn own(element: &Element, title: &str, draft: bool) -> Result<Option<OwnStory>, Malformed> {
    let place = || format!("item “{}”", line(title, 40));
    let markup = |html: &str| {
        let html = if html.contains("<p") {
            html.to_owned()
        } else {
            html.replace("\r\n", "\n").replace("\n\n", "<p>")
        };
        from_html(&html).map(|blocks| to_markup(&blocks)).map_err(|why| Malformed::at(place(), why))
    };
    let body = markup(element.text_of("content:encoded"))?;
    if body.is_empty() {
        return Ok(None);
    }
    let filed = |domain: &'static str| {
        let under = element.children("category").filter(move |c| c.attribute("domain") == domain);
        under.map(|c| line(&c.text, 80)).filter(|name| !name.is_empty())
    };
    let standfirst = from_html(element.text_of("excerpt:encoded"))
        .map_or_else(|_| String::new(), |b| crate::body::one_line(&b));
    let copy = Copy {
        headline: line(title, 300),
        standfirst: line(&standfirst, 1_000),
        byline: line(element.text_of("dc:creator"), 200),
        body,
        section: filed("category").next().unwrap_or_default(),
        topics: filed("post_tag").take(20).collect(),
        ..Copy::default()
    };
    Ok(Some(OwnStory { copy, draft }))
}

fn comment(element: &Element, item: u64, out: &mut Out<'_, '_>) -> Result<(), Malformed> {
    let of = |name: &str| element.text_of(name);
    if matches!(of("wp:comment_type"), "pingback" | "trackback") {
        out.pass("pingbacks and trackbacks were passed over: they are no comments");
        return Ok(());
    }
    let (state, spam) = match of("wp:comment_approved") {
        "1" | "approve" | "" => (State::Shown, false),
        "spam" => (State::Removed, true),
        "trash" | "post-trashed" => (State::Removed, false),
        _ => (State::Held, false),
    };
    let said = Said {
        thread: item.to_string(),
        id: of("wp:comment_id").to_owned(),
        parent: Some(of("wp:comment_parent").to_owned()).filter(|p| p != "0"),
        name: of("wp:comment_author").to_owned(),
        writer: None,
        network: network(of("wp:comment_author_IP")),
        at: Millis(0),
        text: words::of_broken_html(of("wp:comment_content")),
        state,
        spam,
    };
    let gmt = of("wp:comment_date_gmt");
    let at = if when::moment(gmt).is_some() { gmt } else { of("wp:comment_date") };
    let place = format!("comment {}", said.id);
    out.said(&place, said, at)
}
