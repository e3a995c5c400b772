//! A paper served in process on a free port, and a client that speaks raw HTTP to it.
#![allow(dead_code, reason = "each test file uses a part of it")]

use axum::Router;
use dateline::{
    app::{App, AppState},
    config::Config,
    http,
    serve::{Bound, Server},
};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::Arc,
    time::Duration,
};

pub mod running;

#[path = "../../../store/tests/support/place.rs"]
mod place;

/// Where one test's paper is kept.
pub type Database = place::Home;

pub fn sqlite() -> Option<Database> {
    place::on_sqlite()
}

/// `None`, and a line that says so, where there is no server.
pub fn postgres() -> Option<Database> {
    runtime().block_on(place::on_postgres())
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

/// Each `fn name(paper: &Served)` becomes a test in `on_sqlite` and one in `on_postgres`, on a paper of its
/// own that `$make` makes of a [`Database`].
#[macro_export]
macro_rules! on_both {
    ($make:path: $($name:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[test]
            fn $name() {
                if let Some(home) = $crate::support::sqlite() {
                    super::$name(&$make(home));
                }
            })*
        }
        mod on_postgres {
            $(#[test]
            fn $name() {
                if let Some(home) = $crate::support::postgres() {
                    super::$name(&$make(home));
                }
            })*
        }
    };
}

pub struct Served {
    pub app: AppState,
    pub server: Option<Server>,
    pub address: SocketAddr,
    pub data: tempfile::TempDir,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Served {
    /// On an SQLite file of its own.
    pub fn start(routes: Router<AppState>, change: impl FnOnce(&mut Config)) -> Served {
        Served::on(sqlite().unwrap(), routes, change)
    }

    pub fn on(home: Database, routes: Router<AppState>, change: impl FnOnce(&mut Config)) -> Served {
        let mut config = Config::default();
        config.listen.address = "127.0.0.1:0".parse().unwrap();
        config.listen.workers = 2;
        if let store::Place::Postgres(url) = &home.place {
            config.database.url = Some(url.clone());
        }
        change(&mut config);
        let bound = Bound::bind(config.listen.address, config.listen.workers).unwrap();
        let paper = config.paper(bound.address());
        let runtime = runtime();
        let app = Arc::new(runtime.block_on(App::open(config, paper, home.dir.path())).unwrap());
        let server = Server::start(bound, app.clone(), http::router(app.clone(), routes)).unwrap();
        Served {
            app,
            address: server.address(),
            server: Some(server),
            data: home.dir,
            runtime: Some(runtime),
        }
    }

    /// Waits for what the paper itself does.
    pub fn wait<T>(&self, act: impl Future<Output = T>) -> T {
        self.runtime.as_ref().unwrap().block_on(act)
    }

    /// Does the jobs that are due.
    pub fn finish_jobs(&self) {
        self.wait(dateline::jobs::finish(&self.app)).unwrap();
    }

    pub fn line(&self) -> Line {
        Line::to(self.address)
    }

    /// One request on a connection of its own.
    pub fn ask(&self, method: &str, path: &str, headers: &[&str]) -> Reply {
        self.line().ask(method, path, headers)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            server.drain(Duration::ZERO);
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// One connection.
pub struct Line(TcpStream, Vec<u8>);

impl Line {
    pub fn to(address: SocketAddr) -> Line {
        let stream = TcpStream::connect(address).unwrap();
        // Only so that a server that never answers fails the test instead of hanging it.
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        Line(stream, Vec::new())
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        match self.0.write_all(bytes.as_ref()) {
            // Refused before all of it was sent: the reply says so.
            Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => {}
            sent => sent.unwrap(),
        }
    }

    pub fn ask(&mut self, method: &str, path: &str, headers: &[&str]) -> Reply {
        let lines: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
        self.send(format!("{method} {path} HTTP/1.1\r\nhost: paper.example\r\n{lines}\r\n"));
        self.reply(method == "HEAD")
    }

    /// What the server sends until it closes.
    pub fn rest(&mut self) -> Vec<u8> {
        let mut rest = std::mem::take(&mut self.1);
        // A reset is a way to close, too.
        let _ = self.0.read_to_end(&mut rest);
        rest
    }

    pub fn reply(&mut self, head_only: bool) -> Reply {
        let end = loop {
            if let Some(at) = self.1.windows(4).position(|w| w == b"\r\n\r\n") {
                break at + 4;
            }
            self.more();
        };
        let head = String::from_utf8(self.1.drain(..end).collect()).unwrap();
        let mut lines = head.trim_end().split("\r\n");
        let status: u16 = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers: Vec<(String, String)> = lines
            .map(|l| l.split_once(": ").unwrap())
            .map(|(n, v)| (n.to_lowercase(), v.to_owned()))
            .collect();
        let mut reply = Reply { status, headers, body: vec![] };
        if reply.header("transfer-encoding") == Some("chunked") && !head_only {
            reply.body = self.chunks();
        } else if !head_only && ![204, 304].contains(&status) {
            let length: usize = reply.header("content-length").expect("a length").parse().unwrap();
            while self.1.len() < length {
                self.more();
            }
            reply.body = self.1.drain(..length).collect();
        }
        reply
    }

    /// A body that came in pieces.
    fn chunks(&mut self) -> Vec<u8> {
        let mut body = Vec::new();
        loop {
            let head = self.taken_until(b"\r\n");
            let length = usize::from_str_radix(std::str::from_utf8(&head).unwrap(), 16).unwrap();
            while self.1.len() < length + 2 {
                self.more();
            }
            body.extend(self.1.drain(..length));
            assert_eq!(self.taken_until(b"\r\n"), b"");
            if length == 0 {
                return body;
            }
        }
    }

    fn taken_until(&mut self, end: &[u8]) -> Vec<u8> {
        let at = loop {
            match self.1.windows(end.len()).position(|w| w == end) {
                Some(at) => break at,
                None => self.more(),
            }
        };
        let taken = self.1.drain(..at).collect();
        self.1.drain(..end.len());
        taken
    }

    fn more(&mut self) {
        let mut buffer = [0; 4096];
        let n = self.0.read(&mut buffer).unwrap();
        assert!(n > 0, "closed in the middle of a reply: {:?}", String::from_utf8_lossy(&self.1));
        self.1.extend_from_slice(&buffer[..n]);
    }
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(n, _)| n == name);
        let first = found.next();
        assert!(found.next().is_none(), "{name} is sent twice");
        first.map(|(_, v)| v.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}
