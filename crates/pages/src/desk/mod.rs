//! The desk: the staff's screens. They are made anew for each request and never kept, so they may name
//! who is signed in.

pub mod door;
pub mod frame;
pub mod inbox;
pub mod letters;
pub mod people;
pub mod queue;
pub mod reader;
pub mod reasons;
pub mod sample;
pub mod sanctions;
pub mod screen;
pub mod script;
pub mod sessions;
pub mod shift;
pub mod story;
pub mod story_form;
pub mod writer;

pub use door::{Carried, Refusal, Resume, SetUp, SignIn};
pub use frame::{Desk, FieldFault, Person, Room, Said};
pub use inbox::{Inbox, InboxRow};
pub use letters::{LettersPage, SentRow};
pub use people::{PeoplePage, PersonForm, PersonRow};
pub use queue::{AppealRow, Queue, QueueFilter, QueueRow, Ruled};
pub use reader::{NameRow, ReaderDesk, StaffForm};
pub use reasons::ReasonsPage;
pub use sanctions::{SanctionForm, SanctionRow, SanctionsPage};
pub use screen::{AgreementRow, ModeRow, ScreenDesk, Trial, mode_words};
pub use sessions::{PasskeyList, PasskeyRow, SessionRow, SessionsPage};
pub use shift::ShiftDesk;
pub use story::{Act, Conflict, KillForm, StoryDesk, TipRow};
pub use story_form::{PhotoForm, StoryForm};
pub use writer::{Other, Traces, WriterDesk};

#[cfg(test)]
mod tests;
