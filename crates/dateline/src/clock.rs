//! The one place that asks the machine for the time; everything else is given it.

use newsroom::Millis;
use std::time::{SystemTime, UNIX_EPOCH};

/// Now, by the machine's clock.
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
