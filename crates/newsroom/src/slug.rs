//! Two words that sound alike and are not: the wire's *slugline* (its label for a running story) and
//! our *slug* (the last piece of a story's address).

use std::fmt;

/// The last piece of an address: lowercase ASCII letters, digits and single hyphens, 1 to 80 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slug(String);

/// Longest slug made; longer ones are cut at a word.
pub const LONGEST: usize = 80;

impl Slug {
    /// Made of any headline or name, in any script; `fallback` where nothing of it is left.
    pub fn of(text: &str, fallback: &str) -> Slug {
        let mut slug = String::with_capacity(LONGEST);
        // A headline of a megabyte must not be transliterated whole.
        let start: String = text.chars().take(400).collect();
        let mut gap = false;
        for c in deunicode::deunicode(&start).chars() {
            if c.is_ascii_alphanumeric() {
                if gap && !slug.is_empty() {
                    slug.push('-');
                }
                gap = false;
                slug.push(c.to_ascii_lowercase());
            } else if c != '\'' {
                gap = true;
            }
        }
        if slug.len() > LONGEST {
            slug.truncate(LONGEST + 1);
            match slug.rfind('-') {
                Some(at) if at > LONGEST / 2 => slug.truncate(at),
                _ => slug.truncate(LONGEST),
            }
        }
        if slug.is_empty() { Slug(fallback.to_owned()) } else { Slug(slug) }
    }

    /// Reads a slug that must already be one.
    pub fn parse(text: &str) -> Option<Slug> {
        let legal = (1..=LONGEST + 8).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-');
        legal.then(|| Slug(text.to_owned()))
    }

    /// The n-th of the same name on one day: `night-trains`, `night-trains-2`, …
    pub fn nth(&self, n: u32) -> Slug {
        if n <= 1 { self.clone() } else { Slug(format!("{}-{n}", self.0)) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The wire's label for a running story, unchanged through all its versions: `BC-OSK-FERRY`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Slugline(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_of_any_script() {
        for (headline, slug) in [
            ("Two ports agree on joint night ferry", "two-ports-agree-on-joint-night-ferry"),
            ("Don't panic: 14 years!", "dont-panic-14-years"),
            ("Ночные поезда", "nochnye-poezda"),
            ("夜车", "ye-che"),
            ("\u{202e}!!!", "story"),
        ] {
            assert_eq!(Slug::of(headline, "story").as_str(), slug);
        }
    }

    #[test]
    fn cut_at_a_word_and_legal() {
        let slug = Slug::of(&"word ".repeat(200), "story");
        assert!(slug.as_str().len() <= LONGEST && !slug.as_str().ends_with('-'));
        assert_eq!(Slug::parse(slug.as_str()), Some(slug));
        assert_eq!(Slug::parse("../x"), None);
    }
}
