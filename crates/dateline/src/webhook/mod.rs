//! Webhooks: what a program elsewhere is told, how it is signed, and where it may not lead.

mod body;
mod key;
mod send;

pub use crate::outside::NotTaken;
pub use body::body;
pub use key::{SigningKey, signature};
pub use send::{post, read_url};
