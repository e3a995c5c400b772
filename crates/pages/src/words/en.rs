//! English.

use super::Words;
use newsroom::Language;

pub(super) const WORDS: Words = Words {
    language: Language::English,
    advertising: "It advertises. Comments here are for talking about the story.",
    advertising_choice: "It advertises",
    insult: "It insults somebody. Argue with what was said, not with who said it.",
    insult_choice: "It insults somebody",
    hate: "It attacks people for what they are.",
    hate_choice: "It attacks people for what they are",
    threat: "It threatens somebody.",
    threat_choice: "It threatens somebody",
    personal_data: "It gives away somebody's personal details.",
    personal_data_choice: "It gives away personal details",
    off_topic: "It is not about this story.",
    off_topic_choice: "It is not about the story",
    repetition: "It repeats what was already said.",
    repetition_choice: "It repeats what was said",
    unlawful: "It may be against the law.",
    unlawful_choice: "It is against the law",
    other: "It broke a rule of this discussion.",
    other_choice: "Something else",
    ground_rule: "A rule of this discussion: {why}",
    ground_rule_named: "A rule of this discussion, {source}: {why}",
    ground_law: "The law: {why}",
    ground_law_named: "The law, {source}: {why}",
};
