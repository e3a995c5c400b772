//! A moderator's decision, with its reason.

/// What is decided about one comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    Show,
    Remove,
    Hold,
    /// A passage is taken out, the rest is shown.
    Cut,
    /// Nothing changes; its writer is told something on the receipt.
    Warn,
}

impl Ruling {
    pub const ALL: [Ruling; 5] = [Ruling::Show, Ruling::Remove, Ruling::Hold, Ruling::Cut, Ruling::Warn];

    pub fn as_str(self) -> &'static str {
        match self {
            Ruling::Show => "show",
            Ruling::Remove => "remove",
            Ruling::Hold => "hold",
            Ruling::Cut => "cut",
            Ruling::Warn => "warn",
        }
    }

    /// Whether it decides what was reported, appealed against or doubted.
    pub fn decides(self) -> bool {
        !matches!(self, Ruling::Hold | Ruling::Warn)
    }

    pub fn parse(text: &str) -> Option<Ruling> {
        Ruling::ALL.into_iter().find(|r| r.as_str() == text)
    }
}

/// Why a comment was removed, or a passage of it. The code is stable; the words are for its writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Advertising,
    Insult,
    Hate,
    Threat,
    PersonalData,
    OffTopic,
    Repetition,
    Unlawful,
    Other,
}

impl Reason {
    pub const ALL: [Reason; 9] = [
        Reason::Advertising,
        Reason::Insult,
        Reason::Hate,
        Reason::Threat,
        Reason::PersonalData,
        Reason::OffTopic,
        Reason::Repetition,
        Reason::Unlawful,
        Reason::Other,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Reason::Advertising => "advertising",
            Reason::Insult => "insult",
            Reason::Hate => "hate",
            Reason::Threat => "threat",
            Reason::PersonalData => "personal-data",
            Reason::OffTopic => "off-topic",
            Reason::Repetition => "repetition",
            Reason::Unlawful => "unlawful",
            Reason::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Reason> {
        Reason::ALL.into_iter().find(|r| r.code() == code)
    }

    /// The house rule it broke, as its writer reads it on the receipt.
    pub fn words(self) -> &'static str {
        match self {
            Reason::Advertising => "It advertises. Comments here are for talking about the story.",
            Reason::Insult => "It insults somebody. Argue with what was said, not with who said it.",
            Reason::Hate => "It attacks people for what they are.",
            Reason::Threat => "It threatens somebody.",
            Reason::PersonalData => "It gives away somebody's personal details.",
            Reason::OffTopic => "It is not about this story.",
            Reason::Repetition => "It repeats what was already said.",
            Reason::Unlawful => "It may be against the law.",
            Reason::Other => "It broke a rule of this discussion.",
        }
    }
}
