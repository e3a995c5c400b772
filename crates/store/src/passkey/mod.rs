//! Passkeys, and what browsers were asked about them.

mod challenge;
mod kept;

pub use challenge::{Asked, Door};
pub use kept::{Counted, NewPasskey, Passkey};
pub(crate) use kept::{kept_at, of_passkey};
