//! A comment's words, from what other systems keep to our small markup.

use crate::body::{comment_markup, from_html, to_markup};

/// HTML as a comment's. What has too many tags to be one keeps its text only.
pub(super) fn of_html(html: &str) -> String {
    let html = html.trim();
    if !html.contains(['<', '&']) {
        return of_plain(html);
    }
    match from_html(html) {
        Ok(blocks) => to_markup(&blocks),
        Err(_) => of_plain(html),
    }
}

/// HTML in which line breaks are meant, as WordPress keeps it.
pub(super) fn of_broken_html(html: &str) -> String {
    let html = html.trim();
    if !html.contains(['<', '&']) || html.contains("<p>") || html.contains("<p ") {
        return of_html(html);
    }
    of_html(&html.replace("\r\n", "\n").replace("\n\n", "<p>").replace('\n', "<br>"))
}

pub(super) fn of_plain(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    comment_markup(&lines)
}
