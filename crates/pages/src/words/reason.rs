//! The words of a reason: the paper's own, or those that come with Dateline.

use super::{Voice, Words, fill};
use newsroom::{
    Language,
    discussion::{
        Reason,
        reason::{Ground, HouseReason},
    },
};

/// Sentence and choice as they come with Dateline; `None` of a reason that is the paper's own.
pub fn built_in(words: &'static Words, reason: Reason) -> Option<(&'static str, &'static str)> {
    Some(match reason {
        Reason::ADVERTISING => (words.advertising, words.advertising_choice),
        Reason::INSULT => (words.insult, words.insult_choice),
        Reason::HATE => (words.hate, words.hate_choice),
        Reason::THREAT => (words.threat, words.threat_choice),
        Reason::PERSONAL_DATA => (words.personal_data, words.personal_data_choice),
        Reason::OFF_TOPIC => (words.off_topic, words.off_topic_choice),
        Reason::REPETITION => (words.repetition, words.repetition_choice),
        Reason::UNLAWFUL => (words.unlawful, words.unlawful_choice),
        Reason::OTHER => (words.other, words.other_choice),
        _ => return None,
    })
}

/// The first of some texts that says something.
fn first<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    texts.into_iter().find(|text| !text.is_empty())
}

impl<'a> Voice<'a> {
    fn find(&self, reason: Reason) -> Option<&'a HouseReason> {
        self.reasons.find(reason)
    }

    /// What its writer is told. In the page's language where there are words in it, or else in one that there
    /// are words in; never nothing.
    pub fn sentence(&self, reason: Reason) -> &'a str {
        let known = self.find(reason);
        let own = |of: &dyn Fn(Language) -> bool| {
            let wordings = known.map_or(&[][..], |k| k.wordings.as_slice());
            first(wordings.iter().filter(|(l, _)| of(*l)).map(|(_, w)| w.sentence.as_str()))
        };
        own(&|l| l == self.words.language)
            .or_else(|| built_in(self.words, reason).map(|(sentence, _)| sentence))
            .or_else(|| own(&|_| true))
            .unwrap_or(self.words.other)
    }

    /// As a reporter chooses it.
    pub fn choice(&self, reason: Reason) -> &'a str {
        let known = self.find(reason);
        let own = known.and_then(|k| k.wordings.iter().find(|(l, _)| *l == self.words.language));
        own.and_then(|(_, w)| first([w.choice.as_str(), w.sentence.as_str()]))
            .or_else(|| built_in(self.words, reason).map(|(_, choice)| choice))
            .unwrap_or_else(|| self.sentence(reason))
    }

    /// On what a ruling stands, with the name of rule or law, and what was broken (DSA Art. 17 (3) d, e).
    pub fn ground(&self, reason: Option<Reason>) -> String {
        let known = reason.and_then(|r| self.find(r));
        let source = known.map_or("", |k| k.source.as_str());
        let law = known.is_some_and(|k| k.ground == Ground::Law);
        let sentence = match (law, source.is_empty()) {
            (false, true) => self.words.ground_rule,
            (false, false) => self.words.ground_rule_named,
            (true, true) => self.words.ground_law,
            (true, false) => self.words.ground_law_named,
        };
        let why = reason.map_or(self.words.other, |r| self.sentence(r));
        fill(sentence, &[("source", source), ("why", why)])
    }
}
