//! How often one print has done something within the last minute and hour. In memory alone, bounded, the
//! oldest forgotten first.

use super::reader::Print;
use newsroom::{
    Millis,
    clock::{HOUR, MINUTE},
};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

/// Acts of one print up to a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Tally {
    pub last_minute: u32,
    pub last_hour: u32,
    /// When the latest of these was, if within the hour.
    pub latest: Option<Millis>,
}

/// Counts acts, by print. A cheap thing to have several of: one for comments, one for sign-in tries.
pub struct Flood {
    shards: Vec<Mutex<Shard>>,
    /// Acts remembered in each shard.
    most: usize,
}

#[derive(Default)]
struct Shard {
    acts: HashMap<Print, VecDeque<i64>>,
    /// The same acts in the order they came, so that the oldest can go first.
    log: VecDeque<(Print, i64)>,
}

const SHARDS: usize = 16;

impl Flood {
    /// Remembers at most `most` acts, about 50 bytes each.
    pub fn new(most: usize) -> Flood {
        Flood { shards: (0..SHARDS).map(|_| Mutex::default()).collect(), most: (most / SHARDS).max(1) }
    }

    /// The print's acts before `now`; with `count` this one is counted too, for the next.
    fn visit(&self, print: Print, now: Millis, count: bool) -> Tally {
        let shard = &self.shards[(print as usize) % SHARDS];
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        while shard.log.front().is_some_and(|(_, at)| now.0.saturating_sub(*at) >= HOUR) {
            shard.drop_oldest();
        }
        let tally = shard.acts.get(&print).map_or(Tally::default(), |acts| Tally {
            // Kept in the order of time, and searched so: under a flood there are many.
            last_minute: (acts.len() - acts.partition_point(|at| now.0.saturating_sub(*at) >= MINUTE)) as u32,
            last_hour: acts.len() as u32,
            latest: acts.back().map(|at| Millis(*at)),
        });
        if count {
            if shard.log.len() >= self.most {
                shard.drop_oldest();
            }
            shard.acts.entry(print).or_default().push_back(now.0);
            shard.log.push_back((print, now.0));
        }
        tally
    }

    /// What came before, without counting anything.
    pub fn tally(&self, print: Print, now: Millis) -> Tally {
        self.visit(print, now, false)
    }

    /// Counts an act, and says what came before it: in one step, so that two at once do not both pass.
    pub fn count(&self, print: Print, now: Millis) -> Tally {
        self.visit(print, now, true)
    }

    /// Takes back an act that was counted at that moment, and came to nothing.
    pub fn take_back(&self, print: Print, at: Millis) {
        let mut shard = self.shards[(print as usize) % SHARDS].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(n) = shard.log.iter().rposition(|act| *act == (print, at.0)) {
            shard.log.remove(n);
            if let Some(acts) = shard.acts.get_mut(&print) {
                if let Some(n) = acts.iter().rposition(|act| *act == at.0) {
                    acts.remove(n);
                }
                if acts.is_empty() {
                    shard.acts.remove(&print);
                }
            }
        }
    }

    /// Forgets what a print has done: after a sign-in that succeeded.
    pub fn forget(&self, print: Print) {
        let mut shard = self.shards[(print as usize) % SHARDS].lock().unwrap_or_else(PoisonError::into_inner);
        shard.acts.remove(&print);
        shard.log.retain(|(p, _)| *p != print);
    }
}

impl Shard {
    fn drop_oldest(&mut self) {
        let Some((print, _)) = self.log.pop_front() else { return };
        if let Some(acts) = self.acts.get_mut(&print) {
            acts.pop_front();
            if acts.is_empty() {
                self.acts.remove(&print);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_and_an_hour() {
        let flood = Flood::new(1000);
        for second in 0..5 {
            flood.count(7, Millis(second * 1000));
        }
        let at = |ms| flood.tally(7, Millis(ms));
        assert_eq!(at(5_000), Tally { latest: Some(Millis(4_000)), last_minute: 5, last_hour: 5 });
        assert_eq!(at(61_000), Tally { latest: Some(Millis(4_000)), last_minute: 3, last_hour: 5 });
        assert_eq!(at(HOUR + 2_000), Tally { latest: Some(Millis(4_000)), last_minute: 0, last_hour: 2 });
        assert_eq!(at(2 * HOUR), Tally::default());
        assert_eq!(flood.tally(8, Millis(5_000)), Tally::default());
    }

    #[test]
    fn memory_is_bounded_and_the_oldest_goes_first() {
        let flood = Flood::new(160);
        for n in 0..100_000 {
            flood.count(n * SHARDS as u64, Millis(n as i64));
        }
        let shard = flood.shards[0].lock().unwrap();
        assert_eq!((shard.acts.len(), shard.log.len()), (10, 10));
        drop(shard);
        assert_eq!(flood.tally(99_999 * SHARDS as u64, Millis(100_000)).last_hour, 1);
        assert_eq!(flood.tally(0, Millis(100_000)).last_hour, 0);
    }

    #[test]
    fn taken_back_it_counts_no_more() {
        let flood = Flood::new(100);
        assert_eq!(flood.count(7, Millis(0)).last_minute, 0);
        assert_eq!(flood.count(7, Millis(5)).last_minute, 1);
        flood.take_back(7, Millis(5));
        flood.take_back(7, Millis(6));
        assert_eq!(
            flood.tally(7, Millis(9)),
            Tally { last_minute: 1, last_hour: 1, latest: Some(Millis(0)) }
        );
        flood.take_back(7, Millis(0));
        assert_eq!(flood.tally(7, Millis(9)), Tally::default());
    }

    #[test]
    fn forgotten_after_success() {
        let flood = Flood::new(100);
        flood.count(7, Millis(0));
        flood.count(23, Millis(0));
        flood.forget(7);
        assert_eq!(flood.tally(7, Millis(1)).last_hour, 0);
        assert_eq!(flood.tally(23, Millis(1)).last_hour, 1);
    }
}
