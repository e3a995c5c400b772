//! Russian.

use super::Words;
use newsroom::Language;

pub(super) const WORDS: Words = Words {
    language: Language::Russian,
    advertising: "Это реклама. Комментарии здесь — для разговора о статье.",
    advertising_choice: "Это реклама",
    insult: "Он оскорбляет человека. Спорьте со сказанным, а не с тем, кто это сказал.",
    insult_choice: "Он оскорбляет человека",
    hate: "Он нападает на людей за то, кто они есть.",
    hate_choice: "Он нападает на людей за то, кто они есть",
    threat: "В нём угроза.",
    threat_choice: "В нём угроза",
    personal_data: "Он раскрывает чьи-то личные данные.",
    personal_data_choice: "Он раскрывает личные данные",
    off_topic: "Он не об этой статье.",
    off_topic_choice: "Он не о статье",
    repetition: "Он повторяет уже сказанное.",
    repetition_choice: "Он повторяет сказанное",
    unlawful: "Он может нарушать закон.",
    unlawful_choice: "Он нарушает закон",
    other: "Он нарушил правило этого обсуждения.",
    other_choice: "Другое",
    ground_rule: "Правило этого обсуждения: {why}",
    ground_rule_named: "Правило этого обсуждения, {source}: {why}",
    ground_law: "Закон: {why}",
    ground_law_named: "Закон, {source}: {why}",
};
