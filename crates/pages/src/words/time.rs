//! Moments and days as a language writes them.

use super::{Words, fill};
use newsroom::{Millis, Zone};

/// The word at a place of a list that bars divide.
fn nth(list: &'static str, at: usize) -> &'static str {
    list.split('|').nth(at).unwrap_or_default()
}

impl Words {
    /// `09:12, 6 March 2013`.
    pub fn moment(&self, zone: &Zone, at: Millis) -> String {
        self.dated(self.moment, zone, at)
    }

    /// `6 March 2013`.
    pub fn day(&self, zone: &Zone, at: Millis) -> String {
        self.dated(self.day, zone, at)
    }

    /// `6 March`.
    pub fn day_of_year(&self, zone: &Zone, at: Millis) -> String {
        self.dated(self.day_of_year, zone, at)
    }

    /// `Wednesday, 6 March 2013`.
    pub fn weekday(&self, zone: &Zone, at: Millis) -> String {
        let n: usize = zone.format(at, "%u").parse().unwrap_or(1);
        fill(
            self.weekday,
            &[("weekday", nth(self.weekdays, n.saturating_sub(1))), ("day", &self.day(zone, at))],
        )
    }

    fn dated(&self, pattern: &str, zone: &Zone, at: Millis) -> String {
        let month: usize = zone.format(at, "%-m").parse().unwrap_or(1);
        fill(
            pattern,
            &[
                ("time", &zone.format(at, "%H:%M")),
                ("day", &zone.format(at, "%-d")),
                ("month", nth(self.months, month.saturating_sub(1))),
                ("year", &zone.format(at, "%Y")),
            ],
        )
    }
}
