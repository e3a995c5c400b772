//! The domain: what a newspaper is, and its rules.
//!
//! Nothing here reads a clock, a file, a socket or chance: time and randomness are arguments, and a rule
//! answers with a verdict that says what is so and, where a person will read it, why.

pub mod byline;
pub mod clock;
pub mod dateline;
pub mod discussion;
pub mod ednote;
pub mod event;
pub mod front;
pub mod ingest;
pub mod item;
pub mod language;
pub mod mail;
pub mod moves;
pub mod paper;
pub mod passkey;
pub mod photo;
pub mod section;
pub mod site;
pub mod slug;
pub mod staff;
pub mod story;
pub mod touch;

pub use clock::{Millis, Zone};
pub use language::Language;
