//! The languages in which the paper speaks with those who write to it and read it.

/// A language that has all of the paper's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Language {
    #[default]
    English,
    German,
    Russian,
    Spanish,
    /// In simplified characters.
    Chinese,
}

/// Which form of a word stands beside a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    One,
    Few,
    Many,
}

impl Language {
    pub const ALL: [Language; 5] =
        [Language::English, Language::German, Language::Russian, Language::Spanish, Language::Chinese];

    /// As `lang` has it.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
            Language::Russian => "ru",
            Language::Spanish => "es",
            Language::Chinese => "zh-Hans",
        }
    }

    /// Its own name.
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::German => "Deutsch",
            Language::Russian => "Русский",
            Language::Spanish => "Español",
            Language::Chinese => "简体中文",
        }
    }

    /// That of a BCP 47 tag: `de-AT`, `zh`. `None` where the paper has no words in it: `fr`, `zh-Hant`.
    pub fn of(tag: &str) -> Option<Language> {
        let tag = tag.trim().to_ascii_lowercase();
        let mut parts = tag.split(['-', '_']);
        match parts.next().unwrap_or_default() {
            "en" => Some(Language::English),
            "de" => Some(Language::German),
            "ru" => Some(Language::Russian),
            "es" => Some(Language::Spanish),
            "zh" if !parts.any(|p| ["hant", "tw", "hk", "mo"].contains(&p)) => Some(Language::Chinese),
            _ => None,
        }
    }

    /// The language of a tag, or English.
    pub fn or_english(tag: &str) -> Language {
        Language::of(tag).unwrap_or_default()
    }

    /// By the rules of Unicode's CLDR for whole numbers.
    pub fn plural(self, n: u64) -> Plural {
        match self {
            Language::Chinese => Plural::Many,
            Language::English | Language::German | Language::Spanish => match n {
                1 => Plural::One,
                _ => Plural::Many,
            },
            Language::Russian => match (n % 10, n % 100) {
                (1, rest) if rest != 11 => Plural::One,
                (2..=4, rest) if !(12..=14).contains(&rest) => Plural::Few,
                _ => Plural::Many,
            },
        }
    }

    /// The forms that a counted word has, in this order.
    pub fn plurals(self) -> &'static [Plural] {
        match self {
            Language::Chinese => &[Plural::Many],
            Language::Russian => &[Plural::One, Plural::Few, Plural::Many],
            _ => &[Plural::One, Plural::Many],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_the_tag() {
        for (tag, language) in [
            ("en", Some(Language::English)),
            ("de-AT", Some(Language::German)),
            ("RU_ru", Some(Language::Russian)),
            ("zh", Some(Language::Chinese)),
            ("zh-Hans-CN", Some(Language::Chinese)),
            ("zh-Hant", None),
            ("zh-TW", None),
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(Language::of(tag), language, "{tag}");
        }
        for language in Language::ALL {
            assert_eq!(Language::of(language.tag()), Some(language));
        }
    }

    #[test]
    fn beside_numbers() {
        let russian = |n| Language::Russian.plural(n);
        for n in [1, 21, 101, 1_001] {
            assert_eq!(russian(n), Plural::One, "{n}");
        }
        for n in [2, 3, 4, 22, 104] {
            assert_eq!(russian(n), Plural::Few, "{n}");
        }
        for n in [0, 5, 11, 12, 14, 20, 111, 112] {
            assert_eq!(russian(n), Plural::Many, "{n}");
        }
        assert_eq!((Language::German.plural(1), Language::German.plural(0)), (Plural::One, Plural::Many));
        assert_eq!(Language::Chinese.plural(1), Plural::Many);
    }
}
