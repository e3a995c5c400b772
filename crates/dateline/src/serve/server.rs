//! The serving threads: each has a runtime, a listener and its connections to itself.

use super::{
    bound::Bound,
    crowd::{Crowd, Guest, Lobby},
};
use crate::app::AppState;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::TokioTimer;
use std::{
    io,
    net::{SocketAddr, TcpListener},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};
use tokio::{net::TcpStream, sync::watch};

/// A paper being served.
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<Option<Duration>>,
    threads: Vec<JoinHandle<()>>,
}

/// A visitor that takes no byte of its reply for this long is gone.
const UNREAD: Duration = Duration::from_secs(30);

impl Server {
    /// Starts serving; returns when every thread accepts.
    pub fn start(bound: Bound, app: AppState, router: Router) -> io::Result<Server> {
        let (stop, stopped) = watch::channel(None);
        let open = Arc::new(AtomicUsize::new(0));
        let address = bound.address();
        let mut threads = Vec::new();
        for (n, listener) in bound.listeners.into_iter().enumerate() {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            let worker = Worker {
                lobby: Arc::new(Lobby {
                    lane: app.figures.lane(),
                    app: app.clone(),
                    router: router.clone(),
                    http: http(&app),
                }),
                open: open.clone(),
                crowd: Arc::new(Crowd::default()),
            };
            let stopped = stopped.clone();
            let thread = std::thread::Builder::new().name(format!("serve-{n}")).spawn(move || {
                runtime.block_on(worker.serve(listener, stopped));
                // A handler still at work after the time is up must not keep the process.
                runtime.shutdown_background();
            })?;
            threads.push(thread);
        }
        Ok(Server { address, stop, threads })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more connections, lets requests under way end for at most `limit`, and returns when all
    /// threads have ended.
    pub fn drain(self, limit: Duration) {
        let _ = self.stop.send(Some(limit));
        for thread in self.threads {
            let _ = thread.join();
        }
    }
}

fn http(app: &AppState) -> http1::Builder {
    let limits = &app.config.limits;
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(Duration::from_millis(limits.header_milliseconds as u64))
        .max_header_size(limits.header_bytes)
        .keep_alive(true);
    http
}

struct Worker {
    lobby: Arc<Lobby>,
    open: Arc<AtomicUsize>,
    crowd: Arc<Crowd>,
}

impl Worker {
    async fn serve(self, listener: TcpListener, mut stopped: watch::Receiver<Option<Duration>>) {
        let listener = match tokio::net::TcpListener::from_std(listener) {
            Ok(listener) => listener,
            Err(e) => return tracing::error!(why = %e, "a listener cannot be used"),
        };
        loop {
            tokio::select! {
                biased;
                _ = stopped.changed() => break,
                accepted = listener.accept() => match accepted {
                    Ok((stream, peer)) => self.welcome(stream, peer),
                    Err(e) => {
                        // Out of file descriptors, most likely: some will be given back.
                        tracing::warn!(why = %e, "a connection could not be accepted");
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                },
            }
        }
        drop(listener);
        // They would stay as long as their readers do.
        self.lobby.app.live.end();
        let limit = stopped.borrow().unwrap_or_default();
        if tokio::time::timeout(limit, self.crowd.drain()).await.is_err() {
            tracing::warn!("some requests did not end in time and were cut off");
        }
    }

    fn welcome(&self, stream: TcpStream, peer: SocketAddr) {
        if self.open.fetch_add(1, Ordering::Relaxed) >= self.lobby.app.config.limits.connections {
            self.open.fetch_sub(1, Ordering::Relaxed);
            return;
        }
        // Neither is worth refusing a visitor for.
        let _ = stream.set_nodelay(true);
        #[cfg(target_os = "linux")]
        let _ = socket2::SockRef::from(&stream).set_tcp_user_timeout(Some(UNREAD));
        let guest = Guest::new(stream, peer, self.lobby.clone(), self.crowd.clone(), self.open.clone());
        tokio::spawn(guest);
    }
}
