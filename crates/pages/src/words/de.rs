//! German.

use super::Words;
use newsroom::Language;

pub(super) const WORDS: Words = Words {
    language: Language::German,
    advertising: "Er wirbt für etwas. Die Kommentare hier sind für Gespräche über den Artikel da.",
    advertising_choice: "Er ist Werbung",
    insult: "Er beleidigt jemanden. Widersprechen Sie dem, was gesagt wurde, nicht dem, der es sagte.",
    insult_choice: "Er beleidigt jemanden",
    hate: "Er greift Menschen wegen dessen an, was sie sind.",
    hate_choice: "Er greift Menschen wegen dessen an, was sie sind",
    threat: "Er bedroht jemanden.",
    threat_choice: "Er bedroht jemanden",
    personal_data: "Er gibt persönliche Angaben über jemanden preis.",
    personal_data_choice: "Er gibt persönliche Angaben preis",
    off_topic: "Er handelt nicht von diesem Artikel.",
    off_topic_choice: "Er handelt nicht vom Artikel",
    repetition: "Er wiederholt, was schon gesagt wurde.",
    repetition_choice: "Er wiederholt schon Gesagtes",
    unlawful: "Er verstößt möglicherweise gegen das Gesetz.",
    unlawful_choice: "Er verstößt gegen das Gesetz",
    other: "Er hat gegen eine Regel dieser Diskussion verstoßen.",
    other_choice: "Etwas anderes",
    ground_rule: "Eine Regel dieser Diskussion: {why}",
    ground_rule_named: "Eine Regel dieser Diskussion, {source}: {why}",
    ground_law: "Das Gesetz: {why}",
    ground_law_named: "Das Gesetz, {source}: {why}",
};
