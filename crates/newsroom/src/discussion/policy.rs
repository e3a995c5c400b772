//! Whether a discussion takes comments now, and the limits that a comment must keep.

use super::suspicion::Asked;
use crate::{
    Millis,
    clock::{DAY, MINUTE},
};

/// How a discussion takes comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// Shown at once, whatever the screen sees; it ranks them for moderators alone.
    AtOnce,
    /// Shown at once, unless a risk holds them.
    #[default]
    Open,
    /// As open, but the first of a writer wait for a moderator.
    NewHeld,
    /// As open, but an address must wait between two comments.
    Slow,
    /// Each waits for a moderator.
    HeldFirst,
    Closed,
}

impl Mode {
    pub const ALL: [Mode; 6] =
        [Mode::AtOnce, Mode::Open, Mode::NewHeld, Mode::Slow, Mode::HeldFirst, Mode::Closed];

    pub fn as_str(self) -> &'static str {
        match self {
            Mode::AtOnce => "at-once",
            Mode::Open => "open",
            Mode::NewHeld => "new-held",
            Mode::Slow => "slow",
            Mode::HeldFirst => "held-first",
            Mode::Closed => "closed",
        }
    }

    pub fn parse(text: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|m| m.as_str() == text)
    }
}

/// What a reader finds under the story at a given moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Openness {
    Open,
    Slow,
    NewHeld,
    HeldFirst,
    /// Held first because the story is that old.
    HeldByAge,
    /// Closed by hand.
    Closed,
    /// Closed because the story is that old.
    ClosedByAge,
}

impl Openness {
    pub fn takes_comments(self) -> bool {
        !matches!(self, Openness::Closed | Openness::ClosedByAge)
    }
}

/// The paper's limits for discussions. All lengths in characters.
#[derive(Clone, Debug)]
pub struct Policy {
    pub longest_name: usize,
    pub longest_text: usize,
    pub most_lines: usize,
    /// More links than this are refused.
    pub most_links: usize,
    /// More links than this hold the comment.
    pub links_held_above: usize,
    /// Comments from one address: above these, refused with the time to wait.
    pub most_per_minute: u32,
    pub most_per_hour: u32,
    pub most_per_day: u32,
    /// So many times what one address may write, the networks around it may: /24 or /56, and /16 or /48. Above
    /// these comments are suspicious, not refused.
    pub network_times: u32,
    pub wide_times: u32,
    pub proof_of_work: Asked,
    /// The same text under the same story within this time is a duplicate, in milliseconds.
    pub duplicate_within: i64,
    /// A discussion closes by itself this long after publication, in milliseconds; `None` never.
    pub closes_after: Option<i64>,
    /// Every comment under a story waits for a moderator this long after publication, in milliseconds.
    pub held_after: Option<i64>,
    /// So many of a writer's comments must have been shown before another is shown at once; 0 asks for none. See
    /// [`Policy::first_held_in`].
    pub first_held: u32,
    /// Between two comments of one address in a slowed discussion, in milliseconds.
    pub slow_wait: i64,
    /// So long after it was written its writer may change or withdraw a comment, in milliseconds; 0 never.
    pub edit_within: i64,
    /// A shown comment that was reported from so many networks, since a moderator last saw it, is held; 0 never.
    pub reports_hold: u32,
    /// Reports undecided for longer are too old, in milliseconds; `None` never.
    pub reports_within: Option<i64>,
    /// A risk of at least this score holds a comment.
    pub hold_at: f32,
    /// Whether the paper sends letters; where not, no mail address is asked for or kept.
    pub letters: bool,
    /// Whether readers can have an account; where not, none is spoken of.
    pub accounts: bool,
    /// `DATELINE_DISCUSSION_LIMITS=off`: no flood limit, no duplicate refused, nothing held. Load tests only.
    pub limits_off: bool,
}

/// What a site sets for the discussions of its own pages. What it does not set is as the paper has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct OwnPolicy {
    /// In thousandths.
    pub hold_at: Option<u16>,
    /// 0 for never.
    pub closes_after_days: Option<u32>,
    pub first_held: Option<u32>,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            longest_name: 60,
            longest_text: 5_000,
            most_lines: 120,
            most_links: 10,
            links_held_above: 2,
            most_per_minute: 6,
            most_per_hour: 60,
            most_per_day: 200,
            network_times: 20,
            wide_times: 100,
            proof_of_work: Asked::OnSuspicion,
            duplicate_within: DAY,
            closes_after: Some(30 * DAY),
            held_after: None,
            first_held: 0,
            slow_wait: 5 * MINUTE,
            edit_within: 15 * MINUTE,
            reports_hold: 3,
            reports_within: Some(DAY),
            hold_at: 0.8,
            letters: false,
            accounts: false,
            limits_off: false,
        }
    }
}

impl Policy {
    /// How a discussion of that mode, under a story published then, stands at `now`.
    pub fn openness(&self, mode: Mode, published_at: Millis, now: Millis) -> Openness {
        match mode {
            Mode::Closed => Openness::Closed,
            _ if self.closes_at(published_at).is_some_and(|at| at <= now) => Openness::ClosedByAge,
            Mode::AtOnce | Mode::Open | Mode::NewHeld | Mode::Slow
                if self.held_after.is_some_and(|a| published_at.plus(a) <= now) =>
            {
                Openness::HeldByAge
            }
            Mode::AtOnce | Mode::Open => Openness::Open,
            Mode::NewHeld => Openness::NewHeld,
            Mode::Slow => Openness::Slow,
            Mode::HeldFirst => Openness::HeldFirst,
        }
    }

    /// How many of a writer's comments wait in a discussion of that mode.
    pub fn first_held_in(&self, mode: Mode) -> u32 {
        match mode {
            Mode::AtOnce => 0,
            Mode::NewHeld => self.first_held.max(1),
            Mode::Open | Mode::Slow | Mode::HeldFirst | Mode::Closed => self.first_held,
        }
    }

    /// The same where a site has set things of its own.
    pub fn with(&self, own: OwnPolicy) -> Policy {
        Policy {
            hold_at: own.hold_at.map_or(self.hold_at, |at| f32::from(at) / 1000.0),
            closes_after: match own.closes_after_days {
                None => self.closes_after,
                Some(days) => (days > 0).then(|| i64::from(days) * DAY),
            },
            first_held: own.first_held.unwrap_or(self.first_held),
            ..self.clone()
        }
    }

    /// Reports made before that moment and undecided at `now` are too old.
    pub fn reports_before(&self, now: Millis) -> Option<Millis> {
        self.reports_within.map(|within| now.plus(-within))
    }

    /// When a discussion under a story published then closes by itself.
    pub fn closes_at(&self, published_at: Millis) -> Option<Millis> {
        self.closes_after.map(|after| published_at.plus(after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_sets_what_it_sets_and_no_more() {
        let paper = Policy { first_held: 2, held_after: Some(DAY), ..Policy::default() };
        let told = |own| {
            let policy = paper.with(own);
            (policy.hold_at, policy.closes_after, policy.first_held)
        };
        assert_eq!(told(OwnPolicy::default()), (0.8, Some(30 * DAY), 2));
        let own = OwnPolicy { hold_at: Some(500), closes_after_days: Some(3), first_held: Some(0) };
        assert_eq!(told(own), (0.5, Some(3 * DAY), 0));
        let never = OwnPolicy { closes_after_days: Some(0), ..OwnPolicy::default() };
        assert_eq!(told(never), (0.8, None, 2));
        assert_eq!(paper.with(own).held_after, Some(DAY));
        let old = Millis(4 * DAY);
        assert_eq!(paper.with(own).openness(Mode::Slow, Millis(0), old), Openness::ClosedByAge);
        assert_eq!(paper.with(never).openness(Mode::Slow, Millis(0), old), Openness::HeldByAge);
    }
}
