//! Readers with a page open are told how many comments it has as soon as that changes. One look at the
//! database for each change of a discussion, however many watch it.

use crate::app::AppState;
use futures_util::{Stream, stream};
use newsroom::{story::StoryId, touch::Touch};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Notify, watch};

pub struct Live {
    rooms: Mutex<HashMap<StoryId, Room>>,
    readers: Arc<AtomicUsize>,
    most: usize,
    ended: AtomicBool,
}

/// Those who watch one discussion.
struct Room {
    /// How many comments are shown; `None` until it was looked up.
    shown: Arc<watch::Sender<Option<u32>>>,
    touched: Arc<Notify>,
}

/// A reader's place; given back when it is dropped.
struct Seat(Arc<AtomicUsize>);

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Under a story where a hundred comments arrive in a second, every reader is told once in it.
const PAUSE: Duration = Duration::from_secs(1);

/// A line that is quiet for longer is cut by some on the way.
pub const PULSE: Duration = Duration::from_secs(25);

/// Of the reply. nginx would gather events otherwise. The number of comments is no secret, and pages of other sites,
/// where the same discussion stands, listen too.
pub const HEADERS: [(&str, &str); 3] =
    [("cache-control", "no-store"), ("x-accel-buffering", "no"), ("access-control-allow-origin", "*")];

impl Live {
    /// At most `most` readers are told.
    pub fn new(most: usize) -> Live {
        Live { rooms: Mutex::default(), readers: Arc::default(), most, ended: AtomicBool::new(false) }
    }

    fn rooms(&self) -> MutexGuard<'_, HashMap<StoryId, Room>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// To be told of every commit.
    pub fn touched(&self, touches: &[Touch]) {
        for touch in touches {
            if let Touch::Discussion(story) = touch
                && let Some(room) = self.rooms().get(story)
            {
                room.touched.notify_one();
            }
        }
    }

    /// Lets every reader go, and takes no more.
    pub fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
        for room in self.rooms().values() {
            room.touched.notify_one();
        }
    }

    pub fn readers(&self) -> usize {
        self.readers.load(Ordering::Relaxed)
    }
}

/// The number of comments shown under a story, now and whenever it changes. `None` where as many watch as may.
pub fn watch(app: &AppState, story: StoryId) -> Option<impl Stream<Item = u32> + use<>> {
    let live = &app.live;
    let seat = Seat(live.readers.clone());
    if live.readers.fetch_add(1, Ordering::Relaxed) >= live.most || live.ended.load(Ordering::SeqCst) {
        return None;
    }
    let mut shown = {
        let mut rooms = live.rooms();
        let room = rooms.entry(story).or_insert_with(|| open(app.clone(), story));
        room.shown.subscribe()
    };
    // What was counted before this reader came is news to it.
    shown.mark_changed();
    Some(stream::unfold((shown, seat), async |(mut shown, seat)| {
        loop {
            shown.changed().await.ok()?;
            let now = *shown.borrow_and_update();
            if let Some(count) = now {
                return Some((count, (shown, seat)));
            }
        }
    }))
}

fn open(app: AppState, story: StoryId) -> Room {
    let room = Room { shown: Arc::new(watch::Sender::new(None)), touched: Arc::new(Notify::new()) };
    let (shown, touched) = (room.shown.clone(), room.touched.clone());
    touched.notify_one();
    tokio::spawn(async move {
        loop {
            tokio::select! {
                () = touched.notified() => {}
                () = shown.closed() => {}
            }
            {
                let mut rooms = app.live.rooms();
                if app.live.ended.load(Ordering::SeqCst) || shown.receiver_count() == 0 {
                    rooms.remove(&story);
                    return;
                }
            }
            match app.store.shown_under(story).await {
                Ok(count) => drop(shown.send_if_modified(|known| known.replace(count) != Some(count))),
                // Whoever watches is told at the next change.
                Err(e) => tracing::warn!(story, why = %e, "a discussion could not be counted"),
            }
            tokio::time::sleep(PAUSE).await;
        }
    });
    room
}
