//! Passkeys, and what browsers were asked about them.

mod challenge;
mod kept;

pub use challenge::Asked;
pub use kept::{Counted, NewPasskey, Passkey};
