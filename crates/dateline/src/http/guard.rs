//! Around every routed request: a limit in time, a net for panics, one reply for all faults, the security
//! headers, and one line in the log without address or query.

use crate::{
    app::AppState,
    problem::{Fault, Problem, plain_page},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use newsroom::Language;
use pages::{ErrorPage, Words, words::fill};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

pub(super) async fn guard(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let path = loggable(request.uri().path()).to_owned();
    let json = wants_json(request.uri().path(), request.headers());

    let limit = Duration::from_secs(app.config.limits.request_seconds as u64);
    let mut handled = Box::pin(next.run(request));
    let caught =
        std::future::poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| handled.as_mut().poll(cx))) {
            Ok(poll) => poll,
            Err(panic) => {
                let said = panic
                    .downcast_ref::<&str>()
                    .map(|s| s.to_string())
                    .or_else(|| panic.downcast_ref::<String>().cloned())
                    .unwrap_or_default();
                std::task::Poll::Ready(Fault::Broken { truth: format!("panicked: {said}") }.into_response())
            }
        });
    let reply = match tokio::time::timeout(limit, caught).await {
        Ok(reply) => reply,
        Err(_) => Fault::Slow.into_response(),
    };

    let (mut reply, truth) = settle(&app, reply, json);
    for (name, value) in &app.security {
        reply.headers_mut().entry(name).or_insert_with(|| value.clone());
    }
    let took = began.elapsed();
    let status = reply.status();
    app.figures.request(status, took);
    let micros = took.as_micros() as u64;
    match truth {
        Some(why) => tracing::error!(%method, path, status = status.as_u16(), micros, why),
        None => tracing::info!(%method, path, status = status.as_u16(), micros),
    }
    reply
}

/// Gives a fault, or an error that axum itself answered, its one form of reply.
fn settle(app: &AppState, mut reply: Response, json: bool) -> (Response, Option<String>) {
    let status = reply.status();
    let fault = match reply.extensions_mut().remove::<Fault>() {
        Some(fault) => fault,
        None if (status.is_client_error() || status.is_server_error()) && is_bare(reply.headers()) => {
            Fault::of_status(status, "no reason given", app.config.limits.body_bytes)
        }
        None => return (reply, None),
    };
    let mut settled = fault.reply(json, &|problem| error_page(app, &fault, problem));
    // A 405 says what is allowed, axum knows it; a reply to another origin says so, and varies by it.
    for (name, value) in reply.headers() {
        match *name {
            header::CONTENT_LENGTH => {}
            header::VARY => drop(settled.headers_mut().append(name, value.clone())),
            _ => drop(settled.headers_mut().entry(name).or_insert_with(|| value.clone())),
        }
    }
    (settled, fault.truth().map(str::to_owned))
}

/// In the paper's own look; plain where the theme itself is at fault.
fn error_page(app: &AppState, fault: &Fault, problem: &Problem) -> String {
    let (title, what) = told(app.words(), fault, problem);
    let page = ErrorPage { paper: &app.paper, status: problem.status, title, what: &what, advice: "" };
    app.theme.error(&page).unwrap_or_else(|fault| {
        tracing::error!(%fault, "the error page cannot be rendered");
        plain_page(problem)
    })
}

/// What a reader is told on the page, in the paper's words; only what is met at the desk stays as it is. A program's
/// mistake is told in full where the paper speaks English.
fn told(words: &Words, fault: &Fault, problem: &Problem) -> (&'static str, String) {
    let english = words.language == Language::English;
    match fault {
        Fault::NotFound | Fault::NoSite => (words.nothing_here, words.nothing_here_words.to_owned()),
        Fault::BadRequest { .. } | Fault::MediaType { .. } if !english => {
            (words.not_read, words.not_read_words.to_owned())
        }
        Fault::Refused { code: "taken", .. } => (words.not_accepted, words.taken_meanwhile.to_owned()),
        Fault::ProofWanted { detail, .. } => (words.not_accepted, detail.clone()),
        Fault::Method => (words.other_requests, words.other_requests_words.to_owned()),
        Fault::Gone { detail } => (words.was_withdrawn, detail.clone()),
        Fault::BadRequest { detail, .. } => (words.not_read, detail.clone()),
        Fault::Refused { detail, .. } => (words.not_accepted, detail.clone()),
        Fault::ForeignOrigin => (words.foreign, words.foreign_words.to_owned()),
        Fault::TooLarge { most } => {
            (words.too_large, fill(words.too_large_words, &[("most", &most.to_string())]))
        }
        Fault::SignIn { detail } => (words.holder().please_sign_in, detail.clone()),
        Fault::TooMany { detail, .. } => (words.too_many, detail.clone()),
        Fault::Slow => (words.slow, words.slow_words.to_owned()),
        Fault::Busy { .. } => (words.busy, words.busy_words.to_owned()),
        Fault::Broken { .. } => (words.broken, words.broken_words.to_owned()),
        _ => (problem.title, problem.detail.clone()),
    }
}

/// Without a page of its own: what extractors and the router answer.
fn is_bare(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_none_or(|kind| {
        kind.as_bytes().starts_with(b"text/plain") && !headers.contains_key(header::CACHE_CONTROL)
    })
}

/// Whether the visitor is a program: by the path, or by what it accepts.
pub fn wants_json(path: &str, headers: &HeaderMap) -> bool {
    path.starts_with("/api/")
        || headers.get_all(header::ACCEPT).iter().filter_map(|v| v.to_str().ok()).any(|accept| {
            (accept.contains("application/json") || accept.contains("application/problem+json"))
                && !accept.contains("text/html")
        })
}

/// The path as it may stand in a log: what opens a door is left off.
fn loggable(path: &str) -> &str {
    // Of a letter's link the kind stays.
    if let Some((kind, _)) = path.strip_prefix("/letters/").and_then(|rest| rest.split_once('/')) {
        return &path[.."/letters/".len() + kind.len() + 1];
    }
    ["/receipt/", "/report/", "/desk/set-up/", "/account/enter/"]
        .into_iter()
        .find(|private| path.starts_with(private))
        .unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_links_are_not_logged() {
        assert_eq!(loggable("/receipt/abc123"), "/receipt/");
        assert_eq!(loggable("/desk/set-up/abc123"), "/desk/set-up/");
        assert_eq!(loggable("/account/enter/7-abc123"), "/account/enter/");
        assert_eq!(loggable("/report/3-abc123"), "/report/");
        for kind in ["yes", "stop", "stop-all", "rule"] {
            assert_eq!(loggable(&format!("/letters/{kind}/3-abc123")), format!("/letters/{kind}/"));
        }
        assert_eq!(loggable("/letters/rule/7.show.0.99.2.abc/more"), "/letters/rule/");
        assert_eq!(loggable("/letters"), "/letters");
        assert_eq!(loggable("/2026/11/24/night-ferry"), "/2026/11/24/night-ferry");
    }

    #[test]
    fn programs_get_problem_documents_and_browsers_pages() {
        let accepting = |accept: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, accept.parse().unwrap());
            wants_json("/x", &headers)
        };
        assert!(accepting("application/json") && accepting("application/problem+json, */*"));
        assert!(!accepting("text/html,application/json") && !accepting("*/*"));
        assert!(wants_json("/api/v1/x", &HeaderMap::new()));
    }
}
