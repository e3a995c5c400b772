//! All that is said under one story.

pub mod account;
pub mod admit;
pub mod appeal;
pub mod comment;
pub mod cut;
pub mod edit;
pub mod erase;
mod held;
pub mod in_force;
pub mod name;
pub mod network;
pub mod policy;
pub mod print_key;
pub mod reach;
pub mod reason;
pub mod report;
pub mod risk;
pub mod ruling;
pub mod second_look;
pub mod shift;
pub mod suspicion;
pub mod voucher;
pub use voucher::Voucher;
pub mod view;

pub use account::{Badge, Regard};
pub use admit::{Clean, Door, Draft, Facts, HeldWhy, Parent, Refusal, Verdict, admit};
pub use comment::{Comment, CommentId, Cursor, Discussion, Order, Page, State, Thread};
pub use in_force::{InForce, PastRuling, in_force};
pub use network::Network;
pub use policy::{Mode, Openness, OwnPolicy, Policy};
pub use reach::Reach;
pub use reason::{Reason, Reasons};
pub use risk::{LAST, Label, Risk, rank};
pub use ruling::Ruling;
pub use suspicion::{Proof, Suspicion};
pub use view::View;
