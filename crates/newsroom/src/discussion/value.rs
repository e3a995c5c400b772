//! Readers mark a comment as valuable: how many marks of one comment count from one place, so that nobody counts
//! many times.

/// Of browsers in one [`super::Network`]: a household, or some of those who read at a university, and no more, for a
/// browser that keeps no word is another reader each time.
pub const MOST_OF_BROWSERS: u32 = 4;
/// Of accounts there. Each counts once wherever it is signed in, and is dearer to come by than a word; yet one person
/// can make several.
pub const MOST_OF_ACCOUNTS: u32 = 20;
/// Marks that are taken from one address in an hour: a household or a school, not a crowd.
pub const MOST_PER_HOUR: u32 = 60;
/// From the wide network around it: a campus, or all whom a carrier sends out by a few addresses; some thousand lines
/// that one person may have there change nothing.
pub const MOST_PER_HOUR_AROUND: u32 = 600;

/// Who marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voter {
    /// Known by a random word that it keeps.
    Browser,
    /// Signed in.
    Account,
}

impl Voter {
    /// How many marks of one comment count from one network.
    pub fn most(self) -> u32 {
        match self {
            Voter::Browser => MOST_OF_BROWSERS,
            Voter::Account => MOST_OF_ACCOUNTS,
        }
    }
}

/// Whether one more is taken of whoever sent that many within the hour, and the wide network around that many more.
pub fn rested(from_there: u32, around: u32) -> bool {
    from_there < MOST_PER_HOUR && around < MOST_PER_HOUR_AROUND
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_counts_and_a_crowd_in_one_house_does_not() {
        assert!((3..=5).contains(&Voter::Browser.most()) && Voter::Account.most() > Voter::Browser.most());
        assert!(rested(MOST_PER_HOUR - 1, 0) && !rested(MOST_PER_HOUR, 0));
        assert!(rested(0, MOST_PER_HOUR_AROUND - 1) && !rested(0, MOST_PER_HOUR_AROUND));
    }
}
