//! Webhooks: what a program elsewhere is told, how it is signed, and where it may not lead.

mod body;
mod inside;
mod key;
mod send;

pub use body::body;
pub use inside::is_inside;
pub use key::{SigningKey, signature};
pub use send::{NotTaken, post, read_url};
