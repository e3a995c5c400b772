//! How the paper knows a reader who wants an account: the session's cookie, the digests of the ways in, and the
//! providers that vouch for people. No HTTP of the paper's own here.

mod entry;
mod flow;
mod provider;
mod session;
mod talks;

pub use entry::EntryLink;
pub use flow::{FLOW_ENDS, Flow};
pub use provider::{Identity, Provider, Trouble, read_providers};
pub use session::{Cookies, SPAN};

use crate::receipts::Receipts;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// What the database keeps of an address by which somebody signs in. Two spellings in case alone are one.
pub fn mail_digest(receipts: &Receipts, email: &str) -> String {
    receipts.seal("reader mail", &email.to_lowercase())
}

/// The same of a passkey, by the name that its device gives it.
pub fn passkey_digest(receipts: &Receipts, credential: &[u8]) -> String {
    receipts.seal("reader passkey", &URL_SAFE_NO_PAD.encode(credential))
}

/// The same of whom a provider knows; its issuer cannot lend to the subject.
pub fn subject_digest(receipts: &Receipts, issuer: &str, subject: &str) -> String {
    receipts.seal("reader oidc", &format!("{} {issuer} {subject}", issuer.len()))
}
