//! The express lane: a ready page goes straight from memory to the socket, one read and one write for a
//! request. The first request on a connection that needs anything else hands the connection, with all that
//! was read of it, to hyper, where it stays.
//!
//! nginx sends a static file with less work than hyper does; this is what makes a page faster than that.

use crate::{app::AppState, clock, observe::Lane};
use axum::http::StatusCode;
use bytes::Bytes;
use std::{
    cell::RefCell,
    io::{self, IoSlice},
    mem::MaybeUninit,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep},
};

/// Read at once; a head longer than this goes to hyper, which has the limit.
const READ: usize = 8 * 1024;
/// More header lines than browsers send; beyond, hyper reads them.
const MOST_HEADERS: usize = 40;

/// A connection on the express lane.
pub(super) struct Express {
    tcp: Option<TcpStream>,
    app: AppState,
    lane: Arc<Lane>,
    /// Read and not answered yet: mostly nothing.
    ahead: Vec<u8>,
    sending: Option<Sending>,
    /// Since when the next request is waited for.
    since: Instant,
    limit: Duration,
    timer: Option<Pin<Box<Sleep>>>,
}

/// How the lane ends.
pub(super) enum End {
    /// For hyper, with what was read already.
    HandOver(TcpStream, Vec<u8>),
    Closed,
}

/// What the socket did not take at once.
struct Sending {
    parts: [Bytes; 2],
    sent: usize,
}

enum Next {
    /// Answered, or begun to; how many bytes the request took.
    Answered(usize, Option<Sending>),
    /// More must be read first.
    More,
    NotOurs,
}

impl Express {
    pub fn new(tcp: TcpStream, app: AppState, lane: Arc<Lane>) -> Express {
        let limit = Duration::from_millis(app.config.limits.header_milliseconds as u64);
        Express {
            tcp: Some(tcp),
            app,
            lane,
            ahead: Vec::new(),
            sending: None,
            since: Instant::now(),
            limit,
            timer: None,
        }
    }

    /// Whether nothing of a request has come, and nothing of a reply is left.
    pub fn is_idle(&self) -> bool {
        self.ahead.is_empty() && self.sending.is_none()
    }

    pub fn poll(&mut self, cx: &mut Context<'_>) -> Poll<End> {
        let Some(mut tcp) = self.tcp.take() else { return Poll::Ready(End::Closed) };
        match self.turn(&mut tcp, cx) {
            Poll::Ready(Ok(true)) => Poll::Ready(End::HandOver(tcp, std::mem::take(&mut self.ahead))),
            Poll::Ready(_) => Poll::Ready(End::Closed),
            Poll::Pending if self.is_late(cx) => Poll::Ready(End::Closed),
            Poll::Pending => {
                self.tcp = Some(tcp);
                Poll::Pending
            }
        }
    }

    /// `Ok(true)` when hyper shall go on, `Ok(false)` when the visitor has closed.
    fn turn(&mut self, tcp: &mut TcpStream, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        let mut space = [MaybeUninit::<u8>::uninit(); READ];
        loop {
            if let Some(sending) = &mut self.sending {
                ready!(sending.poll(tcp, cx))?;
                self.answered(None);
            }
            if !self.ahead.is_empty() {
                let mut ahead = std::mem::take(&mut self.ahead);
                let next = self.answer(tcp, &ahead);
                if let Ok(Next::Answered(used, _)) = &next {
                    ahead.drain(..*used);
                }
                self.ahead = ahead;
                match next? {
                    Next::Answered(_, rest) => {
                        self.answered(rest);
                        continue;
                    }
                    Next::NotOurs => return Poll::Ready(Ok(true)),
                    Next::More if self.ahead.len() >= READ => return Poll::Ready(Ok(true)),
                    Next::More => {}
                }
            }
            let mut buffer = ReadBuf::uninit(&mut space);
            ready!(Pin::new(&mut *tcp).poll_read(cx, &mut buffer))?;
            let read = buffer.filled();
            if read.is_empty() {
                return Poll::Ready(Ok(false));
            }
            if self.ahead.is_empty() {
                // The usual case: a whole request in one read, answered without being copied.
                match self.answer(tcp, read)? {
                    Next::Answered(used, rest) => {
                        self.ahead.extend_from_slice(&read[used..]);
                        self.answered(rest);
                        continue;
                    }
                    Next::NotOurs => {
                        self.ahead.extend_from_slice(read);
                        return Poll::Ready(Ok(true));
                    }
                    Next::More => {}
                }
            }
            self.ahead.extend_from_slice(read);
        }
    }

    fn answered(&mut self, rest: Option<Sending>) {
        self.sending = rest;
        if self.sending.is_none() {
            self.since = Instant::now();
        }
    }

    fn answer(&self, tcp: &TcpStream, bytes: &[u8]) -> io::Result<Next> {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        let used = match request.parse(bytes) {
            Ok(httparse::Status::Complete(used)) => used,
            Ok(httparse::Status::Partial) => return Ok(Next::More),
            Err(_) => return Ok(Next::NotOurs),
        };
        let (Some(method), Some(path), Some(1)) = (request.method, request.path, request.version) else {
            return Ok(Next::NotOurs);
        };
        let head_only = match method {
            "GET" => false,
            "HEAD" => true,
            _ => return Ok(Next::NotOurs),
        };
        let (mut encodings, mut known): (Option<&[u8]>, Option<&[u8]>) = (None, None);
        for header in request.headers.iter() {
            let slot = match header.name.len() {
                15 if header.name.eq_ignore_ascii_case("accept-encoding") => &mut encodings,
                13 if header.name.eq_ignore_ascii_case("if-none-match") => &mut known,
                10 if header.name.eq_ignore_ascii_case("connection")
                    && !header.value.eq_ignore_ascii_case(b"keep-alive") =>
                {
                    return Ok(Next::NotOurs);
                }
                // A body, an upgrade: rare with GET, and not simple.
                14 if header.name.eq_ignore_ascii_case("content-length") => return Ok(Next::NotOurs),
                17 if header.name.eq_ignore_ascii_case("transfer-encoding") => return Ok(Next::NotOurs),
                6 if header.name.eq_ignore_ascii_case("expect") => return Ok(Next::NotOurs),
                7 if header.name.eq_ignore_ascii_case("upgrade") => return Ok(Next::NotOurs),
                _ => continue,
            };
            // Sent twice, they mean a list; hyper's side reads those.
            if slot.replace(header.value).is_some() {
                return Ok(Next::NotOurs);
            }
        }
        let begun = self.app.ready.with(path, |page| {
            let sent = page.sent(head_only, encodings, known);
            with_start(sent.status, |start| {
                let whole = start.len() + sent.length;
                let slices = [IoSlice::new(start), IoSlice::new(&sent.wire[..sent.length])];
                // Mostly the socket takes it all, and nothing need be kept.
                let written = match tcp.try_write_vectored(&slices) {
                    Ok(written) => written,
                    Err(e) if e.kind() == io::ErrorKind::WouldBlock => 0,
                    Err(e) => return Err(e),
                };
                Ok((written < whole).then(|| Sending {
                    parts: [start.clone(), sent.wire.slice(..sent.length)],
                    sent: written,
                }))
            })
        });
        match begun {
            Some(rest) => {
                self.lane.hit();
                Ok(Next::Answered(used, rest?))
            }
            None => Ok(Next::NotOurs),
        }
    }

    /// Whether the next request has been waited for too long. The timer is not set anew for each request:
    /// when it rings it looks at the time.
    fn is_late(&mut self, cx: &mut Context<'_>) -> bool {
        if self.sending.is_some() {
            return false;
        }
        let due = self.since + self.limit;
        let timer = match &mut self.timer {
            // It wakes this task when it rings; until then it need not be asked.
            Some(timer) if !timer.is_elapsed() => return false,
            Some(timer) => timer,
            none => none.insert(Box::pin(tokio::time::sleep_until(due))),
        };
        while timer.as_mut().poll(cx).is_ready() {
            if Instant::now() >= due {
                return true;
            }
            timer.as_mut().reset(due);
        }
        false
    }
}

impl Sending {
    fn poll(&mut self, tcp: &mut TcpStream, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let whole: usize = self.parts.iter().map(Bytes::len).sum();
        while self.sent < whole {
            let mut skip = self.sent;
            let slices = self.parts.each_ref().map(|part| {
                let from = skip.min(part.len());
                skip -= from;
                IoSlice::new(&part[from..])
            });
            let written = ready!(Pin::new(&mut *tcp).poll_write_vectored(cx, &slices))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.sent += written;
        }
        Poll::Ready(Ok(()))
    }
}

/// Lends the status line and the date, made once a second for the commonest status.
fn with_start<T>(status: StatusCode, act: impl FnOnce(&Bytes) -> T) -> T {
    thread_local!(static START: RefCell<(i64, Bytes)> = const { RefCell::new((-1, Bytes::new())) });
    let second = clock::now().0.div_euclid(1000);
    if status != StatusCode::OK {
        return act(&start(status, second));
    }
    START.with_borrow_mut(|(made, line)| {
        if *made != second {
            *line = start(status, second);
            *made = second;
        }
        act(line)
    })
}

/// `HTTP/1.1 200 OK` and `date: Tue, 24 Nov 2026 04:10:24 GMT`.
fn start(status: StatusCode, second: i64) -> Bytes {
    let reason = status.canonical_reason().unwrap_or("");
    let date = newsroom::Zone::default().format(newsroom::Millis(second * 1000), "%a, %d %b %Y %H:%M:%S");
    Bytes::from(format!("HTTP/1.1 {} {reason}\r\ndate: {date} GMT\r\n", status.as_u16()))
}
