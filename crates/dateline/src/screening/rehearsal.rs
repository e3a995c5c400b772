//! Whether what might be switched on would have agreed with the paper's moderators.

use screen::{
    WordList,
    learned::{Agreement, rehearse},
};
use store::comment::RuledText;

/// Scores from which a comment might be held.
pub const THRESHOLDS: [f32; 6] = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
/// A word list is tried at the score that holds.
const HOLDS: f32 = 0.8;

pub struct Rehearsal {
    pub shown: u32,
    pub removed: u32,
    /// What the screen with the paper's lists says now, at each threshold.
    pub screen: Vec<Agreement>,
    /// What the rulings before each ruling would have taught.
    pub learned: Vec<Agreement>,
    /// A list that is tried, by itself.
    pub tried: Option<Agreement>,
}

/// Goes through the rulings in the order of time.
pub fn go_through(ruled: &[RuledText], lists: &[WordList], tried: Option<&WordList>) -> Rehearsal {
    let empty = |threshold| Agreement { threshold, ..Agreement::default() };
    let mut screen: Vec<Agreement> = THRESHOLDS.map(empty).into();
    let mut of_list = tried.map(|_| empty(HOLDS));
    for one in ruled {
        let score = screen::screen_with(&one.text, &one.name, lists).first().map_or(0.0, |r| r.score);
        for agreement in &mut screen {
            count(agreement, score, one.removed);
        }
        if let (Some(agreement), Some(list)) = (&mut of_list, tried) {
            count(agreement, list.risk(&one.text).map_or(0.0, |r| r.score), one.removed);
        }
    }
    let (_, learned) = rehearse(ruled.iter().map(|r| (r.text.as_str(), r.removed)), &THRESHOLDS);
    let removed = ruled.iter().filter(|r| r.removed).count() as u32;
    Rehearsal { shown: ruled.len() as u32 - removed, removed, screen, learned, tried: of_list }
}

fn count(agreement: &mut Agreement, score: f32, removed: bool) {
    *match (score >= agreement.threshold, removed) {
        (true, true) => &mut agreement.held_removed,
        (true, false) => &mut agreement.held_shown,
        (false, true) => &mut agreement.let_be_removed,
        (false, false) => &mut agreement.let_be_shown,
    } += 1;
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsroom::discussion::Label;

    fn ruled(text: &str, removed: bool) -> RuledText {
        RuledText { name: "Mette".into(), text: text.into(), removed }
    }

    #[test]
    fn each_is_counted_once_at_each_threshold() {
        let all = [
            ruled("You are a stupid idiot.", true),
            ruled("The ferry was late again.", false),
            ruled("Yellow bicycles are a plague on this town.", true),
        ];
        let list = WordList::read(Label::Insult, "0.9 yellow bicycles\n").unwrap();
        let rehearsal = go_through(&all, &[], Some(&list));
        assert_eq!((rehearsal.shown, rehearsal.removed), (1, 2));
        for agreement in rehearsal.screen.iter().chain(&rehearsal.learned) {
            let Agreement { held_removed, held_shown, let_be_removed, let_be_shown, .. } = *agreement;
            assert_eq!(held_removed + held_shown + let_be_removed + let_be_shown, 3);
        }
        let at_hold = rehearsal.screen[3];
        assert_eq!((at_hold.held_removed, at_hold.held_shown, at_hold.let_be_removed), (1, 0, 1));
        let tried = rehearsal.tried.unwrap();
        assert_eq!((tried.precision(), tried.recall()), (Some(1.0), Some(0.5)));
        assert!(go_through(&[], &[], None).screen[0].precision().is_none());
    }
}
