//! Why a comment is removed, or a passage of it: the reasons that the paper has, each with its code, its ground
//! and its words.

use super::name::clean_line;
use crate::Language;
use std::fmt;

/// Longest code of a reason, in bytes.
pub const LONGEST_CODE: usize = 30;
/// Longest label, name of a rule or law, and choice, in characters.
pub const LONGEST_NAME: usize = 120;
/// Longest sentence for a writer, in characters.
pub const LONGEST_SENTENCE: usize = 500;
/// Reasons that a paper may have.
pub const MOST: usize = 60;

/// A reason by its code, which never changes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reason([u8; LONGEST_CODE]);

impl Reason {
    pub const ADVERTISING: Reason = Reason::fixed("advertising");
    pub const INSULT: Reason = Reason::fixed("insult");
    pub const HATE: Reason = Reason::fixed("hate");
    pub const THREAT: Reason = Reason::fixed("threat");
    pub const PERSONAL_DATA: Reason = Reason::fixed("personal-data");
    pub const OFF_TOPIC: Reason = Reason::fixed("off-topic");
    pub const REPETITION: Reason = Reason::fixed("repetition");
    pub const UNLAWFUL: Reason = Reason::fixed("unlawful");
    pub const OTHER: Reason = Reason::fixed("other");

    const fn fixed(code: &str) -> Reason {
        let mut bytes = [0; LONGEST_CODE];
        let from = code.as_bytes();
        let mut at = 0;
        while at < from.len() {
            bytes[at] = from[at];
            at += 1;
        }
        Reason(bytes)
    }

    /// Small letters, digits and hyphens, a letter first. Whether the paper has such a reason is another question.
    pub fn parse(code: &str) -> Option<Reason> {
        let well = (2..=LONGEST_CODE).contains(&code.len())
            && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && code.as_bytes()[0].is_ascii_lowercase();
        well.then(|| Reason::fixed(code))
    }

    pub fn code(&self) -> &str {
        let end = self.0.iter().position(|b| *b == 0).unwrap_or(LONGEST_CODE);
        std::str::from_utf8(&self.0[..end]).unwrap_or_default()
    }
}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What a reason stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ground {
    /// A rule of the house.
    #[default]
    Rule,
    /// A law: whoever reports under it says which and why (DSA Art. 16).
    Law,
}

impl Ground {
    pub fn as_str(self) -> &'static str {
        match self {
            Ground::Rule => "rule",
            Ground::Law => "law",
        }
    }

    pub fn parse(text: &str) -> Option<Ground> {
        [Ground::Rule, Ground::Law].into_iter().find(|g| g.as_str() == text)
    }
}

/// A reason's words in one language; what is empty is as it comes with Dateline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// For whoever wrote the comment.
    pub sentence: String,
    /// For whoever reports one.
    pub choice: String,
}

/// One reason of the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseReason {
    pub reason: Reason,
    /// For moderators.
    pub label: String,
    pub ground: Ground,
    /// Name and number of the rule, or of the law and its article; may be empty.
    pub source: String,
    /// Whether reporters may choose it.
    pub offered: bool,
    /// Whether moderators may: a reason that is not is retired, and goes on telling what it told.
    pub in_use: bool,
    /// By language; those with nothing of the paper's own are left out.
    pub wordings: Vec<(Language, Wording)>,
}

impl HouseReason {
    /// The paper's own words in a language; empty ones where it has none.
    pub fn own(&self, language: Language) -> Wording {
        let own = self.wordings.iter().find(|(of, _)| *of == language);
        own.map(|(_, wording)| wording.clone()).unwrap_or_default()
    }
}

/// All reasons of the paper, in the order in which they are chosen from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reasons(Vec<HouseReason>);

impl Default for Reasons {
    /// Those that come with Dateline.
    fn default() -> Reasons {
        let rule = |reason, label: &str| HouseReason {
            reason,
            label: label.to_owned(),
            ground: Ground::Rule,
            source: String::new(),
            offered: true,
            in_use: true,
            wordings: Vec::new(),
        };
        Reasons(vec![
            rule(Reason::ADVERTISING, "Advertising"),
            rule(Reason::INSULT, "Insult"),
            rule(Reason::HATE, "Hate"),
            rule(Reason::THREAT, "Threat"),
            rule(Reason::PERSONAL_DATA, "Personal details"),
            rule(Reason::OFF_TOPIC, "Off topic"),
            rule(Reason::REPETITION, "Repetition"),
            HouseReason { ground: Ground::Law, ..rule(Reason::UNLAWFUL, "Unlawful") },
            rule(Reason::OTHER, "Other"),
        ])
    }
}

impl Reasons {
    /// Those that come with Dateline, with what the paper has changed in their place, and its own after them.
    pub fn with(changed: Vec<HouseReason>) -> Reasons {
        let mut all = Reasons::default().0;
        for own in changed {
            match all.iter_mut().find(|known| known.reason == own.reason) {
                Some(known) => *known = own,
                None => all.push(own),
            }
        }
        Reasons(all)
    }

    pub fn all(&self) -> &[HouseReason] {
        &self.0
    }

    /// Those that moderators choose from.
    pub fn in_use(&self) -> impl Iterator<Item = &HouseReason> {
        self.0.iter().filter(|r| r.in_use)
    }

    /// Those that reporters choose from.
    pub fn offered(&self) -> impl Iterator<Item = &HouseReason> {
        self.in_use().filter(|r| r.offered)
    }

    pub fn find(&self, reason: Reason) -> Option<&HouseReason> {
        self.0.iter().find(|r| r.reason == reason)
    }

    /// The reason of that code, if a ruling may name it.
    pub fn usable(&self, code: &str) -> Option<Reason> {
        self.in_use().find(|r| r.reason.code() == code).map(|r| r.reason)
    }

    /// Whether it stands on a law.
    pub fn is_law(&self, reason: Reason) -> bool {
        self.find(reason).is_some_and(|r| r.ground == Ground::Law)
    }

    /// What moderators call it; its code where the paper does not know it any more.
    pub fn label<'a>(&'a self, reason: &'a Reason) -> &'a str {
        self.find(*reason).map_or(reason.code(), |r| r.label.as_str())
    }
}

/// A reason as typed at the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReasonDraft {
    pub code: String,
    pub label: String,
    pub ground: String,
    pub source: String,
    pub offered: bool,
    pub in_use: bool,
    pub wordings: Vec<(Language, Wording)>,
}

impl ReasonDraft {
    pub fn of(reason: &HouseReason) -> ReasonDraft {
        ReasonDraft {
            code: reason.reason.code().to_owned(),
            label: reason.label.clone(),
            ground: reason.ground.as_str().to_owned(),
            source: reason.source.clone(),
            offered: reason.offered,
            in_use: reason.in_use,
            wordings: Language::ALL.into_iter().map(|l| (l, reason.own(l))).collect(),
        }
    }
}

/// What is wrong with a field of it, in words for the desk.
pub type ReasonFault = (String, String);

/// Reads a draft. `known` is what the paper has; `of` the reason that is changed, `None` for a new one;
/// `spoken` the language of the paper.
pub fn read(
    draft: &ReasonDraft,
    known: &Reasons,
    of: Option<Reason>,
    spoken: Language,
) -> Result<HouseReason, Vec<ReasonFault>> {
    let mut faults: Vec<ReasonFault> = Vec::new();
    let mut fault = |field: &str, words: &str| faults.push((field.to_owned(), words.to_owned()));
    let reason = of.or_else(|| Reason::parse(draft.code.trim()));
    match reason {
        None => fault(
            "code",
            "The code is 2 to 30 small letters, digits and hyphens, a letter first, as defamation-186.",
        ),
        Some(r) if of.is_none() && known.find(r).is_some() => {
            fault("code", "There is a reason with this code already; a retired one keeps its code.");
        }
        Some(_) if of.is_none() && known.all().len() >= MOST => {
            fault("code", "The paper has 60 reasons; no more are taken.");
        }
        Some(_) => {}
    }
    let (label, source) = (clean_line(&draft.label), clean_line(&draft.source));
    if label.is_empty() {
        fault("label", "Moderators need a name to choose it by.");
    }
    for (field, text) in [("label", &label), ("source", &source)] {
        if text.chars().count() > LONGEST_NAME {
            fault(field, "It has more than 120 characters.");
        }
    }
    let ground = Ground::parse(&draft.ground);
    match ground {
        None => fault("ground", "Choose whether it stands on a rule of the house or on a law."),
        Some(Ground::Law) if source.is_empty() && reason != Some(Reason::UNLAWFUL) => {
            fault("source", "Name the law and its article: the writer is told on which the removal stands.");
        }
        Some(_) => {}
    }
    let mut wordings = Vec::new();
    for (language, wording) in &draft.wordings {
        let own = Wording { sentence: clean_line(&wording.sentence), choice: clean_line(&wording.choice) };
        if own.sentence.chars().count() > LONGEST_SENTENCE {
            fault(&format!("sentence-{}", language.tag()), "It has more than 500 characters.");
        }
        if own.choice.chars().count() > LONGEST_NAME {
            fault(&format!("choice-{}", language.tag()), "It has more than 120 characters.");
        }
        if own != Wording::default() {
            wordings.push((*language, own));
        }
    }
    // What comes with Dateline has words in all languages; a new one is told to writers in the paper's at least.
    let has_words = reason.is_some_and(|r| Reasons::default().find(r).is_some())
        || wordings.iter().any(|(l, own)| *l == spoken && !own.sentence.is_empty());
    if !has_words {
        let field = format!("sentence-{}", spoken.tag());
        fault(&field, "The writer reads this sentence: give it in the paper's language at least.");
    }
    if !draft.in_use && !known.in_use().any(|r| Some(r.reason) != reason) {
        fault("in_use", "One reason must stay in use: nothing can be removed without.");
    }
    let offers = draft.in_use && draft.offered;
    if !offers && !known.offered().any(|r| Some(r.reason) != reason) {
        fault("offered", "One reason must stay offered to reporters.");
    }
    match (reason, ground) {
        (Some(reason), Some(ground)) if faults.is_empty() => Ok(HouseReason {
            reason,
            label,
            ground,
            source,
            offered: draft.offered,
            in_use: draft.in_use,
            wordings,
        }),
        _ => Err(faults),
    }
}

#[cfg(test)]
#[path = "reason_tests.rs"]
mod tests;
