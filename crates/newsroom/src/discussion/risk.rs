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
    /// Such comments were removed by this paper's own moderators.
    House,
}

impl Label {
    pub const ALL: [Label; 8] = [
        Label::Advertising,
        Label::Insult,
        Label::Hate,
        Label::Threat,
        Label::Sexual,
        Label::Personal,
        Label::Flood,
        Label::House,
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
            Label::House => "house",
        }
    }

    pub fn parse(text: &str) -> Option<Label> {
        Label::ALL.into_iter().find(|l| l.as_str() == text)
    }
}

/// Where a comment of these risks stands among those that wait: by tenths of its gravest risk, from 0, looked
/// at first, to 10, where nothing was seen.
pub fn rank(risks: &[Risk]) -> i64 {
    let gravest = risks.iter().map(|r| r.score).fold(0.0, f32::max).clamp(0.0, 1.0);
    10 - (gravest * 10.0).floor() as i64
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_first() {
        let risk = |score| Risk { label: Label::Hate, score, why: vec![] };
        assert_eq!(rank(&[]), 10);
        assert_eq!(rank(&[risk(0.04)]), 10);
        assert_eq!(rank(&[risk(0.2), risk(0.85)]), 2);
        assert_eq!(rank(&[risk(1.0)]), 0);
        assert_eq!(rank(&[risk(f32::NAN)]), 10);
    }
}
