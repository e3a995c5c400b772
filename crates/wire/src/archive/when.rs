//! Times as exporters write them. Without an offset they are UTC.

use jiff::{Timestamp, civil::DateTime, fmt::strtime, tz::TimeZone};
use newsroom::Millis;

/// RFC 3339; `2021-10-28 20:50:15`, also with `+0800` after it and a zone's name after that; RFC 2822;
/// seconds or milliseconds since 1970.
pub(super) fn moment(text: &str) -> Option<Millis> {
    let text = text.trim();
    if text.is_empty() || text.len() > 80 {
        return None;
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(Millis(at.as_millisecond()));
    }
    if let Ok(at) = text.parse::<DateTime>() {
        return TimeZone::UTC.to_timestamp(at).ok().map(|at| Millis(at.as_millisecond()));
    }
    if let Ok(number) = text.parse::<f64>() {
        let millis = if number.abs() < 1e11 { number * 1e3 } else { number };
        return (millis.is_finite() && millis.abs() < 1e15).then_some(Millis(millis as i64));
    }
    let parts: Vec<&str> = text.split_whitespace().take(4).collect();
    if let [day, clock, offset, ..] = parts[..]
        && let Ok(read) = strtime::parse("%Y-%m-%d %H:%M:%S%.f %z", format!("{day} {clock} {offset}"))
    {
        return read.to_timestamp().ok().map(|at| Millis(at.as_millisecond()));
    }
    let read = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(Millis(read.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::moment;
    use newsroom::Millis;

    #[test]
    fn as_they_are_written() {
        for text in [
            "2021-10-28T12:50:15Z",
            "2021-10-28T20:50:15.000+08:00",
            "2021-10-28 12:50:15",
            "2021-10-28 20:50:15 +0800",
            "2021-10-28 20:50:15 +0800 CST",
            "Thu, 28 Oct 2021 12:50:15 +0000",
            "1635425415",
            "1635425415000",
            "1635425415.0",
        ] {
            assert_eq!(moment(text), Some(Millis(1_635_425_415_000)), "{text}");
        }
        for text in
            ["", "0000-00-00 00:00:00", "yesterday", "99999-01-01T00:00:00Z", "2021-02-30 10:00:00", "NaN"]
        {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
