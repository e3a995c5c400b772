//! Readers' accounts: the ways in, the sessions, and their end. No mail address stands here.

mod account;
mod desk;
mod end;
mod names;
mod passkey;
mod session;
mod way;

pub use account::{NewReader, Reader};
pub use end::Ending;
pub use names::HeldName;
pub(crate) use names::folded_otherwise;
pub use session::{NewSession, ReaderSession, SignedInReader};
pub use way::{Knock, NewKnock, Way, WayKind};
