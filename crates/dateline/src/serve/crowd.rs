//! The open connections of one serving thread, and how they are told to end.

use super::{
    express::{End, Express},
    open_line,
    stream::Stream,
};
use crate::{app::AppState, front::Front, observe::Lane};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use std::{
    collections::HashMap,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker, ready},
};
use tokio::{net::TcpStream, sync::Notify};

#[derive(Default)]
pub(super) struct Crowd {
    wakers: Mutex<(u64, HashMap<u64, Waker>)>,
    draining: AtomicBool,
    empty: Notify,
}

impl Crowd {
    fn wakers(&self) -> MutexGuard<'_, (u64, HashMap<u64, Waker>)> {
        self.wakers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets every connection end after the request it is at, and waits until all have.
    pub async fn drain(&self) {
        self.draining.store(true, Ordering::SeqCst);
        for waker in self.wakers().1.values() {
            waker.wake_by_ref();
        }
        loop {
            // Registered before the look, so that a last goodbye in between is not missed.
            let empty = self.empty.notified();
            if self.wakers().1.is_empty() {
                return;
            }
            empty.await;
        }
    }
}

type Connection = http1::Connection<TokioIo<Stream>, Front>;

/// What a connection needs when it leaves the express lane.
pub(super) struct Lobby {
    pub app: AppState,
    pub router: Router,
    pub lane: Arc<Lane>,
    pub http: http1::Builder,
}

/// For hyper, with what was read already, where it is no open line.
type HandedBack = Option<(TcpStream, Vec<u8>)>;

#[allow(clippy::large_enum_variant, reason = "nearly every connection is on the express lane")]
enum Way {
    Express(Express),
    /// Asking for an open line, or on one.
    Line(Pin<Box<dyn Future<Output = HandedBack> + Send>>),
    Hyper(Pin<Box<Connection>>),
}

/// One connection until its end. A wake-up costs one atomic read more than the connection's own.
pub(super) struct Guest {
    way: Way,
    lobby: Arc<Lobby>,
    peer: SocketAddr,
    crowd: Arc<Crowd>,
    /// Of all threads together.
    open: Arc<AtomicUsize>,
    number: u64,
    known: bool,
    told: bool,
}

impl Guest {
    /// `open` has counted it already.
    pub fn new(
        stream: TcpStream,
        peer: SocketAddr,
        lobby: Arc<Lobby>,
        crowd: Arc<Crowd>,
        open: Arc<AtomicUsize>,
    ) -> Guest {
        // Known to the crowd from the start, so that a drain never overlooks it.
        let number = {
            let mut wakers = crowd.wakers();
            wakers.0 += 1;
            let number = wakers.0;
            wakers.1.insert(number, Waker::noop().clone());
            number
        };
        let way = Way::Express(Express::new(stream, lobby.app.clone(), lobby.lane.clone()));
        Guest { way, lobby, peer, crowd, open, number, known: false, told: false }
    }
}

impl Future for Guest {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let guest = &mut *self;
        if !guest.known {
            guest.known = true;
            // A task keeps its waker for life.
            guest.crowd.wakers().1.insert(guest.number, cx.waker().clone());
        }
        let draining = !guest.told && guest.crowd.draining.load(Ordering::SeqCst);
        if let Way::Express(express) = &mut guest.way {
            if draining && express.is_idle() {
                return Poll::Ready(());
            }
            let (tcp, ahead) = match ready!(express.poll(cx)) {
                End::Closed => return Poll::Ready(()),
                End::HandOver(tcp, ahead) => (tcp, ahead),
            };
            guest.way = Way::Line(Box::pin(open_line::serve(guest.lobby.app.clone(), tcp, ahead)));
        }
        if let Way::Line(line) = &mut guest.way {
            let Some((tcp, ahead)) = ready!(line.as_mut().poll(cx)) else { return Poll::Ready(()) };
            let lobby = &guest.lobby;
            let front = Front::new(lobby.app.clone(), lobby.router.clone(), lobby.lane.clone(), guest.peer);
            let stream = TokioIo::new(Stream::new(tcp, ahead));
            guest.way = Way::Hyper(Box::pin(lobby.http.serve_connection(stream, front)));
        }
        let Way::Hyper(connection) = &mut guest.way else { return Poll::Ready(()) };
        if draining {
            guest.told = true;
            connection.as_mut().graceful_shutdown();
        }
        // An error here is the visitor's line breaking, or its request being no HTTP: nothing to tell.
        connection.as_mut().poll(cx).map(|_| ())
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::Relaxed);
        let mut wakers = self.crowd.wakers();
        wakers.1.remove(&self.number);
        if wakers.1.is_empty() {
            self.crowd.empty.notify_one();
        }
    }
}
