//! What is kept and why, under one short lock: which pages depend on a touch, which renderings are under
//! way, what was invalidated meanwhile, and in which order pages leave.

use super::page::Page;
use newsroom::touch::Touch;
use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Arc, OnceLock},
};
use tokio::sync::Notify;

use crate::problem::Fault;

pub(super) type Key = Arc<str>;

/// How a rendering ended.
#[derive(Clone)]
pub(super) enum Outcome {
    /// Good for requests that began before generation `until`: then, something in it was touched.
    Done {
        page: Arc<Page>,
        until: u64,
    },
    Failed {
        fault: Fault,
    },
    /// Its request went away or it panicked; somebody else must render.
    Abandoned,
}

/// One rendering under way, for all who wait for it.
#[derive(Default)]
pub(super) struct Flight {
    pub outcome: OnceLock<Outcome>,
    pub landed: Notify,
}

#[derive(Default)]
pub(super) struct Book {
    /// Counts invalidations.
    pub generation: u64,
    pub serial: u64,
    pub bytes: usize,
    pub index: HashMap<Touch, HashSet<Key>>,
    /// Renderings under way, with the generation each began at.
    pub flights: HashMap<Key, (u64, Arc<Flight>)>,
    /// Generations and what they touched, as far back as the oldest rendering under way.
    pub recent: VecDeque<(u64, Arc<[Touch]>)>,
    /// Pages in the order of the clock hand; entries whose page is gone are passed over.
    pub hand: VecDeque<(Key, u64)>,
}

impl Book {
    /// The first generation after `began` that touched one of these.
    pub fn touched_since(&self, began: u64, touches: &[Touch]) -> Option<u64> {
        self.recent
            .iter()
            .filter(|(generation, _)| *generation > began)
            .find(|(_, hit)| hit.iter().any(|t| *t == Touch::Paper || touches.contains(t)))
            .map(|(generation, _)| *generation)
    }

    /// Forgets invalidations that no rendering under way can have overlapped.
    pub fn forget(&mut self) {
        let oldest = self.flights.values().map(|(began, _)| *began).min().unwrap_or(self.generation);
        while self.recent.front().is_some_and(|(generation, _)| *generation <= oldest) {
            self.recent.pop_front();
        }
    }

    pub fn enter(&mut self, key: &Key, page: &Page) {
        for touch in &page.touches {
            self.index.entry(touch.clone()).or_default().insert(key.clone());
        }
        self.bytes += page.bytes();
    }

    /// After the page has left the map.
    pub fn strike(&mut self, key: &Key, page: &Page) {
        for touch in &page.touches {
            if let Some(keys) = self.index.get_mut(touch) {
                keys.remove(key);
                if keys.is_empty() {
                    self.index.remove(touch);
                }
            }
        }
        self.bytes = self.bytes.saturating_sub(page.bytes());
    }
}
