//! Moments and the paper's own days. A moment is integer milliseconds since 1970 UTC everywhere;
//! a day exists only in a time zone.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Millis(pub i64);

/// One minute, hour and day in milliseconds.
pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// The moments jiff can name as dates; anything outside is clamped, never a panic.
const EARLIEST: i64 = -377_705_023_201_000 + DAY;
const LATEST: i64 = 253_402_207_200_999 - DAY;

impl Millis {
    pub fn plus(self, millis: i64) -> Millis {
        Millis(self.0.saturating_add(millis))
    }

    /// How long after `earlier` this is; negative when before.
    pub fn since(self, earlier: Millis) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0.clamp(EARLIEST, LATEST)).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// `2013-03-06T08:12:00Z`, the machine's form.
    pub fn rfc3339(self) -> String {
        self.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// Reads RFC 3339 with any offset, as agencies write it (`2024-05-01T09:30:00+02:00`, also with
    /// fractions of a second). `None` when it is no such moment.
    pub fn parse_rfc3339(text: &str) -> Option<Millis> {
        text.trim().parse::<Timestamp>().ok().map(|t| Millis(t.as_millisecond()))
    }
}

/// The paper's time zone. Days, printed times and paths are made in it.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Default for Zone {
    fn default() -> Self {
        Zone(TimeZone::UTC)
    }
}

impl Zone {
    /// By IANA name, `Europe/Berlin`. `None` when there is no such zone.
    pub fn named(name: &str) -> Option<Zone> {
        TimeZone::get(name).ok().map(Zone)
    }

    /// The day on which this moment falls here.
    pub fn day(&self, at: Millis) -> Date {
        at.timestamp().to_zoned_datetime(self.0.clone()).date()
    }

    /// The first moment of a day here (also where midnight does not exist on that day).
    pub fn start_of(&self, day: Date) -> Millis {
        day.to_zoned_datetime(self.0.clone())
            .map(|z| Millis(z.timestamp().as_millisecond()))
            .unwrap_or(Millis(0))
    }

    /// The moment of a wall clock time here; a time skipped or doubled by a clock change is taken as the
    /// compatible one (RFC 5545).
    pub fn moment(&self, civil: jiff::civil::DateTime) -> Option<Millis> {
        civil.to_zoned_datetime(self.0.clone()).ok().map(|z| Millis(z.timestamp().as_millisecond()))
    }

    /// Printed by a strftime pattern, in this zone.
    pub fn format(&self, at: Millis, pattern: &str) -> String {
        at.timestamp().to_zoned_datetime(self.0.clone()).strftime(pattern).to_string()
    }

    /// RFC 3339 with this zone's offset, `2013-03-06T09:12:00+01:00`: what `<time datetime>` carries.
    pub fn rfc3339(&self, at: Millis) -> String {
        self.format(at, "%Y-%m-%dT%H:%M:%S%:z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_different_days_in_different_zones() {
        let at = Millis::parse_rfc3339("2013-03-06T23:30:00Z").expect("moment");
        assert_eq!(Zone::default().day(at).to_string(), "2013-03-06");
        let moscow = Zone::named("Europe/Moscow").expect("zone");
        assert_eq!(moscow.day(at).to_string(), "2013-03-07");
        assert!(moscow.rfc3339(at).ends_with("+04:00"), "{}", moscow.rfc3339(at));
    }

    #[test]
    fn no_number_panics() {
        for n in [i64::MIN, -1, 0, i64::MAX] {
            let _ = (Millis(n).rfc3339(), Zone::default().day(Millis(n)));
        }
    }
}
