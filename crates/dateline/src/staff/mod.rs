//! How the paper knows its own people: passwords, sessions, the proof in their forms, and the one-time
//! link that makes the first account. No HTTP here; the command line uses it too.

mod password;
mod proof;
mod session;
mod set_up;
mod tries;

pub use password::{Passwords, fit};
pub use proof::{is_proof, proof};
pub use session::{ABSOLUTE, IDLE, SessionToken};
pub use set_up::SetUpLink;
pub use tries::{SignInTries, TRIES_PER_MINUTE};
