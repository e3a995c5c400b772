//! What a screen says of a comment's text. It informs; it never decides.

/// What a risk is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Label {
    Advertising,
    Insult,
    Hate,
    Threat,
    Sexual,
    Personal,
    Flood,
}

impl Label {
    pub const ALL: [Label; 7] = [
        Label::Advertising,
        Label::Insult,
        Label::Hate,
        Label::Threat,
        Label::Sexual,
        Label::Personal,
        Label::Flood,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Label::Advertising => "advertising",
            Label::Insult => "insult",
            Label::Hate => "hate",
            Label::Threat => "threat",
            Label::Sexual => "sexual",
            Label::Personal => "personal",
            Label::Flood => "flood",
        }
    }

    pub fn parse(text: &str) -> Option<Label> {
        Label::ALL.into_iter().find(|l| l.as_str() == text)
    }
}

/// One risk, with the reasons a moderator can check with their own eyes.
#[derive(Clone, Debug, PartialEq)]
pub struct Risk {
    pub label: Label,
    /// 0 to 1.
    pub score: f32,
    /// What was seen, in words or as the marked words themselves.
    pub why: Vec<String>,
}
