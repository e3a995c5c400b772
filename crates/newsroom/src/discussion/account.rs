//! A reader's account: what may be its name, how the desk regards whoever holds it, and the badges beside names.
//! Nobody needs one to read or to write.

use super::{
    Reserved,
    name::{clean_line, imitates, look},
};
use crate::Millis;

/// How a moderator has set a person's comments to come in. It always ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Regard {
    /// Shown at once, in whatever mode the discussion is.
    AtOnce,
    /// Each waits for a moderator.
    HeldFirst,
    Refused,
}

impl Regard {
    pub const ALL: [Regard; 3] = [Regard::AtOnce, Regard::HeldFirst, Regard::Refused];

    pub fn as_str(self) -> &'static str {
        match self {
            Regard::AtOnce => "at-once",
            Regard::HeldFirst => "held-first",
            Regard::Refused => "refused",
        }
    }

    pub fn parse(text: &str) -> Option<Regard> {
        Regard::ALL.into_iter().find(|r| r.as_str() == text)
    }
}

/// What stands beside a name, as it was so when the comment was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Badge {
    /// Of the staff, and named in the story's byline.
    Author,
    /// What the desk knows the holder of an account to be: `Professor of hydrology`.
    Expert(String),
    /// Who says that the holder of an account is whom they say, by the provider's label.
    Provider(String),
}

impl Badge {
    /// As it is stored; [`Badge::parse`] reads it.
    pub fn render(&self) -> String {
        match self {
            Badge::Author => "author".into(),
            Badge::Expert(words) => format!("expert {words}"),
            Badge::Provider(label) => format!("provider {label}"),
        }
    }

    pub fn parse(text: &str) -> Option<Badge> {
        match text.split_once(' ') {
            None if text == "author" => Some(Badge::Author),
            Some(("expert", words)) => Some(Badge::Expert(words.into())),
            Some(("provider", label)) => Some(Badge::Provider(label.into())),
            _ => None,
        }
    }

    /// Stable, for machines.
    pub fn kind(&self) -> &'static str {
        match self {
            Badge::Author => "author",
            Badge::Expert(_) => "expert",
            Badge::Provider(_) => "provider",
        }
    }

    pub fn words(&self) -> &str {
        match self {
            Badge::Author => "Author of the story",
            Badge::Expert(words) => words,
            Badge::Provider(label) => label,
        }
    }
}

/// Whether the words of a badge look like one that the paper itself gives: `Staff`, `Author of the story`.
pub fn imitates_paper(words: &str, papers: &[&str], reserved: &Reserved) -> bool {
    reserved.holds(words) || imitates(words, papers.iter().copied().chain(["Author of the story"]))
}

/// Why an account cannot have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFault {
    /// No letter or digit by which it could be told from others.
    Empty,
    Long {
        most: usize,
    },
    Reserved,
    /// Another account has it, or one that looks like it.
    Taken,
}

/// Why a provider's word for a reader is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unproven {
    /// The sign-in was not begun in this browser, or long ago.
    NotBegun,
    /// It is another provider's.
    Another,
    /// It says no.
    Refused,
    /// The sign-in there is over or was used.
    Used,
    /// The account that it leads to has ended.
    Ended,
    /// The word is too old.
    Expired,
    /// It is meant for another site.
    Elsewhere,
    OtherSignIn,
    /// Its signature is not the provider's.
    Forged,
    Unreadable,
}

/// The name in one clean line. Whether another account has it, only the database knows.
pub fn fit_name(typed: &str, longest: usize, reserved: &Reserved) -> Result<String, NameFault> {
    let start: String = typed.chars().take(1_000).collect();
    let name = clean_line(&start);
    if look(&name).is_empty() {
        return Err(NameFault::Empty);
    }
    if name.chars().count() > longest {
        return Err(NameFault::Long { most: longest });
    }
    if reserved.holds(&name) {
        return Err(NameFault::Reserved);
    }
    Ok(name)
}

/// Names that one account may have had: what was written under the old ones still stands, so they stay its own.
pub const MOST_NAMES: u32 = 5;

/// In so many spellings that look different, all of its names together: each is kept from others.
pub const MOST_SPELLINGS: u32 = 4 * MOST_NAMES;

/// After the end of an account that left its comments its names are nobody's for so long, in milliseconds. Whoever took
/// one at once would seem to have written them. After a year they lie deep in the archive, what was reported or appealed
/// is decided, and the name is worth more to somebody who goes by it than to nobody.
pub const NAMES_REST: i64 = 365 * crate::clock::DAY;

/// A knock at the door, by letter or from a provider, opens it for so long, in milliseconds.
pub const KNOCK_ENDS: i64 = 30 * crate::clock::MINUTE;

/// Whether something given until then is in force.
pub fn in_force<T>(given: Option<(T, Millis)>, now: Millis) -> Option<T> {
    given.filter(|(_, until)| *until > now).map(|(given, _)| given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_an_account_may_have() {
        let staff = Reserved::of("The Courier", ["Ilse Brandt"]);
        let fit = |name: &str| fit_name(name, 60, &staff);
        assert_eq!(fit("  Mette\u{202e}  Holm "), Ok("Mette Holm".into()));
        assert_eq!(fit("李明"), Ok("李明".into()));
        for (name, fault) in [
            ("", NameFault::Empty),
            ("\u{200b}…!?", NameFault::Empty),
            ("I1se Brаndt", NameFault::Reserved),
            ("The Editor", NameFault::Reserved),
            ("Courier", NameFault::Reserved),
            (&"x".repeat(61), NameFault::Long { most: 60 }),
            (&"x".repeat(100_000), NameFault::Long { most: 60 }),
        ] {
            assert_eq!(fit(name), Err(fault), "{name}");
        }
    }

    #[test]
    fn badges_there_and_back() {
        for badge in [
            Badge::Author,
            Badge::Expert("Professor of hydrology".into()),
            Badge::Provider("Courier ID".into()),
        ] {
            assert_eq!(Badge::parse(&badge.render()), Some(badge));
        }
        assert_eq!((Badge::parse("author of"), Badge::parse("")), (None, None));
    }

    #[test]
    fn what_is_given_ends() {
        let given = Some((Regard::Refused, Millis(10)));
        assert_eq!(in_force(given, Millis(9)), Some(Regard::Refused));
        assert_eq!(in_force(given, Millis(10)), None);
    }
}
