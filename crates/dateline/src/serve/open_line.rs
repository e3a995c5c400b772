//! A reader's open line, without hyper, which keeps 16 kB of buffers for each connection: here a reader who
//! waits for new comments costs little more than a socket.

use crate::{app::AppState, http::site::path::story_address, live};
use futures_util::StreamExt;
use std::{fmt::Write, pin::pin, time::Instant};
use tokio::{io::AsyncWriteExt, net::TcpStream, time};

/// What to do with a connection that left the express lane: `None` when its line has ended, or the connection
/// again, as it was, when it asked for something else or cannot have a line.
pub(super) async fn serve(app: AppState, mut tcp: TcpStream, ahead: Vec<u8>) -> Option<(TcpStream, Vec<u8>)> {
    let began = Instant::now();
    let Some(address) = asked(&ahead).and_then(story_address) else { return Some((tcp, ahead)) };
    // A fault is the router's to tell.
    let facts = app.house.story(&app.store, &address).await.ok().flatten();
    let discussed = facts.filter(|facts| facts.status.is_discussed());
    let Some(counts) = discussed.and_then(|facts| live::watch(&app, facts.id)) else {
        return Some((tcp, ahead));
    };
    drop(ahead);
    tcp.write_all(head(&app).as_bytes()).await.ok()?;
    let took = began.elapsed();
    app.figures.request(axum::http::StatusCode::OK, took);
    let path = format!("{}/live", address.path());
    tracing::info!(method = "GET", path, status = 200, micros = took.as_micros() as u64);
    drop((address, path));
    let mut counts = pin!(counts);
    let mut pulse = time::interval_at(time::Instant::now() + live::PULSE, live::PULSE);
    loop {
        let event = tokio::select! {
            count = counts.next() => format!("data: {}\n\n", count?),
            _ = pulse.tick() => ":\n\n".to_owned(),
            () = gone(&tcp) => return None,
        };
        tcp.write_all(event.as_bytes()).await.ok()?;
    }
}

/// The story's path, of a whole request for its line and nothing else.
fn asked(bytes: &[u8]) -> Option<&str> {
    let mut headers = [httparse::EMPTY_HEADER; 40];
    let mut request = httparse::Request::new(&mut headers);
    let whole = request.parse(bytes).ok()? == httparse::Status::Complete(bytes.len());
    let plain = request.headers.iter().all(|header| {
        !["content-length", "transfer-encoding", "expect", "upgrade"]
            .iter()
            .any(|odd| header.name.eq_ignore_ascii_case(odd))
    });
    if !whole || !plain || request.method != Some("GET") || request.version != Some(1) {
        return None;
    }
    request.path?.strip_suffix("/live")
}

/// The same headers as by the router. The reply ends with the connection.
fn head(app: &AppState) -> String {
    let mut head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n".to_owned();
    for (name, value) in live::HEADERS {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    for (name, value) in &app.security {
        let _ = write!(head, "{name}: {}\r\n", value.to_str().unwrap_or_default());
    }
    head + "\r\n"
}

/// Until the reader has closed; what they send meanwhile is nothing to answer.
async fn gone(tcp: &TcpStream) {
    let mut waste = [0; 64];
    while tcp.readable().await.is_ok() {
        match tcp.try_read(&mut waste) {
            Ok(0) => return,
            Ok(_) => {}
            Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return,
        }
    }
}
