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

/// Where the calmest stand among those that wait.
pub const LAST: i64 = 13;

/// Where a comment stands among those that wait, by its gravest risk or what the screen leans to where that is
/// more: from 0, looked at first, by tenths; below a tenth by halves, down to [`LAST`], where next to nothing was seen and age alone orders.
pub fn rank(risks: &[Risk], leaning: f32) -> i64 {
    let gravest = risks.iter().map(|r| r.score).fold(0.0, f32::max).max(leaning).clamp(0.0, 1.0);
    if gravest >= 0.1 {
        return 10 - (gravest * 10.0).floor() as i64;
    }
    let halves = (0.1 / gravest.max(f32::MIN_POSITIVE)).log2().floor() as i64;
    (10 + halves).min(LAST)
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
        assert_eq!(rank(&[], 0.0), LAST);
        assert_eq!(rank(&[risk(0.2), risk(0.85)], 0.5), 2);
        assert_eq!(rank(&[risk(1.0)], 0.0), 0);
        assert_eq!(rank(&[risk(f32::NAN)], 0.0), LAST);
        assert_eq!(rank(&[], f32::NAN), LAST);
        let leaning = [0.8, 0.79, 0.31, 0.11, 0.09, 0.04, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0];
        let ranks = leaning.map(|leaning| rank(&[], leaning));
        assert_eq!(ranks, [2, 3, 7, 9, 10, 11, 12, 13, 13, 13, 13, 13]);
        assert_eq!(rank(&[risk(0.3)], 0.04), 7, "the graver of both");
    }
}
