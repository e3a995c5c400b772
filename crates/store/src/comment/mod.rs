//! Discussions and their comments.

mod discussion;
mod facts;
mod find;
pub(crate) mod post;
mod queue;
mod rule;
mod threads;
mod value;

pub use facts::StoryFacts;
pub use post::{NewComment, Posted};
pub use queue::Waiting;
pub use rule::Decided;
