//! Discussions and their comments.

mod appeal;
mod commend;
mod discussion;
mod doubt;
mod edit;
mod erase;
mod facts;
pub(crate) mod find;
mod looking;
mod past;
pub(crate) mod post;
pub(crate) mod print;
mod queue;
mod report;
mod rule;
mod second_look;
mod settle;
mod sought;
mod threads;
mod tip;
mod value;
mod writer;

pub use appeal::{Appeal, NewAppeal};
pub use doubt::Doubt;
pub use edit::{Edit, Revision};
pub use facts::StoryFacts;
pub use past::{Fate, KNOWN, PastComment};
pub use post::{NewComment, Posted};
pub use print::{Prints, Whence};
pub use queue::{ABOVE, COUNTED_TO, Waiting};
pub use report::{NewReport, Report};
pub use rule::{Decided, Decision, PastRuling, RuledText};
pub use second_look::SecondLook;
pub use sought::Sought;
pub use tip::Tip;
pub use writer::WriterNote;
