//! Ways through the desk: where an act leads, and which addresses a form may name for it.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use pages::desk::Said;

/// An address of the desk, as a hidden field named it; `None` for any other.
pub fn own(path: &str) -> Option<&str> {
    let of_the_desk = path == "/desk" || ["/desk/", "/desk?"].iter().any(|start| path.starts_with(start));
    let plain = path.len() < 2_000 && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    (of_the_desk && plain && !path.contains("/../") && !path.contains("//")).then_some(path)
}

/// The same, where it is a page of the queue.
pub fn own_queue(path: &str) -> Option<&str> {
    own(path).filter(|path| path.split(['?', '#']).next() == Some("/desk/queue"))
}

/// On to a page, which says what was done.
pub fn on(path: &str, said: Said) -> Response {
    let (path, place) = match path.split_once('#') {
        Some((path, place)) => (path, format!("#{place}")),
        None => (path, String::new()),
    };
    // What an earlier act said is no longer news.
    let path = match path.split_once('?') {
        Some((path, query)) => {
            let kept: Vec<&str> =
                query.split('&').filter(|p| !p.is_empty() && !p.starts_with("said=")).collect();
            format!("{path}?{}{}", kept.join("&"), if kept.is_empty() { "" } else { "&" })
        }
        None => format!("{path}?"),
    };
    go(&format!("{path}said={}{place}", said.code()))
}

/// On to a page, by a GET.
pub fn go(path: &str) -> Response {
    // All of ours are ASCII; anything else was not made here.
    let to = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/desk"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// The page on which an act's form stands; a page's own address is its own.
pub fn page_of(path: &str) -> &str {
    match path.split('/').collect::<Vec<_>>()[..] {
        ["", "desk", "stories"] | ["", "desk", "sign-out"] => "/desk",
        ["", "desk", "stories", _, "preview" | "say"] | ["", "desk", "comments", _, "reply"] => path,
        ["", "desk", "readers", _, act] => &path[..path.len() - act.len() - 1],
        ["", "desk", "stories", id, "tips", ..] => &path[.."/desk/stories/".len() + id.len()],
        ["", "desk", "stories", _, act] => &path[..path.len() - act.len() - 1],
        ["", "desk", "comments" | "filters", ..] | ["", "desk", "writers" | "queue", _] => "/desk/queue",
        ["", "desk", "sanctions", ..] => "/desk/sanctions",
        ["", "desk", "staff", ..] => "/desk/staff",
        ["", "desk", "sessions" | "passkeys", ..] | ["", "desk", "password"] => "/desk/sessions",
        ["", "desk", "sign-in", ..] => "/desk/sign-in",
        _ => path,
    }
}

/// Whether it is a person's own page or one of its forms, or leads out.
pub fn is_own_page(path: &str) -> bool {
    path == "/desk/sign-out" || page_of(path) == "/desk/sessions"
}

/// Percent-encodes a query value.
pub fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_desks_own_addresses() {
        for path in
            ["/desk", "/desk?tab=killed&q=a%20b", "/desk/queue?after=3#c-4", "/desk/stories/7/publish"]
        {
            assert_eq!(own(path), Some(path));
        }
        for path in [
            "",
            "/",
            "/desks",
            "//evil.example/desk",
            "/desk//evil.example",
            "https://evil.example/desk/",
            "/desk/../x",
            "/desk/\r\nset-cookie: a",
            "/desk\\x",
            "/desk/ü",
        ] {
            assert_eq!(own(path), None, "{path}");
        }
    }

    #[test]
    fn only_pages_of_the_queue() {
        for path in ["/desk/queue", "/desk/queue?state=new&after=3#c-4", "/desk/queue#c-4"] {
            assert_eq!(own_queue(path), Some(path));
        }
        for path in ["/desk/queuexyz", "/desk/queue/undo", "/desk", "/desk/sanctions", "//desk/queue"] {
            assert_eq!(own_queue(path), None, "{path}");
        }
    }

    #[test]
    fn every_act_has_its_page() {
        for (path, page) in [
            ("/desk/stories/7/publish", "/desk/stories/7"),
            ("/desk/stories/7/preview", "/desk/stories/7/preview"),
            ("/desk/stories/7", "/desk/stories/7"),
            ("/desk/stories", "/desk"),
            ("/desk/comments/3/hold-network", "/desk/queue"),
            ("/desk/queue/undo", "/desk/queue"),
            ("/desk/stories/71/tips/3/done", "/desk/stories/71"),
            ("/desk/writers/note", "/desk/queue"),
            ("/desk/readers/7/badge", "/desk/readers/7"),
            ("/desk/comments/3/reply", "/desk/comments/3/reply"),
            ("/desk/writers?name=a", "/desk/writers?name=a"),
            ("/desk/staff/3/disable", "/desk/staff"),
            ("/desk/sessions/3/end", "/desk/sessions"),
            ("/desk/passkeys/3/drop", "/desk/sessions"),
            ("/desk/sign-in/passkey", "/desk/sign-in"),
            ("/desk/queue?after=3", "/desk/queue?after=3"),
            ("/desk", "/desk"),
        ] {
            assert_eq!(page_of(path), page);
        }
    }

    #[test]
    fn a_persons_own_page_and_the_way_out() {
        for path in
            ["/desk/sessions", "/desk/passkeys", "/desk/passkeys/ask", "/desk/password", "/desk/sign-out"]
        {
            assert!(is_own_page(path), "{path}");
        }
        for path in [
            "/desk",
            "/desk/queue",
            "/desk/stories/3",
            "/desk/staff",
            "/desk/sessions-x",
            "/desk/../sessions",
        ] {
            assert!(!is_own_page(path), "{path}");
        }
    }

    #[test]
    fn what_was_done_is_said_once_before_the_place() {
        let to = |path| on(path, Said::Shown).headers()["location"].to_str().unwrap().to_owned();
        assert_eq!(to("/desk/queue"), "/desk/queue?said=shown");
        assert_eq!(to("/desk/queue?after=3&said=removed#c-4"), "/desk/queue?after=3&said=shown#c-4");
        assert_eq!(to("/desk/queue?said=removed"), "/desk/queue?said=shown");
    }
}
