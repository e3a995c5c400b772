//! The edge: what a request's network address becomes before anything else sees it, how often it comes,
//! and whether a form was sent from this very site.

mod crowd;
mod flood;
mod origin;
mod reader;

pub use crowd::Crowd;
pub use flood::{Flood, Tally};
pub use origin::{Origin, from_here, origin};
pub use reader::{Edge, Print, ReaderAddress};
