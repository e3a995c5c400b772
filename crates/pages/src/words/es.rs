//! Spanish.

use super::Words;
use newsroom::Language;

pub(super) const WORDS: Words = Words {
    language: Language::Spanish,
    advertising: "Hace publicidad. Los comentarios son para hablar de la noticia.",
    advertising_choice: "Hace publicidad",
    insult: "Insulta a alguien. Discuta lo que se dijo, no a quien lo dijo.",
    insult_choice: "Insulta a alguien",
    hate: "Ataca a personas por lo que son.",
    hate_choice: "Ataca a personas por lo que son",
    threat: "Amenaza a alguien.",
    threat_choice: "Amenaza a alguien",
    personal_data: "Revela datos personales de alguien.",
    personal_data_choice: "Revela datos personales",
    off_topic: "No trata de esta noticia.",
    off_topic_choice: "No trata de la noticia",
    repetition: "Repite lo que ya se dijo.",
    repetition_choice: "Repite lo ya dicho",
    unlawful: "Podría ser contrario a la ley.",
    unlawful_choice: "Es contrario a la ley",
    other: "Incumplió una norma de este debate.",
    other_choice: "Otra cosa",
    ground_rule: "Una norma de este debate: {why}",
    ground_rule_named: "Una norma de este debate, {source}: {why}",
    ground_law: "La ley: {why}",
    ground_law_named: "La ley, {source}: {why}",
};
