//! Who works here: people, their sessions, and the tokens of machines.

mod person;
mod session;
mod token;

pub use person::{Person, folded};
pub(crate) use session::session_write;
pub use session::{Session, SignedIn, Span};
pub use token::Token;
