//! How many comments come from the networks around their writers. Such a network may write thousands in an hour,
//! so they are counted by the minute, not one by one. In memory alone, bounded.

use super::reader::Print;
use newsroom::{Millis, clock::MINUTE, discussion::suspicion::Pace};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Networks remembered, some 250 bytes each.
const MOST: usize = 20_000;

#[derive(Default)]
pub struct Crowd(Mutex<HashMap<Print, Hour>>);

/// One network's last hour.
struct Hour {
    /// The minute that was counted last, since 1970.
    latest: i64,
    /// A minute's count stands at its number modulo 60.
    minutes: [u32; 60],
}

impl Hour {
    /// Empties the minutes that have passed unseen.
    fn turn(&mut self, minute: i64) {
        for passed in (self.latest + 1..=minute).rev().take(60) {
            self.minutes[passed.rem_euclid(60) as usize] = 0;
        }
        self.latest = self.latest.max(minute);
    }

    fn pace(&self, now: Millis) -> Pace {
        let at = |minute: i64| u64::from(self.minutes[minute.rem_euclid(60) as usize]);
        // Of the minute before as much as still lies within sixty seconds.
        let left = (MINUTE - now.0.rem_euclid(MINUTE)) as u64;
        let minute = at(self.latest) + (at(self.latest - 1) * left).div_ceil(MINUTE as u64);
        Pace { minute: u32::try_from(minute).unwrap_or(u32::MAX), hour: self.minutes.iter().sum() }
    }
}

impl Crowd {
    /// What came before, without counting anything.
    pub fn pace(&self, network: Print, now: Millis) -> Pace {
        let mut networks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        networks.get_mut(&network).map_or(Pace::default(), |hour| {
            hour.turn(now.0.div_euclid(MINUTE));
            hour.pace(now)
        })
    }

    pub fn count(&self, network: Print, now: Millis) {
        let minute = now.0.div_euclid(MINUTE);
        let mut networks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if networks.len() >= MOST && !networks.contains_key(&network) {
            networks.retain(|_, hour| minute - hour.latest < 60);
            if networks.len() >= MOST {
                // Beyond what a paper meets in an hour; it begins anew.
                networks.clear();
            }
        }
        let hour = networks.entry(network).or_insert(Hour { latest: minute, minutes: [0; 60] });
        hour.turn(minute);
        let slot = &mut hour.minutes[hour.latest.rem_euclid(60) as usize];
        *slot = slot.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsroom::clock::HOUR;

    #[test]
    fn the_last_minute_and_the_last_hour() {
        let crowd = Crowd::default();
        for second in 0..120 {
            crowd.count(7, Millis(second * 1000));
        }
        let pace = |ms| crowd.pace(7, Millis(ms));
        assert_eq!(pace(2 * MINUTE - 1), Pace { minute: 61, hour: 120 });
        assert_eq!(pace(2 * MINUTE + MINUTE / 2), Pace { minute: 30, hour: 120 });
        assert_eq!(pace(4 * MINUTE), Pace { minute: 0, hour: 120 });
        assert_eq!(pace(HOUR + MINUTE / 2), Pace { minute: 0, hour: 60 });
        assert_eq!(pace(9 * HOUR), Pace::default());
        assert_eq!(crowd.pace(8, Millis(0)), Pace::default());
        // A clock that was set back loses nothing.
        crowd.count(7, Millis(0));
        assert_eq!(pace(9 * HOUR), Pace { minute: 1, hour: 1 });
    }

    #[test]
    fn memory_is_bounded() {
        let crowd = Crowd::default();
        for n in 0..(2 * MOST as u64 + 10) {
            crowd.count(n, Millis(n as i64));
        }
        assert!(crowd.0.lock().unwrap().len() <= MOST);
    }
}
