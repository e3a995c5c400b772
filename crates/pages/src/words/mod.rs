//! What the paper says to readers and writers, a file for each language. A language that lacks a sentence does
//! not compile.
//!
//! A sentence has its places in braces, `{name}`; one that counts has a form for each plural of its language, with
//! `|` between them.

mod de;
mod en;
mod es;
mod reason;
pub(crate) use reason::built_in;
mod ru;
mod zh;

use newsroom::{Language, discussion::Reasons};

macro_rules! catalogue {
    ($($(#[$about:meta])* $name:ident,)*) => {
        /// All sentences in one language.
        pub struct Words {
            pub language: Language,
            $($(#[$about])* pub $name: &'static str,)*
        }

        impl Words {
            /// Each sentence with its name.
            pub fn each(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
                [$((stringify!($name), self.$name)),*].into_iter()
            }
        }
    };
}

catalogue! {
    // Why a comment was removed, to its writer; and what is wrong with one, to be chosen by a reporter.
    advertising,
    advertising_choice,
    insult,
    insult_choice,
    hate,
    hate_choice,
    threat,
    threat_choice,
    personal_data,
    personal_data_choice,
    off_topic,
    off_topic_choice,
    repetition,
    repetition_choice,
    unlawful,
    unlawful_choice,
    other,
    other_choice,
    /// On what a ruling stands.
    ground_rule,
    ground_rule_named,
    ground_law,
    ground_law_named,
}

/// In which the paper speaks on a page: the words of a language, and the paper's own for its reasons.
#[derive(Clone, Copy)]
pub struct Voice<'a> {
    pub words: &'static Words,
    pub reasons: &'a Reasons,
}

impl<'a> Voice<'a> {
    pub fn new(language: Language, reasons: &'a Reasons) -> Voice<'a> {
        Voice { words: Words::of(language), reasons }
    }
}

impl Words {
    pub fn of(language: Language) -> &'static Words {
        match language {
            Language::English => &en::WORDS,
            Language::German => &de::WORDS,
            Language::Russian => &ru::WORDS,
            Language::Spanish => &es::WORDS,
            Language::Chinese => &zh::WORDS,
        }
    }
}

/// A sentence with its places filled in.
pub fn fill(sentence: &str, places: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        let found = places.iter().find(|(place, _)| *place == name);
        out.push_str(found.map_or("", |(_, with)| with));
        rest = after;
    }
    out.push_str(rest);
    out
}
