//! What of a comment's past still holds: without warnings, which change nothing, and without rulings that were
//! taken back.

use super::{
    Reason, Ruling, State,
    ruling::{UNDO, UNDO_WARN},
};
use crate::Millis;

/// One ruling of a comment's past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastRuling {
    pub id: i64,
    pub at: Millis,
    pub who: String,
    /// A word of [`Ruling`], [`UNDO`] or [`UNDO_WARN`].
    pub ruling: String,
    pub reason: Option<Reason>,
    pub note: String,
    /// The text before it, where it changed that.
    pub before: Option<String>,
}

impl PastRuling {
    pub fn is(&self, ruling: Ruling) -> bool {
        self.ruling == ruling.as_str()
    }

    /// Whether it takes back the one before it.
    pub fn takes_back(&self) -> bool {
        [UNDO, UNDO_WARN].contains(&self.ruling.as_str())
    }
}

/// Each list the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InForce<'a> {
    pub rulings: Vec<&'a PastRuling>,
    /// Those whose passages are out still.
    pub cuts: Vec<&'a PastRuling>,
}

/// `past` is all that was ruled on one comment, the oldest first.
pub fn in_force(past: &[PastRuling]) -> InForce<'_> {
    let mut rulings: Vec<&PastRuling> = Vec::new();
    for ruling in past {
        // It takes back the one before it, be that a warning.
        if ruling.takes_back() {
            rulings.pop_if(|last| ruling.ruling == UNDO || last.is(Ruling::Warn));
        } else {
            rulings.push(ruling);
        }
    }
    rulings.retain(|r| !r.is(Ruling::Warn));
    let mut cuts = Vec::new();
    for ruling in &rulings {
        if ruling.is(Ruling::Cut) {
            cuts.push(*ruling);
        } else if ruling.is(Ruling::Show) && ruling.before.is_some() {
            // An appeal brought the whole text back.
            cuts.clear();
        }
    }
    InForce { rulings, cuts }
}

/// The latest that changed what others see, be it a ruling or one taken back.
pub fn latest(past: &[PastRuling]) -> Option<&PastRuling> {
    past.iter().rfind(|r| !r.is(Ruling::Warn) && r.ruling != UNDO_WARN)
}

/// What becomes of an open appeal when the latest ruling on a comment is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppealThen<'a> {
    /// It is against another ruling.
    Untouched,
    /// What it is against is gone: its writer was right.
    Upheld,
    /// An earlier cut is out still, and now it is against that.
    Against(&'a PastRuling),
}

/// `past` is all that was ruled, the oldest first, of a comment that now has this state and reason.
pub fn appeal_then(past: &[PastRuling], state: State, reason: Option<Reason>) -> AppealThen<'_> {
    let Some((last, before)) = past.split_last() else { return AppealThen::Untouched };
    if in_force(past).taking(state, reason) != Some(last) {
        return AppealThen::Untouched;
    }
    match in_force(before).cuts.last().copied() {
        Some(cut) if last.is(Ruling::Cut) => AppealThen::Against(cut),
        _ => AppealThen::Upheld,
    }
}

impl<'a> InForce<'a> {
    /// What the statement of reasons is of, and an appeal against: its writer is told its note, and whoever made
    /// it is the first judge. `None` where nothing is taken now, or no person took it.
    pub fn taking(&self, state: State, reason: Option<Reason>) -> Option<&'a PastRuling> {
        match state {
            State::Removed => self.rulings.iter().rfind(|r| r.is(Ruling::Remove)).copied(),
            State::Shown => self.cuts.last().copied().filter(|_| reason.is_some()),
            State::Held | State::Withdrawn => None,
        }
    }

    /// The whole text, where an appeal against a cut may bring it back: one against a removal brings back what the
    /// removal took, and no more.
    pub fn whole(&self, state: State) -> Option<&'a str> {
        let first = self.cuts.first().filter(|_| matches!(state, State::Shown | State::Held));
        let removed =
            self.rulings.iter().rfind(|r| !r.is(Ruling::Hold)).is_some_and(|r| r.is(Ruling::Remove));
        first.filter(|_| !removed).and_then(|r| r.before.as_deref())
    }

    /// The reason of the latest passage that is out still.
    pub fn cut_for(&self) -> Option<Reason> {
        self.cuts.last().and_then(|r| r.reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By whom, what, why, and the text before.
    type Row<'a> = (&'a str, &'a str, Option<Reason>, Option<&'a str>);

    fn past(rows: &[Row<'_>]) -> Vec<PastRuling> {
        let row = |(id, (who, ruling, reason, before)): (usize, &Row<'_>)| PastRuling {
            id: id as i64,
            at: Millis(id as i64),
            who: (*who).into(),
            ruling: (*ruling).into(),
            reason: *reason,
            note: String::new(),
            before: before.map(str::to_owned),
        };
        rows.iter().enumerate().map(row).collect()
    }

    const CUT: Row<'_> = ("ilse", "cut", Some(Reason::INSULT), Some("whole"));
    const HOLD: Row<'_> = ("bo", "hold", None, None);
    const SHOW: Row<'_> = ("bo", "show", None, None);
    const WARN: Row<'_> = ("bo", "warn", None, None);
    const UNDO: Row<'_> = ("bo", super::UNDO, None, None);
    const UNDO_WARN: Row<'_> = ("bo", super::UNDO_WARN, None, None);
    const REMOVE: Row<'_> = ("ilse", "remove", Some(Reason::HATE), None);

    #[test]
    fn neither_warnings_nor_what_was_taken_back() {
        let all = past(&[REMOVE, WARN, SHOW, UNDO]);
        let force = in_force(&all);
        assert_eq!(force.rulings, [&all[0]]);
        assert_eq!(force.taking(State::Removed, None).map(|r| r.who.as_str()), Some("ilse"));
        let all = past(&[REMOVE, WARN, UNDO_WARN, UNDO]);
        assert_eq!(in_force(&all), InForce::default(), "a warning is taken back, too");
        assert_eq!(latest(&all[..3]), Some(&all[0]));
        assert_eq!((latest(&all), latest(&[])), (Some(&all[3]), None));
        assert_eq!(in_force(&past(&[UNDO])), InForce::default());
        let all = past(&[REMOVE, WARN, UNDO_WARN, UNDO_WARN]);
        assert_eq!(in_force(&all).rulings, [&all[0]], "no warning is left to be taken back");
    }

    #[test]
    fn a_cut_outlives_what_does_not_lift_it() {
        let all = past(&[CUT, HOLD, SHOW, WARN]);
        let force = in_force(&all);
        assert_eq!(force.taking(State::Shown, Some(Reason::INSULT)), Some(&all[0]));
        assert_eq!(force.taking(State::Shown, None), None);
        assert_eq!(force.taking(State::Held, Some(Reason::INSULT)), None);
        assert_eq!((force.cut_for(), force.whole(State::Held)), (Some(Reason::INSULT), Some("whole")));
        let all = past(&[CUT, REMOVE]);
        let force = in_force(&all);
        assert_eq!(force.taking(State::Removed, Some(Reason::HATE)), Some(&all[1]));
        assert_eq!((force.cut_for(), force.whole(State::Removed)), (Some(Reason::INSULT), None));
        assert_eq!(in_force(&past(&[CUT, REMOVE, HOLD])).whole(State::Held), None);
    }

    #[test]
    fn an_appeal_ends_with_the_ruling_it_is_against() {
        let then = |rows: &[Row<'_>], state, reason| match appeal_then(&past(rows), state, reason) {
            AppealThen::Untouched => "untouched".to_owned(),
            AppealThen::Upheld => "upheld".to_owned(),
            AppealThen::Against(ruling) => format!("against {}", ruling.id),
        };
        let (insult, hate) = (Some(Reason::INSULT), Some(Reason::HATE));
        assert_eq!(then(&[REMOVE], State::Removed, hate), "upheld");
        assert_eq!(then(&[CUT], State::Shown, insult), "upheld");
        assert_eq!(then(&[CUT, REMOVE], State::Removed, hate), "upheld", "the cut was not taken by it");
        assert_eq!(then(&[CUT, CUT], State::Shown, insult), "against 0");
        for last in [WARN, HOLD, SHOW] {
            assert_eq!(then(&[REMOVE, last], State::Removed, hate), "untouched");
        }
        assert_eq!(then(&[], State::Shown, None), "untouched");
    }

    #[test]
    fn an_appeal_lifts_all_cuts_until_that_is_taken_back() {
        let lifted = ("bo", "show", None, Some("cut twice"));
        let second = ("ilse", "cut", Some(Reason::HATE), Some("cut once"));
        let all = past(&[CUT, second, lifted]);
        assert!(in_force(&all[..2]).whole(State::Shown) == Some("whole"));
        assert_eq!((in_force(&all).cuts, in_force(&all).cut_for()), (vec![], None));
        let all = past(&[CUT, second, lifted, UNDO]);
        assert_eq!(in_force(&all).cuts, [&all[0], &all[1]]);
    }
}
