//! A reader points a comment out to the moderators. Anyone may, without an account; what is said to be
//! against the law needs what DSA Art. 16 asks for.

use super::{Reason, Reasons, name::clean_line};

/// Longest explanation, in characters.
pub const LONGEST: usize = 2_000;
/// Longest name or mail address, in characters.
pub const LONGEST_NAME: usize = 200;

/// What a reader may set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportDraft {
    /// The code of a reason that is offered.
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

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFault {
    /// None was chosen, or none of those that are offered.
    NoReason,
    LongText,
    LongName,
    BadEmail,
    /// Said to be against the law, and not why.
    NoExplanation,
    NoGoodFaith,
}

impl ReportFault {
    /// The form field or JSON member at fault.
    pub fn field(self) -> &'static str {
        match self {
            ReportFault::NoReason => "reason",
            ReportFault::LongText | ReportFault::NoExplanation => "text",
            ReportFault::LongName => "name",
            ReportFault::BadEmail => "email",
            ReportFault::NoGoodFaith => "good_faith",
        }
    }
}

/// Reads a report; all lines cleaned of controls and deceptive characters.
pub fn read(draft: &ReportDraft, reasons: &Reasons) -> Result<CleanReport, ReportFault> {
    let chosen = reasons.offered().find(|r| r.reason.code() == draft.reason);
    let reason = chosen.ok_or(ReportFault::NoReason)?.reason;
    let lines: Vec<String> = draft.text.lines().map(clean_line).collect();
    let text = lines.join("\n").trim().to_owned();
    let (name, email) = (clean_line(&draft.name), clean_line(&draft.email));
    if text.chars().count() > LONGEST {
        return Err(ReportFault::LongText);
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(ReportFault::LongName);
    }
    let address = email.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.'));
    if !email.is_empty() && (!address || email.contains(' ') || email.chars().count() > LONGEST_NAME) {
        return Err(ReportFault::BadEmail);
    }
    if reasons.is_law(reason) {
        if text.is_empty() {
            return Err(ReportFault::NoExplanation);
        }
        if !draft.good_faith {
            return Err(ReportFault::NoGoodFaith);
        }
    }
    Ok(CleanReport { reason, text, name, email })
}

/// Whether a shown comment with undecided reports from so many networks is held until a moderator has looked. All
/// that comes from one [`super::Network`] counts once: who has an IPv6 line has a million addresses.
pub fn holds(networks: u32, reports_hold: u32) -> bool {
    reports_hold > 0 && networks >= reports_hold
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(reason: &str) -> ReportDraft {
        ReportDraft { reason: reason.into(), ..ReportDraft::default() }
    }

    #[test]
    fn little_is_asked_but_of_the_law() {
        let read = |d: &ReportDraft| super::read(d, &Reasons::default());
        assert_eq!(read(&draft("insult")).unwrap().reason, Reason::INSULT);
        let field = |d: &ReportDraft| read(d).unwrap_err().field();
        assert_eq!(field(&draft("")), "reason");
        assert_eq!(field(&draft("no-such-reason")), "reason");
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
