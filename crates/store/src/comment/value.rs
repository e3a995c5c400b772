//! Readers mark comments as valuable; each reader counts once, and few from one network.

use crate::{Store, args, error::Result, write::Write};
use newsroom::{discussion::Comment, touch::Touch};

/// Whose mark it is.
pub struct Mark<'a> {
    /// Tells voters apart: a random word of their browser, or a print of their account.
    pub voter: &'a str,
    /// Prints of the network around under the keys that live, newest first; none for whoever counts without one.
    pub networks: &'a [String],
    /// How many marks of the comment count from there.
    pub most: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    Now,
    /// By the same voter.
    Before,
    /// As many as count came from there already.
    Enough,
}

const KNOWN: &str = "SELECT comment_id FROM valued WHERE comment_id = $1 AND network = $2 LIMIT 1";

/// For the test that it goes by its index.
#[cfg(test)]
pub(crate) const VALUED_NETWORK: &str = KNOWN;

impl Store {
    pub async fn value_comment(&self, comment: &Comment, mark: &Mark<'_>) -> Result<Marked> {
        if self.has_marked(comment, mark).await? {
            return Ok(Marked::Before);
        }
        let network = self.marked_from(comment, mark).await?;
        // Whoever is refused asks nothing of the one writer.
        if !network.is_empty() && self.marks_from(comment, network).await? >= mark.most {
            return Ok(Marked::Enough);
        }
        let mut write = Write::new();
        // First the comment's row, so that marks at once are counted one after another.
        write.must(
            "UPDATE comment SET valued = valued + 1 WHERE id = $1 AND state = 'shown'",
            args![comment.id],
            "comment",
        );
        write.unless_taken(
            "INSERT INTO valued (voter, network, comment_id) SELECT $1, $2, c.id FROM comment c WHERE c.id = $3 \
             AND ($2 = '' OR $4 > (SELECT count(*) FROM valued v WHERE v.comment_id = c.id AND v.network = $2)) \
             ON CONFLICT (comment_id, voter) DO NOTHING",
            args![mark.voter, network, comment.id, mark.most],
            "mark",
        );
        write.touch([Touch::Discussion(comment.story)]);
        match self.commit(write).await {
            Ok(_) => Ok(Marked::Now),
            Err(crate::Error::Taken("mark")) => match self.has_marked(comment, mark).await? {
                true => Ok(Marked::Before),
                false => Ok(Marked::Enough),
            },
            Err(e) => Err(e),
        }
    }

    async fn has_marked(&self, comment: &Comment, mark: &Mark<'_>) -> Result<bool> {
        let sql = "SELECT comment_id FROM valued WHERE comment_id = $1 AND voter = $2";
        Ok(self.one(sql, &args![comment.id, mark.voter], |row| row.int(0)).await?.is_some())
    }

    async fn marks_from(&self, comment: &Comment, network: &str) -> Result<u32> {
        let sql = "SELECT count(*) FROM valued WHERE comment_id = $1 AND network = $2";
        Ok(self.one(sql, &args![comment.id, network], |row| row.count(0)).await?.unwrap_or(0))
    }

    /// Under the key by which the network is noted with this comment already; else under the newest.
    async fn marked_from<'a>(&self, comment: &Comment, mark: &Mark<'a>) -> Result<&'a str> {
        for one in mark.networks {
            if self.one(KNOWN, &args![comment.id, one], |row| row.int(0)).await?.is_some() {
                return Ok(one);
            }
        }
        Ok(mark.networks.first().map_or("", String::as_str))
    }
}
