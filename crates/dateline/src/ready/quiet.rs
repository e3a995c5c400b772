//! Better compression for pages that have been quiet: too slow while a reader waits, cheap afterwards.

use super::{page::Page, press::ReadyPages};
use newsroom::Millis;
use std::sync::{Arc, atomic::Ordering};

/// Pages improved in one round, so that a round ends soon.
const ROUND: usize = 64;

impl ReadyPages {
    /// Gives smaller forms to pages that were asked for and have stood unchanged for `quiet` milliseconds;
    /// returns how many. Takes milliseconds for each page: not for a serving thread.
    pub fn improve(&self, now: Millis, quiet: i64) -> usize {
        let due: Vec<(Arc<str>, Arc<Page>)> = self
            .pages
            .pin()
            .iter()
            .filter(|(_, page)| {
                !page.improved && now.since(page.made_at) >= quiet && page.asked.load(Ordering::Relaxed)
            })
            .take(ROUND)
            .map(|(key, page)| (key.clone(), page.clone()))
            .collect();
        due.into_iter().filter(|(key, page)| self.swap(key, page.improve())).count()
    }
}
