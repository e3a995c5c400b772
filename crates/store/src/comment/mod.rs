//! Discussions and their comments.

pub(crate) mod post;

pub use post::{NewComment, Posted};
