//! Letters: what each says when its turn comes, and the way to the letter server.

mod cause;
mod compose;
mod post_office;
mod ruling_link;
mod when;

pub use cause::{after_ruling, ask_to_confirm, catch_up, of_new_comment, to_moderators};
pub use compose::{Composed, compose};
pub use post_office::{NotSent, PostOffice};
pub use ruling_link::RulingLink;
