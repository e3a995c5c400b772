//! How often one key, most often a reader's print, has done something within the last minute and hour. In memory
//! alone, bounded, the oldest forgotten first.

use super::reader::Print;
use newsroom::{
    Millis,
    clock::{HOUR, MINUTE},
};
use std::{
    collections::{HashMap, VecDeque},
    hash::{BuildHasher, Hash, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Acts of one key up to a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Tally {
    pub last_minute: u32,
    pub last_hour: u32,
    /// When the latest of these was, if within the hour.
    pub latest: Option<Millis>,
}

/// Counts acts, by key. A cheap thing to have several of: one for comments, one for sign-in tries. What must be
/// counted apart within one has a key that says so.
pub struct Flood<K = Print> {
    shards: Vec<Mutex<Shard<K>>>,
    /// Says in which shard a key is.
    place: RandomState,
    /// Acts remembered in each shard.
    most: usize,
}

struct Shard<K> {
    acts: HashMap<K, VecDeque<i64>>,
    /// The same acts in the order they came, so that the oldest can go first.
    log: VecDeque<(K, i64)>,
}

const SHARDS: usize = 16;

impl<K: Copy + Eq + Hash> Flood<K> {
    /// Remembers at most `most` acts, about 50 bytes each.
    pub fn new(most: usize) -> Flood<K> {
        let empty = || Mutex::new(Shard { acts: HashMap::new(), log: VecDeque::new() });
        Flood {
            shards: (0..SHARDS).map(|_| empty()).collect(),
            place: RandomState::new(),
            most: (most / SHARDS).max(1),
        }
    }

    fn shard(&self, key: K) -> MutexGuard<'_, Shard<K>> {
        let place = self.place.hash_one(key) as usize % SHARDS;
        self.shards[place].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The key's acts before `now`; with `count` this one is counted too, for the next.
    fn visit(&self, key: K, now: Millis, count: bool) -> Tally {
        let mut shard = self.shard(key);
        while shard.log.front().is_some_and(|(_, at)| now.0.saturating_sub(*at) >= HOUR) {
            shard.drop_oldest();
        }
        let tally = shard.acts.get(&key).map_or(Tally::default(), |acts| Tally {
            // Kept in the order of time, and searched so: under a flood there are many.
            last_minute: (acts.len() - acts.partition_point(|at| now.0.saturating_sub(*at) >= MINUTE)) as u32,
            last_hour: acts.len() as u32,
            latest: acts.back().map(|at| Millis(*at)),
        });
        if count {
            if shard.log.len() >= self.most {
                shard.drop_oldest();
            }
            shard.acts.entry(key).or_default().push_back(now.0);
            shard.log.push_back((key, now.0));
        }
        tally
    }

    /// What came before, without counting anything.
    pub fn tally(&self, key: K, now: Millis) -> Tally {
        self.visit(key, now, false)
    }

    /// Counts an act, and says what came before it: in one step, so that two at once do not both pass.
    pub fn count(&self, key: K, now: Millis) -> Tally {
        self.visit(key, now, true)
    }

    /// Takes back an act that was counted at that moment, and came to nothing.
    pub fn take_back(&self, key: K, at: Millis) {
        let mut shard = self.shard(key);
        if let Some(n) = shard.log.iter().rposition(|act| *act == (key, at.0)) {
            shard.log.remove(n);
            if let Some(acts) = shard.acts.get_mut(&key) {
                if let Some(n) = acts.iter().rposition(|act| *act == at.0) {
                    acts.remove(n);
                }
                if acts.is_empty() {
                    shard.acts.remove(&key);
                }
            }
        }
    }

    /// Forgets what a key has done: after a sign-in that succeeded.
    pub fn forget(&self, key: K) {
        let mut shard = self.shard(key);
        shard.acts.remove(&key);
        shard.log.retain(|(k, _)| *k != key);
    }
}

impl<K: Eq + Hash> Shard<K> {
    fn drop_oldest(&mut self) {
        let Some((key, _)) = self.log.pop_front() else { return };
        if let Some(acts) = self.acts.get_mut(&key) {
            acts.pop_front();
            if acts.is_empty() {
                self.acts.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_and_an_hour() {
        let flood = Flood::<Print>::new(1000);
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
        let flood = Flood::<Print>::new(160);
        for n in 0..100_000 {
            flood.count(n, Millis(n as i64));
        }
        for shard in &flood.shards {
            let shard = shard.lock().unwrap();
            assert_eq!((shard.acts.len(), shard.log.len()), (10, 10));
        }
        assert_eq!(flood.tally(99_999, Millis(100_000)).last_hour, 1);
        assert_eq!(flood.tally(0, Millis(100_000)).last_hour, 0);
    }

    #[test]
    fn keys_that_differ_in_a_part_are_counted_apart() {
        let flood = Flood::<(Print, i64)>::new(1000);
        for story in 0..3 {
            flood.count((7, story), Millis(0));
        }
        flood.forget((7, 2));
        let counted = [(7, 0), (7, 1), (7, 2), (8, 0)].map(|key| flood.tally(key, Millis(1)).last_hour);
        assert_eq!(counted, [1, 1, 0, 0]);
    }

    #[test]
    fn taken_back_it_counts_no_more() {
        let flood = Flood::<Print>::new(100);
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
        let flood = Flood::<Print>::new(100);
        flood.count(7, Millis(0));
        flood.count(23, Millis(0));
        flood.forget(7);
        assert_eq!(flood.tally(7, Millis(1)).last_hour, 0);
        assert_eq!(flood.tally(23, Millis(1)).last_hour, 1);
    }
}
