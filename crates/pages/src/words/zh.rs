//! Chinese, in simplified characters.

use super::Words;
use newsroom::Language;

pub(super) const WORDS: Words = Words {
    language: Language::Chinese,
    advertising: "该评论是广告。这里的评论应围绕报道展开。",
    advertising_choice: "是广告",
    insult: "该评论侮辱他人。请针对观点，不要针对发言的人。",
    insult_choice: "侮辱他人",
    hate: "该评论因人们的身份而攻击他们。",
    hate_choice: "因身份攻击他人",
    threat: "该评论威胁他人。",
    threat_choice: "威胁他人",
    personal_data: "该评论泄露了他人的个人信息。",
    personal_data_choice: "泄露个人信息",
    off_topic: "该评论与这篇报道无关。",
    off_topic_choice: "与报道无关",
    repetition: "该评论重复了已有的内容。",
    repetition_choice: "重复已有内容",
    unlawful: "该评论可能违反法律。",
    unlawful_choice: "违反法律",
    other: "该评论违反了本讨论的规则。",
    other_choice: "其他",
    ground_rule: "本讨论的规则：{why}",
    ground_rule_named: "本讨论的规则（{source}）：{why}",
    ground_law: "法律：{why}",
    ground_law_named: "法律（{source}）：{why}",
};
