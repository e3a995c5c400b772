//! Passkeys (WebAuthn level 3): whose they are, what a browser is asked, and what its answer proves. No HTTP and
//! no database here.

mod add;
mod answer;
mod enter;
mod relying;

pub use add::{Added, Adding, ask_to_add};
pub use answer::LARGEST_ANSWER;
pub use enter::{Entered, Entering, ask_to_enter};
pub use relying::{NoPasskeys, RelyingParty};

use newsroom::clock::MINUTE;

/// How long a browser may take to answer, in milliseconds.
pub const TIME_TO_ANSWER: i64 = 5 * MINUTE;

/// Open questions kept at once at each door, of all browsers; the oldest go first.
pub const MOST_QUESTIONS: u32 = 10_000;

/// A question, and what its answer is checked with.
pub struct Question {
    pub challenge: Vec<u8>,
    pub state: Vec<u8>,
    /// For `navigator.credentials`, bytes in base64url.
    pub options: serde_json::Value,
}

/// Why an answer proves nothing; the words go to the log, the reader hears less.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotProved {
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    #[error("{0}")]
    Wrong(String),
    #[error("its device has counted fewer uses than before")]
    CountedBack,
    /// No fault of the answer.
    #[error("what is kept of it cannot be used: {0}")]
    Broken(String),
}
