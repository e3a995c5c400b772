//! `dateline serve`: the listeners, one serving thread for each processor, and an end without broken replies.

mod bound;
mod crowd;
mod express;
mod lock;
mod metrics;
mod open_line;
mod server;
mod stream;

pub use bound::Bound;
pub use lock::DataLock;
pub use metrics::serve_metrics;
pub use server::Server;
