//! Discussions and their comments.

mod appeal;
mod close;
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
mod turn;
mod undo;
mod value;
mod writer;

pub use appeal::{Appeal, NewAppeal};
pub use doubt::Doubt;
pub use edit::{Edit, Revision};
pub use facts::{Answered, StoryFacts};
pub use newsroom::discussion::PastRuling;
pub use past::{Fate, KNOWN, PastComment};
pub use post::{NewComment, Posted};
pub use print::{Prints, Whence};
pub use queue::{ABOVE, COUNTED_TO, Waiting};
#[cfg(test)]
pub(crate) use report::NETWORKS as REPORT_NETWORKS;
pub use report::{NewReport, Report};
pub use rule::{Decided, Decision, RuledText};
pub use second_look::SecondLook;
pub use sought::Sought;
pub use tip::Tip;
pub use undo::Undone;
#[cfg(test)]
pub(crate) use value::VALUED_NETWORK;
pub use value::{Mark, Marked};
pub use writer::WriterNote;
