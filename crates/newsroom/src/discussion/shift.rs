//! A moderators' shift in figures: what was ruled, how fast, and what is left for the next.

use crate::Millis;
use std::collections::BTreeMap;

/// One ruling of a shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worked {
    pub who: String,
    /// A word of [`super::Ruling`], or `undo`.
    pub ruling: String,
    /// A reason's code.
    pub reason: Option<String>,
    /// So long the comment had waited for its first ruling, in milliseconds; `None` for a later one, and
    /// where it did not wait.
    pub waited: Option<i64>,
}

/// What is undecided at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    pub held: u64,
    pub unread: u64,
    pub reported: u64,
    pub appealed: u64,
    pub doubted: u64,
    pub tips: u64,
    pub oldest_report: Option<Millis>,
    /// When the next appeal is due.
    pub next_appeal: Option<Millis>,
}

/// What has waited for too long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overdue {
    /// Comments with reports that nobody has decided for so many hours.
    pub reported: u64,
    /// Appeals whose day is over.
    pub appealed: u64,
}

impl Overdue {
    /// In words for moderators; `hours` is after how many a report is too old.
    pub fn words(self, hours: usize) -> String {
        let comments = |n: u64| {
            if n == 1 { "1 reported comment has".into() } else { format!("{n} reported comments have") }
        };
        let appeals = |n: u64| if n == 1 { "1 appeal is".into() } else { format!("{n} appeals are") };
        let reported = (self.reported > 0)
            .then(|| format!("{} waited for more than {hours} hours.", comments(self.reported)));
        let appealed =
            (self.appealed > 0).then(|| format!("{} past the day it was due.", appeals(self.appealed)));
        reported.into_iter().chain(appealed).collect::<Vec<String>>().join(" ")
    }
}

/// The account of a shift.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shift {
    pub rulings: u32,
    /// By the ruling's word.
    pub by_ruling: BTreeMap<String, u32>,
    /// Removals and cuts, by the reason's code.
    pub by_reason: BTreeMap<String, u32>,
    /// By whom, the paper's own holds for reports left out.
    pub by_person: BTreeMap<String, u32>,
    /// Of the comments shown or removed, the part that was removed, 0 to 1; `None` where there was none.
    pub share_removed: Option<f64>,
    /// Half of what had waited was decided within so many milliseconds.
    pub median_wait: Option<i64>,
}

/// Adds up; `machine` is under whose name the paper itself holds comments.
pub fn account(worked: &[Worked], machine: &str) -> Shift {
    let mut shift = Shift::default();
    let mut waits: Vec<i64> = Vec::new();
    for one in worked.iter().filter(|w| w.who != machine) {
        shift.rulings += 1;
        *shift.by_ruling.entry(one.ruling.clone()).or_default() += 1;
        *shift.by_person.entry(one.who.clone()).or_default() += 1;
        if let Some(reason) = one.reason.as_ref().filter(|_| ["remove", "cut"].contains(&one.ruling.as_str()))
        {
            *shift.by_reason.entry(reason.clone()).or_default() += 1;
        }
        waits.extend(one.waited);
    }
    let of = |ruling: &str| shift.by_ruling.get(ruling).copied().unwrap_or(0);
    let (removed, shown) = (of("remove"), of("show"));
    shift.share_removed = (removed + shown > 0).then(|| f64::from(removed) / f64::from(removed + shown));
    waits.sort_unstable();
    shift.median_wait = waits.len().checked_sub(1).map(|last| waits[last / 2]);
    shift
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn added_up_without_the_machine() {
        let one = |who: &str, ruling: &str, reason: Option<&str>, waited| Worked {
            who: who.into(),
            ruling: ruling.into(),
            reason: reason.map(str::to_owned),
            waited,
        };
        let shift = account(
            &[
                one("Ilse", "show", None, Some(10)),
                one("Ilse", "remove", Some("insult"), Some(30)),
                one("Bo", "show", Some("insult"), None),
                one("Bo", "undo", None, None),
                one("Bo", "remove", Some("hate"), Some(20)),
                one("robots", "hold", None, None),
            ],
            "robots",
        );
        assert_eq!((shift.rulings, shift.share_removed, shift.median_wait), (5, Some(0.5), Some(20)));
        assert_eq!(shift.by_person, BTreeMap::from([("Bo".into(), 3), ("Ilse".into(), 2)]));
        assert_eq!(shift.by_reason, BTreeMap::from([("hate".into(), 1), ("insult".into(), 1)]));
        assert_eq!(account(&[], "robots"), Shift::default());
    }

    #[test]
    fn told_in_words() {
        let words = |reported, appealed| Overdue { reported, appealed }.words(24);
        assert_eq!(words(0, 0), "");
        assert_eq!(words(1, 0), "1 reported comment has waited for more than 24 hours.");
        assert_eq!(
            words(3, 1),
            "3 reported comments have waited for more than 24 hours. 1 appeal is past the day it was due."
        );
    }
}
