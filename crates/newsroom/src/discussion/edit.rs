//! Whoever wrote a comment may change or withdraw it, for a while.

use super::{State, admit::Verdict, policy::Policy};
use crate::{Millis, clock::MINUTE};

/// What is known of the comment.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub state: State,
    pub at: Millis,
    /// A moderator ruled on it, or readers' reports hold it: from then on it stands as they saw it.
    pub ruled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoEdit {
    Late {
        minutes: i64,
    },
    Ruled,
    /// Removed or withdrawn.
    Gone,
}

impl NoEdit {
    /// Stable, for machines.
    pub fn code(self) -> &'static str {
        match self {
            NoEdit::Late { .. } => "too-late-to-edit",
            NoEdit::Ruled => "ruled-on",
            NoEdit::Gone => "comment-gone",
        }
    }
}

/// Until when its writer may change or withdraw it.
pub fn may_edit(standing: Standing, policy: &Policy, now: Millis) -> Result<Millis, NoEdit> {
    let until = standing.at.plus(policy.edit_within);
    match standing.state {
        State::Removed | State::Withdrawn => Err(NoEdit::Gone),
        _ if standing.ruled => Err(NoEdit::Ruled),
        _ if now >= until => Err(NoEdit::Late { minutes: policy.edit_within / MINUTE }),
        State::Shown | State::Held => Ok(until),
    }
}

/// What a changed comment becomes, by what `admit` says of its new text. What waited goes on waiting: or a
/// writer could try out what the screen lets pass.
pub fn state_after(before: State, verdict: &Verdict) -> State {
    match verdict {
        Verdict::Shown(_) => before,
        Verdict::Held(..) | Verdict::Refused(_) => State::Held,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discussion::{Clean, HeldWhy};

    #[test]
    fn for_a_while_and_until_a_moderator_looked() {
        let policy = Policy::default();
        let written = Standing { state: State::Shown, at: Millis(1_000), ruled: false };
        let until = Millis(1_000 + 15 * MINUTE);
        let at = |s, ms| may_edit(s, &policy, Millis(ms));
        assert_eq!(at(written, 1_000), Ok(until));
        assert_eq!(at(Standing { state: State::Held, ..written }, until.0 - 1), Ok(until));
        assert_eq!(at(written, until.0), Err(NoEdit::Late { minutes: 15 }));
        assert_eq!(at(Standing { ruled: true, ..written }, 1_000), Err(NoEdit::Ruled));
        for state in [State::Removed, State::Withdrawn] {
            assert_eq!(at(Standing { state, ..written }, 1_000), Err(NoEdit::Gone));
        }
        let never = Policy { edit_within: 0, ..policy };
        assert_eq!(may_edit(written, &never, Millis(1_000)), Err(NoEdit::Late { minutes: 0 }));
    }

    #[test]
    fn an_edit_frees_nothing_that_waits() {
        let clean = || Clean { name: "Mette".into(), text: "At last.".into(), email: None };
        let shown = Verdict::Shown(clean());
        let held = Verdict::Held(clean(), HeldWhy::Links(3));
        assert_eq!(state_after(State::Shown, &shown), State::Shown);
        assert_eq!(state_after(State::Held, &shown), State::Held);
        assert_eq!(state_after(State::Shown, &held), State::Held);
    }
}
