//! What another mode, threshold or list would have done with the comments of the last days: the rule itself is
//! asked, with what it knew of each.

use newsroom::discussion::{Door, Draft, Facts, Mode, Parent, Policy, Proof, Risk, Verdict, admit};
use store::comment::{Fate, PastComment};

/// One way to run the discussions.
pub struct Tried {
    pub name: String,
    /// The mode of every discussion; `None` leaves each its own.
    pub mode: Option<Mode>,
    pub policy: Policy,
    /// With the list that is tried beside those of the paper.
    pub list: bool,
}

/// What would have come of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// As many rulings the moderators would have had to make.
    pub held: u32,
    pub refused: u32,
    /// Of both, by what the moderators made of them in the end.
    pub removed: u32,
    pub stands: u32,
    /// Removed, but shown at once this way.
    pub missed: u32,
}

impl Outcome {
    /// Of what was held or refused and is decided, the part that the moderators removed.
    pub fn precision(&self) -> Option<f64> {
        part(self.removed, self.removed + self.stands)
    }

    /// Of what the moderators removed, the part that was held or refused.
    pub fn recall(&self) -> Option<f64> {
        part(self.removed, self.removed + self.missed)
    }
}

fn part(of: u32, all: u32) -> Option<f64> {
    (all > 0).then(|| f64::from(of) / f64::from(all))
}

/// A comment, and what the screen says of it now: with the paper's lists, and with the tried one besides.
pub struct Screened {
    pub past: PastComment,
    pub risks: Vec<Risk>,
    pub with_list: Vec<Risk>,
}

/// Each way in turn, over all comments.
pub fn go_through(screened: &[Screened], tried: &[Tried]) -> Vec<Outcome> {
    tried.iter().map(|way| outcome(screened, way)).collect()
}

fn outcome(screened: &[Screened], way: &Tried) -> Outcome {
    let mut outcome = Outcome::default();
    for one in screened {
        let stopped = match verdict(one, way) {
            Verdict::Shown(_) => false,
            Verdict::Held(..) => {
                outcome.held += 1;
                true
            }
            Verdict::Refused(_) => {
                outcome.refused += 1;
                true
            }
        };
        match (stopped, one.past.fate) {
            (true, Fate::Removed) => outcome.removed += 1,
            (true, Fate::Stands) => outcome.stands += 1,
            (false, Fate::Removed) => outcome.missed += 1,
            (_, Fate::Waits) | (false, Fate::Stands) => {}
        }
    }
    outcome
}

/// The rule's answer at the time the comment came. What is kept in memory alone (floods by address, echoes), and
/// sanctions and accounts of the day, are not known any more; a slowed discussion knows name and network.
fn verdict(one: &Screened, way: &Tried) -> Verdict {
    let past = &one.past;
    // A discussion that is closed now was open when this came.
    let own = if past.mode == Mode::Closed { Mode::Open } else { past.mode };
    let facts = Facts {
        status: past.status,
        mode: way.mode.unwrap_or(own),
        parent: if past.answers { Parent::Shown } else { Parent::None },
        proof: Proof::Done,
        last_here: past.last_here,
        shown_before: past.shown_before,
        staff: past.staff,
        ..Facts::by(Door::Form, past.published_at)
    };
    let draft = Draft { name: past.name.clone(), text: past.text.clone(), ..Draft::default() };
    let risks = if way.list { &one.with_list } else { &one.risks };
    let policy = Policy { limits_off: false, letters: false, ..way.policy.with(past.own) };
    admit(&draft, &facts, risks, &policy, past.at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsroom::{
        Millis,
        clock::DAY,
        discussion::{Label, OwnPolicy},
        story::Status,
    };

    fn said(at: i64, shown_before: u32, score: f32, fate: Fate) -> Screened {
        let risk = |score| vec![Risk { label: Label::Insult, score, why: vec!["x".into()] }];
        Screened {
            past: PastComment {
                name: "Mette".into(),
                text: "The ferry was late.".into(),
                at: Millis(at),
                staff: false,
                answers: false,
                status: Status::Published,
                published_at: Millis(0),
                mode: Mode::Open,
                own: OwnPolicy::default(),
                shown_before,
                last_here: None,
                fate,
            },
            risks: risk(score),
            with_list: risk(0.99),
        }
    }

    fn way(mode: Option<Mode>, policy: Policy) -> Tried {
        Tried { name: String::new(), mode, policy, list: false }
    }

    #[test]
    fn each_way_stops_what_it_should() {
        let all = [
            said(DAY, 0, 0.3, Fate::Removed),
            said(DAY, 5, 0.9, Fate::Removed),
            said(3 * DAY, 1, 0.1, Fate::Stands),
            said(9 * DAY, 8, 0.65, Fate::Stands),
            said(9 * DAY, 0, 0.85, Fate::Waits),
        ];
        let of = |mode, policy| {
            let Outcome { held, refused, removed, stands, missed } =
                go_through(&all, &[way(mode, policy)])[0];
            (held, refused, removed, stands, missed)
        };
        let policy = Policy::default;
        assert_eq!(of(None, policy()), (2, 0, 1, 0, 1), "by the screen alone");
        assert_eq!(of(None, Policy { hold_at: 0.6, ..policy() }), (3, 0, 1, 1, 1));
        assert_eq!(of(Some(Mode::HeldFirst), policy()), (5, 0, 2, 2, 0));
        assert_eq!(of(Some(Mode::Closed), policy()), (0, 5, 2, 2, 0));
        assert_eq!(of(None, Policy { first_held: 1, ..policy() }), (3, 0, 2, 0, 0));
        assert_eq!(of(None, Policy { first_held: 2, ..policy() }), (4, 0, 2, 1, 0));
        assert_eq!(of(None, Policy { held_after: Some(2 * DAY), ..policy() }), (4, 0, 1, 2, 1));
        assert_eq!(of(None, Policy { closes_after: Some(8 * DAY), ..policy() }), (1, 2, 1, 1, 1));
        let with_list = Tried { list: true, ..way(None, policy()) };
        assert_eq!(go_through(&all, &[with_list])[0].held, 5);
        let outcome = go_through(&all, &[way(None, Policy { hold_at: 0.6, ..policy() })])[0];
        assert_eq!((outcome.precision(), outcome.recall()), (Some(0.5), Some(0.5)));
        assert_eq!(go_through(&[], &[way(None, policy())])[0].precision(), None);
    }

    #[test]
    fn a_slowed_discussion_asks_to_wait_and_staff_are_never_held() {
        let mut soon = said(DAY, 3, 0.0, Fate::Stands);
        soon.past.last_here = Some(Millis(DAY - 1_000));
        let mut staff = said(DAY, 0, 0.95, Fate::Stands);
        staff.past.staff = true;
        let mut closed_since = said(DAY, 3, 0.0, Fate::Stands);
        closed_since.past.mode = Mode::Closed;
        let all = [soon, staff, closed_since];
        let slowed = go_through(&all, &[way(Some(Mode::Slow), Policy::default())])[0];
        assert_eq!((slowed.held, slowed.refused), (0, 1));
        let as_set = go_through(&all, &[way(None, Policy::default())])[0];
        assert_eq!((as_set.held, as_set.refused), (0, 0));
    }
}
