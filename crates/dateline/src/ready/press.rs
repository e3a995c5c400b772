//! The press: finds a ready page, or has it rendered once for all who ask at the same time.

use super::{
    book::{Book, Flight, Key, Outcome},
    page::{Page, Rendered},
};
use crate::problem::Fault;
use axum::http::HeaderMap;
use newsroom::{Millis, touch::Touch};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

/// How the press works.
pub struct Settings {
    /// Memory for pages, in bytes; 0 keeps none.
    pub most_bytes: usize,
    /// Headers of every page: the security ones.
    pub base: HeaderMap,
    /// The clock, so that tests can hold it.
    pub clock: fn() -> Millis,
}

pub struct ReadyPages {
    pub(super) settings: Settings,
    pub(super) pages: papaya::HashMap<Key, Arc<Page>>,
    pub(super) book: Mutex<Book>,
    /// [`Book::generation`], to be read without the lock.
    generation: AtomicU64,
    renders: AtomicU64,
    bytes: AtomicU64,
}

impl ReadyPages {
    pub fn new(settings: Settings) -> ReadyPages {
        ReadyPages {
            settings,
            pages: papaya::HashMap::new(),
            book: Mutex::default(),
            generation: AtomicU64::new(0),
            renders: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        }
    }

    /// Lends the page of that key to `read`, without a lock. `None` when it is not ready.
    pub fn with<T>(&self, key: &str, read: impl FnOnce(&Page) -> T) -> Option<T> {
        let pages = self.pages.pin();
        let page = pages.get(key)?;
        if page.stale_at != i64::MAX && page.stale_at <= (self.settings.clock)().0 {
            return None;
        }
        // Written only when it changes: a store would pull the line from the other cores at every hit.
        if !page.asked.load(Ordering::Relaxed) {
            page.asked.store(true, Ordering::Relaxed);
        }
        Some(read(page))
    }

    fn find(&self, key: &str) -> Option<Arc<Page>> {
        let pages = self.pages.pin();
        let page = pages.get(key)?;
        let fresh = page.stale_at == i64::MAX || page.stale_at > (self.settings.clock)().0;
        fresh.then(|| page.clone())
    }

    /// The page of that key, rendered by `render` unless it is ready or being rendered already.
    ///
    /// `render` must read its data when it runs, not before, and name all of it in
    /// [`Rendered::touches`]. Where a change overlaps the rendering, those who asked before the change get
    /// the page, it is not kept, and those who asked after it get a new one. A fault goes to all who
    /// waited for the same rendering.
    pub async fn get_or_render<F, R>(&self, key: &str, render: F) -> Result<Arc<Page>, Fault>
    where
        F: FnOnce() -> R,
        R: Future<Output = Result<Rendered, Fault>>,
    {
        let arrived = self.generation.load(Ordering::Acquire);
        loop {
            if let Some(page) = self.find(key) {
                return Ok(page);
            }
            let flight = match self.board(key) {
                Boarding::Landed(page) => return Ok(page),
                Boarding::Lead(landing) => {
                    self.renders.fetch_add(1, Ordering::Relaxed);
                    return landing.land(render().await);
                }
                Boarding::Wait(flight) => flight,
            };
            let mut landed = std::pin::pin!(flight.landed.notified());
            landed.as_mut().enable();
            if flight.outcome.get().is_none() {
                landed.await;
            }
            match flight.outcome.get() {
                Some(Outcome::Done { page, until })
                    if arrived < *until && page.stale_at > (self.settings.clock)().0 =>
                {
                    return Ok(page.clone());
                }
                Some(Outcome::Failed { fault }) => return Err(fault.clone()),
                // At most one more round on account of a change: the next rendering begins after it.
                _ => {}
            }
        }
    }

    fn board(&self, key: &str) -> Boarding<'_> {
        let mut book = self.lock();
        // It may have landed between the look and the lock.
        if let Some(page) = self.find(key) {
            return Boarding::Landed(page);
        }
        if let Some((_, flight)) = book.flights.get(key) {
            return Boarding::Wait(flight.clone());
        }
        let key: Key = key.into();
        let flight = Arc::new(Flight::default());
        let began = book.generation;
        book.flights.insert(key.clone(), (began, flight.clone()));
        Boarding::Lead(Landing { ready: self, key, flight, began })
    }

    /// Removes every page that depends on one of these, and keeps renderings under way from being kept.
    /// To be called after the change is committed and before it is answered.
    pub fn invalidate(&self, touches: &[Touch]) {
        if touches.is_empty() {
            return;
        }
        let mut book = self.lock();
        book.generation += 1;
        self.generation.store(book.generation, Ordering::Release);
        if !book.flights.is_empty() {
            let generation = book.generation;
            book.recent.push_back((generation, touches.into()));
        }
        let mut gone: Vec<Key> = Vec::new();
        if touches.contains(&Touch::Paper) {
            gone.extend(self.pages.pin().keys().cloned());
        } else {
            for keys in touches.iter().filter_map(|t| book.index.get(t)) {
                gone.extend(keys.iter().cloned());
            }
        }
        for key in gone {
            self.remove(&mut book, &key);
        }
        self.bytes.store(book.bytes as u64, Ordering::Relaxed);
    }

    /// Pages kept, bytes they take, and renderings since the start.
    pub fn figures(&self) -> (usize, u64, u64) {
        (self.pages.len(), self.bytes.load(Ordering::Relaxed), self.renders.load(Ordering::Relaxed))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Book> {
        // Nothing that can panic runs under the lock half-way through a change.
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remove(&self, book: &mut Book, key: &Key) {
        let pages = self.pages.pin();
        if let Some(page) = pages.remove(key) {
            book.strike(key, page);
        }
    }

    fn keep(&self, book: &mut Book, key: Key, page: Arc<Page>) {
        let most = self.settings.most_bytes;
        // One huge page must not empty the whole cache.
        if page.touches.is_empty() || page.bytes() > most / 8 || page.stale_at <= (self.settings.clock)().0 {
            return;
        }
        self.remove(book, &key);
        book.enter(&key, &page);
        book.hand.push_back((key.clone(), page.serial));
        self.pages.pin().insert(key, page);
        let pages = self.pages.pin();
        // Invalidated pages leave their entry behind; they must not pile up.
        if book.hand.len() > 2 * pages.len() + 64 {
            book.hand.retain(|(key, serial)| pages.get(key).is_some_and(|p| p.serial == *serial));
        }
        while book.bytes > most {
            let Some((key, serial)) = book.hand.pop_front() else { break };
            let Some(page) = pages.get(&key).filter(|p| p.serial == serial) else { continue };
            if page.asked.swap(false, Ordering::Relaxed) {
                book.hand.push_back((key, serial));
            } else {
                self.remove(book, &key);
            }
        }
        self.bytes.store(book.bytes as u64, Ordering::Relaxed);
    }

    /// Puts an improved page in the place of the same rendering, if that is still there.
    pub(super) fn swap(&self, key: &Key, better: Page) -> bool {
        let mut book = self.lock();
        let pages = self.pages.pin();
        let Some(old) = pages.get(key).filter(|old| old.serial == better.serial) else { return false };
        book.bytes = (book.bytes + better.bytes()).saturating_sub(old.bytes());
        self.bytes.store(book.bytes as u64, Ordering::Relaxed);
        pages.insert(key.clone(), Arc::new(better));
        true
    }
}

/// What to do about a page that was not ready.
enum Boarding<'a> {
    Landed(Arc<Page>),
    Lead(Landing<'a>),
    Wait(Arc<Flight>),
}

/// Ends a rendering however it ends: also when its request went away or it panicked.
struct Landing<'a> {
    ready: &'a ReadyPages,
    key: Key,
    flight: Arc<Flight>,
    began: u64,
}

impl Landing<'_> {
    fn land(self, rendered: Result<Rendered, Fault>) -> Result<Arc<Page>, Fault> {
        let ready = self.ready;
        match rendered {
            Err(fault) => {
                let mut book = ready.lock();
                self.end(&mut book, Outcome::Failed { fault: fault.clone() });
                Err(fault)
            }
            Ok(rendered) => {
                let serial = {
                    let mut book = ready.lock();
                    book.serial += 1;
                    book.serial
                };
                let now = (ready.settings.clock)();
                let page = Arc::new(Page::make(rendered, &ready.settings.base, serial, now));
                let mut book = ready.lock();
                let until = book.touched_since(self.began, &page.touches);
                if until.is_none() {
                    ready.keep(&mut book, self.key.clone(), page.clone());
                }
                let until = until.unwrap_or(u64::MAX);
                self.end(&mut book, Outcome::Done { page: page.clone(), until });
                Ok(page)
            }
        }
    }

    fn end(&self, book: &mut Book, outcome: Outcome) {
        book.flights.remove(&self.key);
        book.forget();
        let _ = self.flight.outcome.set(outcome);
        self.flight.landed.notify_waiters();
    }
}

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        if self.flight.outcome.get().is_none() {
            let mut book = self.ready.lock();
            self.end(&mut book, Outcome::Abandoned);
        }
    }
}
