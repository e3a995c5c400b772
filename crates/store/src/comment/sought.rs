//! What a moderator narrows the queue to, and the filters they keep.

use crate::{Store, args, error::Result, write::Write};
use newsroom::{discussion::Label, story::StoryId};

/// Of what waits: only comments under that story, with that risk, with those words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    pub story: Option<StoryId>,
    pub risk: Option<Label>,
    /// In the text or the name, in any case of ASCII letters; empty for all.
    pub words: String,
}

impl Sought {
    /// Of the risks' JSON; empty for any.
    pub(super) fn risk_pattern(&self) -> String {
        self.risk.map(|risk| format!("%\"label\":\"{}\"%", risk.as_str())).unwrap_or_default()
    }

    /// Of small letters; empty for any.
    pub(super) fn words_pattern(&self) -> String {
        if self.words.is_empty() {
            return String::new();
        }
        let mut pattern = String::from("%");
        for c in self.words.to_lowercase().chars() {
            if matches!(c, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        pattern.push('%');
        pattern
    }
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
    use super::Sought;

    #[test]
    fn words_are_words_and_no_pattern() {
        let sought = Sought { words: "100%_a\\".into(), ..Sought::default() };
        assert_eq!(sought.words_pattern(), "%100\\%\\_a\\\\%");
        assert_eq!(Sought::default().words_pattern(), "");
    }
}
