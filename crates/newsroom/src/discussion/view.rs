//! What a moderator can look at.

use super::State;

/// One list of comments at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The gravest risk first, then the oldest.
    Held,
    /// Reported and not ruled on since: most reports first.
    Reported,
    /// What is due first.
    Appealed,
    /// A moderator asked for a second opinion: oldest question first.
    Doubted,
    /// Shown at once and not read by any moderator yet: the gravest risk first, then the oldest.
    New,
    /// Latest first.
    Removed,
    /// Latest first.
    Shown,
    /// All of the paper, in whatever state: latest first.
    All,
    /// What whoever looks has ruled on: the latest ruling first.
    Mine,
}

impl View {
    pub const ALL: [View; 9] = [
        View::Held,
        View::Reported,
        View::Appealed,
        View::Doubted,
        View::New,
        View::Removed,
        View::Shown,
        View::All,
        View::Mine,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            View::Held => "held",
            View::Reported => "reported",
            View::Appealed => "appealed",
            View::Doubted => "doubted",
            View::New => "new",
            View::Removed => "removed",
            View::Shown => "shown",
            View::All => "all",
            View::Mine => "mine",
        }
    }

    pub fn parse(text: &str) -> Option<View> {
        View::ALL.into_iter().find(|v| v.as_str() == text)
    }
}

impl From<State> for View {
    fn from(state: State) -> View {
        match state {
            State::Held => View::Held,
            State::Removed | State::Withdrawn => View::Removed,
            State::Shown => View::Shown,
        }
    }
}
