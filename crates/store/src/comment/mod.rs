//! Discussions and their comments.

mod appeal;
mod discussion;
mod facts;
mod find;
pub(crate) mod post;
mod queue;
mod report;
mod rule;
mod settle;
mod threads;
mod value;

pub use appeal::{Appeal, NewAppeal};
pub use facts::StoryFacts;
pub use post::{NewComment, Posted};
pub use queue::Waiting;
pub use report::{NewReport, Report};
pub use rule::{Decided, Decision, PastRuling};
