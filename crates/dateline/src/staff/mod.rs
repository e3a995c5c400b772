//! How the paper knows its own people: passwords, sessions, the proof in their forms, and the one-time
//! link that makes the first account. No HTTP here; the command line uses it too.

mod asked;
mod bearer_token;
mod name;
mod password;
mod proof;
mod session;
mod set_up;
mod tries;

pub use asked::AskedToken;
pub use bearer_token::BearerToken;
pub use name::fit_name;
pub use password::{Passwords, fit};
pub use proof::{is_proof, proof};
pub(crate) use session::random_word;
pub use session::{SPAN, SessionToken};
pub use set_up::SetUpLink;
pub use tries::{SignInDoor, SignInTries, TRIES_PER_MINUTE, TriesOf};
