//! What those who run the paper see of it: logs, figures, health. None of them knows a reader's address.

mod figures;
mod health;
mod log;

pub use figures::{Figures, Lane};
pub use health::Health;
pub use log::start as start_log;
