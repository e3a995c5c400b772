//! When daily letters go out.

use newsroom::{Millis, Zone, clock::DAY};

/// The moment of that hour on the day of `at`.
pub fn on_the_day(zone: &Zone, at: Millis, hour: usize) -> Millis {
    let day = zone.day(at);
    let civil = day.at(hour as i8, 0, 0, 0);
    zone.moment(civil).unwrap_or_else(|| zone.start_of(day))
}

/// The next such moment after `at`.
pub fn next(zone: &Zone, at: Millis, hour: usize) -> Millis {
    let today = on_the_day(zone, at, hour);
    if today > at { today } else { on_the_day(zone, at.plus(DAY), hour) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_seven_in_the_papers_own_zone() {
        let zone = Zone::named("Europe/Berlin").unwrap();
        let at = |text| Millis::parse_rfc3339(text).unwrap();
        assert_eq!(next(&zone, at("2026-05-01T04:59:59Z"), 7), at("2026-05-01T05:00:00Z"));
        assert_eq!(next(&zone, at("2026-05-01T05:00:00Z"), 7), at("2026-05-02T05:00:00Z"));
        assert_eq!(
            next(&zone, at("2026-10-24T23:00:00Z"), 7),
            at("2026-10-25T06:00:00Z"),
            "clocks went back"
        );
    }
}
