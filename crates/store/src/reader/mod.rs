//! Readers' accounts: the ways in, the sessions, and their end. No mail address stands here.

mod account;
mod desk;
mod end;
mod passkey;
mod session;
mod way;

pub use account::{NewReader, Reader};
pub use session::{NewSession, ReaderSession, SignedInReader};
pub use way::{Knock, NewKnock, Way, WayKind};
