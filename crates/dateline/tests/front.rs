//! The serving front over real connections: ready pages, negotiation, faults, limits.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod support;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::Uri,
    response::Response,
    routing::{get, post},
};
use dateline::{app::AppState, edge::ReaderAddress, problem::Fault, ready::Rendered};
use newsroom::touch::Touch;
use std::sync::{
    Mutex,
    mpsc::{Receiver, Sender, channel},
};
use support::Served;

fn long_page() -> String {
    format!("<!doctype html><h1>Night ferry</h1>{}", "<p>The ferry left at nine.</p>".repeat(200))
}

async fn story(
    State(app): State<AppState>,
    Path(id): Path<i64>,
    request: Request,
) -> Result<Response, Fault> {
    let key = format!("/story/{id}");
    let page = app
        .ready
        .get_or_render(&key, async || match id {
            404 => Err(Fault::NotFound),
            _ => Ok(Rendered::html(long_page(), vec![Touch::Story(id)])),
        })
        .await?;
    Ok(page.respond(request.method(), request.headers()))
}

fn routes() -> Router<AppState> {
    Router::new()
        .route("/story/{id}", get(story))
        .route("/network", get(async |reader: ReaderAddress| reader.network().to_string()))
        .route("/broken", get(async || -> Result<(), Fault> { Err(Fault::broken("table comment is gone")) }))
        .route("/panic", get(async |uri: Uri| -> String { panic!("a bug at {}", uri.path()) }))
        .route("/post", post(async |body: String| body.len().to_string()))
}

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![0; 1 << 20];
    let n = libdeflater::Decompressor::new().gzip_decompress(bytes, &mut out).expect("gzip");
    out.truncate(n);
    out
}

#[test]
fn a_page_is_rendered_once_and_then_ready() {
    let paper = Served::start(routes(), |_| {});
    let mut line = paper.line();
    let first = line.ask("GET", "/story/1", &[]);
    let second = line.ask("GET", "/story/1", &[]);
    assert_eq!((first.status, second.status), (200, 200));
    assert_eq!(first.text(), long_page());
    assert_eq!(second.body, first.body);
    assert_eq!(paper.app.ready.figures().2, 1, "rendered once");
    let figures = paper.app.figures.render().unwrap();
    assert!(figures.contains("dateline_ready_hits_total 1"), "{figures}");
    // Tracking parameters reach the router, which finds the same page.
    assert_eq!(line.ask("GET", "/story/1?utm_source=x", &[]).body, first.body);
    assert_eq!(paper.app.ready.figures().2, 1);
    for name in
        ["content-security-policy", "x-content-type-options", "referrer-policy", "etag", "vary", "date"]
    {
        assert_eq!(second.header(name).is_some(), first.header(name).is_some());
        assert!(second.header(name).is_some(), "{name}");
    }
    assert!(second.header("set-cookie").is_none() && second.header("server").is_none());

    paper.app.ready.invalidate(&[Touch::Story(1)]);
    assert_eq!(line.ask("GET", "/story/1", &[]).status, 200);
    assert_eq!(paper.app.ready.figures().2, 2, "rendered anew after a change");
}

#[test]
fn encodings_are_negotiated() {
    let paper = Served::start(routes(), |_| {});
    let mut line = paper.line();
    for _ in 0..2 {
        for (accept, encoding) in [
            ("accept-encoding: gzip, deflate, br", Some("gzip")),
            ("accept-encoding: gzip;q=0", None),
            ("accept-encoding: gzip;q=0, *;q=0.5", None),
            ("accept-encoding: identity", None),
            ("x-nothing: 1", None),
        ] {
            let reply = line.ask("GET", "/story/2", &[accept]);
            assert_eq!(reply.header("content-encoding"), encoding, "{accept}");
            assert_eq!(reply.header("vary"), Some("accept-encoding"));
            let body = if encoding.is_some() { gunzip(&reply.body) } else { reply.body.clone() };
            assert_eq!(body, long_page().as_bytes(), "{accept}");
        }
    }
    // Quiet and asked for: brotli is there, and gzip no larger than before.
    let gzip = line.ask("GET", "/story/2", &["accept-encoding: gzip"]);
    assert_eq!(paper.app.ready.improve(newsroom::Millis(i64::MAX), 5_000), 1);
    let better = line.ask("GET", "/story/2", &["accept-encoding: gzip"]);
    assert!(better.body.len() <= gzip.body.len());
    assert_eq!(gunzip(&better.body), long_page().as_bytes());
    let brotli = line.ask("GET", "/story/2", &["accept-encoding: gzip, br"]);
    assert_eq!(brotli.header("content-encoding"), Some("br"));
    let mut plain = Vec::new();
    brotli::BrotliDecompress(&mut &brotli.body[..], &mut plain).unwrap();
    assert_eq!(plain, long_page().as_bytes());
    assert_eq!(paper.app.ready.improve(newsroom::Millis(i64::MAX), 5_000), 0, "once is enough");
}

#[test]
fn an_unchanged_page_is_not_sent_again() {
    let paper = Served::start(routes(), |_| {});
    let mut line = paper.line();
    let plain = line.ask("GET", "/story/3", &[]);
    let tag = plain.header("etag").unwrap().to_owned();
    let gzip_tag = line.ask("GET", "/story/3", &["accept-encoding: gzip"]).header("etag").unwrap().to_owned();
    assert_ne!(tag, gzip_tag, "a strong tag for each encoding");
    for listed in [tag.clone(), format!("\"x\", {tag}"), format!("W/{tag}"), gzip_tag, "*".into()] {
        let reply = line.ask("GET", "/story/3", &[&format!("if-none-match: {listed}")]);
        assert_eq!(reply.status, 304, "{listed}");
        assert!(reply.header("etag").is_some() && reply.header("content-length").is_none());
        assert!(reply.header("content-security-policy").is_some());
    }
    assert_eq!(line.ask("GET", "/story/3", &["if-none-match: \"0000000000000000-i\""]).status, 200);
}

#[test]
fn head_has_the_headers_and_no_body() {
    let paper = Served::start(routes(), |_| {});
    let mut line = paper.line();
    for _ in 0..2 {
        let head = line.ask("HEAD", "/story/4", &[]);
        assert_eq!(head.header("content-length"), Some(long_page().len().to_string().as_str()));
        // Were there a body, the next reply would not parse.
        assert_eq!(line.ask("GET", "/story/4", &[]).text(), long_page());
    }
}

#[test]
fn faults_have_one_reply_for_readers_and_one_for_programs() {
    let paper = Served::start(routes(), |_| {});
    let mut line = paper.line();
    for (method, path, status, code) in [
        ("GET", "/nowhere", 404, "not-found"),
        ("GET", "/story/404", 404, "not-found"),
        ("GET", "/story/x", 400, "bad-request"),
        ("DELETE", "/story/1", 405, "method"),
        ("GET", "/broken", 500, "broken"),
        ("GET", "/panic", 500, "broken"),
    ] {
        let page = line.ask(method, path, &["accept: text/html"]);
        assert_eq!(page.status, status, "{path}");
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
        assert!(page.text().contains("<h1>"));
        assert!(page.header("content-security-policy").is_some());
        let problem = line.ask(method, path, &["accept: application/json"]);
        assert_eq!(problem.header("content-type"), Some("application/problem+json"), "{path}");
        let json: serde_json::Value = serde_json::from_slice(&problem.body).unwrap();
        assert_eq!((json["status"].as_u64(), json["code"].as_str()), (Some(status.into()), Some(code)));
        for told in [page.text(), problem.text()] {
            assert!(!told.contains("is gone") && !told.contains("a bug"), "the truth is for the log: {told}");
        }
    }
    assert_eq!(line.ask("DELETE", "/story/1", &[]).header("allow"), Some("GET,HEAD"));
}

#[test]
fn a_forged_forwarded_address_is_ignored() {
    let paper = Served::start(routes(), |_| {});
    let forged = ["x-forwarded-for: 192.0.2.7"];
    assert_eq!(paper.ask("GET", "/network", &forged).text(), "127.0.0.*");
    let behind = Served::start(routes(), |c| c.proxy.trusted = vec!["127.0.0.0/8".parse().unwrap()]);
    assert_eq!(behind.ask("GET", "/network", &forged).text(), "192.0.2.*");
}

#[test]
fn bodies_and_heads_are_limited() {
    let paper = Served::start(routes(), |c| c.limits.body_bytes = 2000);
    let mut line = paper.line();
    line.send(format!("POST /post HTTP/1.1\r\nhost: x\r\ncontent-length: 2000\r\n\r\n{}", "a".repeat(2000)));
    assert_eq!(line.reply(false).text(), "2000");
    line.send(format!("POST /post HTTP/1.1\r\nhost: x\r\ncontent-length: 2001\r\n\r\n{}", "a".repeat(2001)));
    assert_eq!(line.reply(false).status, 413);

    let mut line = paper.line();
    line.send(format!("GET / HTTP/1.1\r\nhost: x\r\nx-long: {}\r\n\r\n", "a".repeat(20_000)));
    assert_eq!(line.reply(false).status, 431);

    // The reply is not lost to a visitor who goes on sending.
    let mut line = paper.line();
    line.send("POST /post HTTP/1.1\r\nhost: x\r\ncontent-length: 5000000\r\n\r\n");
    for _ in 0..50 {
        line.send(vec![b'a'; 100_000]);
    }
    assert_eq!(line.reply(false).status, 413);
    assert!(line.rest().is_empty());
}

#[test]
fn a_slow_head_is_cut_off() {
    let paper = Served::start(routes(), |c| c.limits.header_milliseconds = 100);
    let mut line = paper.line();
    line.send("GET /story/1 HTTP/1.1\r\nhost: x\r\n");
    let rest = line.rest();
    assert!(!rest.starts_with(b"HTTP/1.1 200"), "{:?}", String::from_utf8_lossy(&rest));
    assert_eq!(paper.ask("GET", "/story/1", &[]).status, 200, "others are served");
}

#[test]
fn a_request_that_takes_too_long_is_ended() {
    let routes = Router::new().route("/forever", get(async || std::future::pending::<String>().await));
    let paper = Served::start(routes, |c| c.limits.request_seconds = 1);
    assert_eq!(paper.ask("GET", "/forever", &[]).status, 408);
}

#[test]
fn too_many_connections_are_closed_at_once() {
    let paper = Served::start(routes(), |c| {
        c.limits.connections = 1;
        c.listen.workers = 1;
    });
    let mut first = paper.line();
    assert_eq!(first.ask("GET", "/healthz", &[]).status, 200);
    assert!(paper.line().rest().is_empty());
    assert_eq!(first.ask("GET", "/healthz", &[]).status, 200);
}

#[test]
fn health_says_why_not() {
    let paper = Served::start(routes(), |_| {});
    assert_eq!(paper.ask("GET", "/healthz", &[]).text(), "ok\n");
    paper.app.health.register("database", || Err("the disk is full".into()));
    let reply = paper.ask("GET", "/healthz", &[]);
    assert_eq!((reply.status, reply.text().as_str()), (503, "not ready: database: the disk is full\n"));
    assert_eq!(paper.ask("GET", "/metrics", &[]).status, 404, "figures are not for readers");
}

#[test]
fn draining_finishes_the_request_at_hand() {
    type Gates = (Mutex<Sender<()>>, Mutex<Option<tokio::sync::oneshot::Receiver<()>>>);
    static GATES: std::sync::OnceLock<Gates> = std::sync::OnceLock::new();
    let (begun, has_begun): (Sender<()>, Receiver<()>) = channel();
    let (open, gate) = tokio::sync::oneshot::channel();
    GATES.set((Mutex::new(begun), Mutex::new(Some(gate)))).ok().unwrap();
    async fn slow() -> &'static str {
        let (begun, gate) = GATES.get().unwrap();
        let gate = gate.lock().unwrap().take().unwrap();
        begun.lock().unwrap().send(()).unwrap();
        gate.await.unwrap();
        "finished"
    }
    let mut paper = Served::start(Router::new().route("/slow", get(slow)), |_| {});
    let mut idle = paper.line();
    assert_eq!(idle.ask("GET", "/healthz", &[]).status, 200);
    let mut busy = paper.line();
    busy.send("GET /slow HTTP/1.1\r\nhost: x\r\n\r\n");
    has_begun.recv().unwrap();

    let server = paper.server.take().unwrap();
    let draining = std::thread::spawn(move || server.drain(std::time::Duration::from_secs(60)));
    // The idle connection ends first: then draining has begun, and the busy one is still waited for.
    assert!(idle.rest().is_empty());
    assert!(!draining.is_finished());
    open.send(()).unwrap();
    assert_eq!(busy.reply(false).text(), "finished");
    assert!(busy.rest().is_empty(), "closed after its reply");
    draining.join().unwrap();
    assert!(std::net::TcpStream::connect(paper.address).is_err(), "nobody listens any more");
}
