//! What follows when somebody else has looked at a comment that is in already: an outside scorer.

use super::{Label, Mode, Policy, Risk, State, admit::HeldWhy};

/// As it stands when the word comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub state: State,
    /// A person, or readers' reports, have decided about it.
    pub ruled: bool,
    pub staff: bool,
    /// Of its discussion.
    pub mode: Mode,
}

/// The risks seen first and those seen now; of one kind the graver, with the reasons of both. The gravest first.
pub fn join(first: Vec<Risk>, now: Vec<Risk>) -> Vec<Risk> {
    let mut all = first;
    for risk in now {
        match all.iter_mut().find(|r| r.label == risk.label) {
            Some(known) => {
                known.score = known.score.max(risk.score);
                known
                    .why
                    .extend(risk.why.into_iter().filter(|why| !known.why.contains(why)).collect::<Vec<_>>());
            }
            None => all.push(risk),
        }
    }
    all.sort_by(|a, b| b.score.total_cmp(&a.score));
    all
}

/// Why it waits for a moderator from now on, if it does. Nothing is shown by it, or removed.
pub fn second_look(standing: Standing, risks: &[Risk], policy: &Policy) -> Option<HeldWhy> {
    let waits = standing.state == State::Shown && standing.mode != Mode::AtOnce;
    if !waits || standing.ruled || standing.staff || policy.limits_off {
        return None;
    }
    let seen: Vec<Label> = risks.iter().filter(|r| r.score >= policy.hold_at).map(|r| r.label).collect();
    (!seen.is_empty()).then_some(HeldWhy::Risk(seen))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn risk(label: Label, score: f32, why: &str) -> Risk {
        Risk { label, score, why: vec![why.into()] }
    }

    #[test]
    fn only_what_is_shown_and_undecided_is_held() {
        let policy = Policy::default();
        let grave = [risk(Label::Insult, 0.9, "x")];
        let shown = Standing { state: State::Shown, ruled: false, staff: false, mode: Mode::Open };
        assert_eq!(second_look(shown, &grave, &policy), Some(HeldWhy::Risk(vec![Label::Insult])));
        assert_eq!(second_look(shown, &[risk(Label::Insult, 0.79, "x")], &policy), None);
        for other in [
            Standing { ruled: true, ..shown },
            Standing { staff: true, ..shown },
            Standing { state: State::Held, ..shown },
            Standing { state: State::Removed, ..shown },
            Standing { state: State::Withdrawn, ..shown },
            Standing { mode: Mode::AtOnce, ..shown },
        ] {
            assert_eq!(second_look(other, &grave, &policy), None, "{other:?}");
        }
    }

    #[test]
    fn the_graver_with_the_reasons_of_both() {
        let first = vec![risk(Label::Insult, 0.5, "fool"), risk(Label::Personal, 0.3, "phone")];
        let now = vec![risk(Label::Insult, 0.9, "TOXICITY 0.90"), risk(Label::Threat, 0.4, "THREAT 0.40")];
        let all = join(first, now);
        let brief: Vec<_> = all.iter().map(|r| (r.label, r.score, r.why.len())).collect();
        assert_eq!(brief, [(Label::Insult, 0.9, 2), (Label::Threat, 0.4, 1), (Label::Personal, 0.3, 1)]);
        assert_eq!(join(all.clone(), all.clone()), all, "twice is once");
    }
}
