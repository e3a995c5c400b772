//! The log: to standard error, as text or JSON.

use crate::config::Log;
use std::io::IsTerminal;

/// Starts it for the whole process; a second start changes nothing.
pub fn start(log: &Log) {
    let builder =
        tracing_subscriber::fmt().with_max_level(log.level).with_target(false).with_writer(std::io::stderr);
    let _ = if log.json {
        builder.json().flatten_event(true).try_init()
    } else {
        builder.with_ansi(std::io::stderr().is_terminal()).try_init()
    };
}
