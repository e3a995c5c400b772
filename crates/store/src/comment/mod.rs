//! Discussions and their comments.

mod appeal;
mod commend;
mod discussion;
mod doubt;
mod edit;
mod erase;
mod facts;
mod find;
pub(crate) mod post;
pub(crate) mod print;
mod queue;
mod report;
mod rule;
mod second_look;
mod settle;
mod sought;
mod threads;
mod value;
mod writer;

pub use appeal::{Appeal, NewAppeal};
pub use doubt::Doubt;
pub use edit::{Edit, Revision};
pub use facts::StoryFacts;
pub use post::{NewComment, Posted};
pub use print::{Prints, Whence};
pub use queue::Waiting;
pub use report::{NewReport, Report};
pub use rule::{Decided, Decision, PastRuling, RuledText};
pub use second_look::SecondLook;
pub use sought::Sought;
pub use writer::WriterNote;
