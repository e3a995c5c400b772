//! What a moderator can look at.

use super::State;

/// One list of comments at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Oldest first.
    Held,
    /// Reported and not ruled on since: most reports first.
    Reported,
    /// What is due first.
    Appealed,
    /// Latest first.
    Removed,
    /// Latest first.
    Shown,
}

impl View {
    pub const ALL: [View; 5] = [View::Held, View::Reported, View::Appealed, View::Removed, View::Shown];

    pub fn as_str(self) -> &'static str {
        match self {
            View::Held => "held",
            View::Reported => "reported",
            View::Appealed => "appealed",
            View::Removed => "removed",
            View::Shown => "shown",
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
            State::Removed => View::Removed,
            State::Shown => View::Shown,
        }
    }
}
