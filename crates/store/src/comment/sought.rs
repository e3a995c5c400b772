//! What a moderator narrows the queue to, and the filters they keep.

use crate::{Store, args, error::Result, write::Write};
use newsroom::{
    discussion::{Comment, Label},
    story::StoryId,
};

/// Of what waits: only comments under that story, with that risk, with those words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    pub story: Option<StoryId>,
    pub risk: Option<Label>,
    /// In the text or the name, in capitals or small letters of any script; empty for all.
    pub words: String,
}

impl Sought {
    /// Of the risks' JSON; empty for any.
    pub(super) fn risk_pattern(&self) -> String {
        self.risk.map(|risk| format!("%\"label\":\"{}\"%", risk.as_str())).unwrap_or_default()
    }

    /// Empty for any.
    pub(super) fn folded_words(&self) -> String {
        folded(&self.words)
    }
}

/// Whether a comment or its writer's name has these words, folded.
pub(super) fn says(comment: &Comment, words: &str) -> bool {
    words.is_empty() || [&comment.text, &comment.name].into_iter().any(|said| folded(said).contains(words))
}

/// In small letters, whatever stands beside each: a sigma that ends a word is a sigma.
fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(|c| if c == 'ς' { 'σ' } else { c }).collect()
}

/// Filters that one person keeps at most.
const MOST_KEPT: u32 = 20;

impl Store {
    /// Each with its name and the query that it stands for, by name.
    pub async fn kept_filters(&self, who: &str) -> Result<Vec<(i64, String, String)>> {
        self.all(
            "SELECT id, name, query FROM kept_filter WHERE staff = $1 ORDER BY name LIMIT $2",
            &args![who, MOST_KEPT],
            |row| Ok((row.int(0)?, row.text(1)?, row.text(2)?)),
        )
        .await
    }

    /// One of the same name is replaced.
    pub async fn keep_filter(&self, who: &str, name: &str, query: &str) -> Result<()> {
        let mut write = Write::new();
        write.step(
            "INSERT INTO kept_filter (staff, name, query) VALUES ($1, $2, $3) \
             ON CONFLICT (staff, name) DO UPDATE SET query = excluded.query",
            args![who, name, query],
        );
        self.commit(write).await.map(|_| ())
    }

    pub async fn drop_filter(&self, who: &str, id: i64) -> Result<()> {
        let mut write = Write::new();
        write.step("DELETE FROM kept_filter WHERE staff = $1 AND id = $2", args![who, id]);
        self.commit(write).await.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn capitals_of_any_script_are_their_small_letters() {
        for (said, sought) in [
            ("Привет", "привет"),
            ("ÜBERSEE", "übersee"),
            ("ΟΔΟΣ", "οδος"),
            ("İzmir", "i"),
            ("100%_A\\", "%_a\\"),
        ] {
            assert!(folded(said).contains(&folded(sought)), "{said} {sought}");
        }
        assert!(!folded("100 a").contains(&folded("100%")), "words are no pattern");
        assert_eq!(folded(""), "");
    }
}
