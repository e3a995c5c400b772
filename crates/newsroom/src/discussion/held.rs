//! Why a comment waits, as it is stored: a code with what belongs to it, so that it can be told in any language.

use super::{HeldWhy, Label, Suspicion};

impl HeldWhy {
    /// `links:3`, `risk:insult,hate`.
    pub fn stored(&self) -> String {
        match self {
            HeldWhy::HeldFirst => "discussion".into(),
            HeldWhy::Links(n) => format!("links:{n}"),
            HeldWhy::Risk(kinds) => {
                let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
                format!("risk:{}", kinds.join(","))
            }
            HeldWhy::Sanction => "sanction".into(),
            HeldWhy::Account => "account".into(),
            HeldWhy::Age => "age".into(),
            HeldWhy::New(n) => format!("new:{n}"),
            HeldWhy::Suspicion(why) => format!("suspicion:{}", why.as_str()),
        }
    }

    /// What [`HeldWhy::stored`] wrote. `None` of a sentence, as older versions stored them.
    pub fn read(stored: &str) -> Option<HeldWhy> {
        let (code, more) = stored.split_once(':').unwrap_or((stored, ""));
        Some(match (code, more) {
            ("discussion", "") => HeldWhy::HeldFirst,
            ("sanction", "") => HeldWhy::Sanction,
            ("account", "") => HeldWhy::Account,
            ("age", "") => HeldWhy::Age,
            ("links", n) => HeldWhy::Links(n.parse().ok()?),
            ("new", n) => HeldWhy::New(n.parse().ok()?),
            ("risk", kinds) => HeldWhy::Risk(kinds.split(',').map(Label::parse).collect::<Option<_>>()?),
            ("suspicion", why) => HeldWhy::Suspicion(Suspicion::parse(why)?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for why in [
            HeldWhy::HeldFirst,
            HeldWhy::Links(3),
            HeldWhy::Risk(vec![Label::Insult, Label::House]),
            HeldWhy::Sanction,
            HeldWhy::Account,
            HeldWhy::Age,
            HeldWhy::New(2),
            HeldWhy::Suspicion(Suspicion::Echo),
        ] {
            assert_eq!(HeldWhy::read(&why.stored()), Some(why));
        }
        for other in [
            "It has 3 links; a moderator looks at those first.",
            "",
            "links:many",
            "risk:",
            "age:2",
            "suspicion:",
        ] {
            assert_eq!(HeldWhy::read(other), None, "{other}");
        }
    }
}
