//! The open connections of one serving thread, and how they are told to end.

use super::stream::Stream;
use crate::front::Front;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use std::{
    collections::HashMap,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
};
use tokio::sync::Notify;

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

/// One connection until its end. A wake-up costs one atomic read more than hyper's own.
pub(super) struct Guest {
    connection: Pin<Box<Connection>>,
    crowd: Arc<Crowd>,
    /// Of all threads together.
    open: Arc<AtomicUsize>,
    number: u64,
    known: bool,
    told: bool,
}

impl Guest {
    /// `open` has counted it already.
    pub fn new(connection: Connection, crowd: Arc<Crowd>, open: Arc<AtomicUsize>) -> Guest {
        // Known to the crowd from the start, so that a drain never overlooks it.
        let number = {
            let mut wakers = crowd.wakers();
            wakers.0 += 1;
            let number = wakers.0;
            wakers.1.insert(number, Waker::noop().clone());
            number
        };
        Guest { connection: Box::pin(connection), crowd, open, number, known: false, told: false }
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
        if !guest.told && guest.crowd.draining.load(Ordering::SeqCst) {
            guest.told = true;
            guest.connection.as_mut().graceful_shutdown();
        }
        // An error here is the visitor's line breaking, or its request being no HTTP: nothing to tell.
        guest.connection.as_mut().poll(cx).map(|_| ())
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
