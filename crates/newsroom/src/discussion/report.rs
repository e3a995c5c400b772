//! A reader points a comment out to the moderators. Anyone may, without an account; what is said to be
//! against the law needs what DSA Art. 16 asks for.

use super::{Reason, name::clean_line};

/// Longest explanation, in characters.
pub const LONGEST: usize = 2_000;
/// Longest name or mail address, in characters.
pub const LONGEST_NAME: usize = 200;

/// What a reader may set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportDraft {
    /// A code of [`Reason`].
    pub reason: String,
    pub text: String,
    pub name: String,
    pub email: String,
    /// "I believe in good faith that this is accurate."
    pub good_faith: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CleanReport {
    pub reason: Reason,
    pub text: String,
    pub name: String,
    pub email: String,
}

/// What is wrong: the field, and words for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFault {
    pub field: &'static str,
    pub words: String,
}

/// Reads a report; all lines cleaned of controls and deceptive characters.
pub fn read(draft: &ReportDraft) -> Result<CleanReport, ReportFault> {
    let fault = |field, words: &str| Err(ReportFault { field, words: words.to_owned() });
    let Some(reason) = Reason::parse(&draft.reason) else {
        return fault("reason", "Please choose what is wrong with the comment.");
    };
    let lines: Vec<String> = draft.text.lines().map(clean_line).collect();
    let text = lines.join("\n").trim().to_owned();
    let (name, email) = (clean_line(&draft.name), clean_line(&draft.email));
    if text.chars().count() > LONGEST {
        return fault("text", "The explanation has more than 2,000 characters.");
    }
    if name.chars().count() > LONGEST_NAME {
        return fault("name", "The name has more than 200 characters.");
    }
    let address = email.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.'));
    if !email.is_empty() && (!address || email.contains(' ') || email.chars().count() > LONGEST_NAME) {
        return fault("email", "That is no mail address.");
    }
    if reason == Reason::Unlawful {
        if text.is_empty() {
            return fault("text", "Please explain why it is against the law.");
        }
        if !draft.good_faith {
            return fault("good_faith", "Please confirm that what you say is accurate as far as you know.");
        }
    }
    Ok(CleanReport { reason, text, name, email })
}

/// Whether a shown comment with so many undecided reports is held until a moderator has looked.
pub fn holds(undecided: u32, reports_hold: u32) -> bool {
    reports_hold > 0 && undecided >= reports_hold
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(reason: &str) -> ReportDraft {
        ReportDraft { reason: reason.into(), ..ReportDraft::default() }
    }

    #[test]
    fn little_is_asked_but_of_the_law() {
        assert_eq!(read(&draft("insult")).unwrap().reason, Reason::Insult);
        let field = |d: &ReportDraft| read(d).unwrap_err().field;
        assert_eq!(field(&draft("")), "reason");
        assert_eq!(field(&draft("unlawful")), "text");
        let explained = ReportDraft { text: "Libel of a person.".into(), ..draft("unlawful") };
        assert_eq!(field(&explained), "good_faith");
        assert!(read(&ReportDraft { good_faith: true, ..explained }).is_ok());
        assert_eq!(field(&ReportDraft { email: "a\u{0}b".into(), ..draft("hate") }), "email");
        assert_eq!(field(&ReportDraft { text: "x".repeat(2_001), ..draft("hate") }), "text");
    }

    #[test]
    fn from_so_many_on() {
        assert!(holds(3, 3) && holds(4, 3) && !holds(2, 3) && !holds(100, 0));
    }
}
