//! When a comment looks as if a program had sent it, or as one of very many; and the work that a browser may do
//! to be believed. It costs whoever sends thousands; it proves nothing about one.

use super::{Facts, Policy, admit::Door};
use crate::Millis;

/// When browsers are asked for work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Asked {
    /// Never; what is suspicious waits for a moderator.
    Never,
    #[default]
    OnSuspicion,
    Always,
}

impl Asked {
    pub const ALL: [Asked; 3] = [Asked::Never, Asked::OnSuspicion, Asked::Always];

    pub fn as_str(self) -> &'static str {
        match self {
            Asked::Never => "never",
            Asked::OnSuspicion => "suspicion",
            Asked::Always => "always",
        }
    }

    pub fn parse(text: &str) -> Option<Asked> {
        Asked::ALL.into_iter().find(|a| a.as_str() == text)
    }
}

/// What a draft brought along of such work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Proof {
    /// Nothing: a form without script. It cannot be asked.
    #[default]
    None,
    /// Whoever sent it would work, or has done so in vain: too late, elsewhere, or used before.
    Offered,
    Done,
}

/// Comments from a network within the last minute and hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Pace {
    pub minute: u32,
    pub hour: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspicion {
    /// More comes from the networks around than many people write.
    Crowd,
    /// A moderator has the wide network around looked at.
    Wide,
    /// Nearly the same was said several times within a day.
    Echo,
    /// The paper asks everybody.
    Always,
}

impl Suspicion {
    pub const ALL: [Suspicion; 4] = [Suspicion::Crowd, Suspicion::Wide, Suspicion::Echo, Suspicion::Always];

    pub fn as_str(self) -> &'static str {
        match self {
            Suspicion::Crowd => "crowd",
            Suspicion::Wide => "wide",
            Suspicion::Echo => "echo",
            Suspicion::Always => "always",
        }
    }

    pub fn parse(text: &str) -> Option<Suspicion> {
        Suspicion::ALL.into_iter().find(|s| s.as_str() == text)
    }
}

/// Of a comment that nothing else holds.
pub fn suspicion(facts: &Facts<'_>, policy: &Policy, now: Millis) -> Option<Suspicion> {
    let full = |pace: Pace, times: u32| {
        pace.minute >= policy.most_per_minute.saturating_mul(times)
            || pace.hour >= policy.most_per_hour.saturating_mul(times)
    };
    if full(facts.network, policy.network_times) || full(facts.wide, policy.wide_times) {
        return Some(Suspicion::Crowd);
    }
    if facts.sanction.as_ref().is_some_and(|s| s.wide && !s.refuse && s.until > now) {
        return Some(Suspicion::Wide);
    }
    if facts.echoes {
        return Some(Suspicion::Echo);
    }
    let vouched = facts.door == Door::Vouched;
    (policy.proof_of_work == Asked::Always && !vouched).then_some(Suspicion::Always)
}

/// Whether a digest begins with so many zero bits.
pub fn is_worked(digest: &[u8], bits: u32) -> bool {
    let mut zeros = 0;
    for byte in digest {
        zeros += byte.leading_zeros();
        if *byte != 0 {
            break;
        }
    }
    zeros >= bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_counted_in_bits() {
        assert!(is_worked(&[0, 0x1f, 0xff], 11) && !is_worked(&[0, 0x1f, 0xff], 12));
        assert!(is_worked(&[0xff], 0) && !is_worked(&[0xff], 1) && !is_worked(&[0, 0], 17));
    }
}
