//! Finding: the newest of what matches. What a reader may not see never comes back, whatever the index says.

use super::analyse::Query;
use crate::{
    Store, args,
    dialect::{Dialect, SEARCH_FIND},
    error::Result,
};
use newsroom::{
    discussion::{Comment, State},
    story::Card,
};

/// A story, or a comment under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub card: Card,
    pub comment: Option<Comment>,
}

/// One page of what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    pub hits: Vec<Hit>,
    /// Below which number the next page begins.
    pub next: Option<i64>,
}

/// Pages of the index read at most for one page of hits, where many of them may not be seen.
const ROUNDS: usize = 4;

impl Store {
    /// Up to `most` hits with numbers below `below`, the newest first.
    pub async fn search(&self, query: &Query, below: Option<i64>, most: usize) -> Result<Hits> {
        let words = match self.0.engine.dialect() {
            Dialect::Sqlite => query.fts5(),
            Dialect::Postgres => query.tsquery(),
        };
        let Some(words) = words else { return Ok(Hits::default()) };
        let mut found = Hits { hits: Vec::new(), next: Some(below.unwrap_or(i64::MAX)) };
        for _ in 0..ROUNDS {
            let Some(from) = found.next else { break };
            let args = args![&words, from, most as i64 + 1];
            let docs = self.0.engine.all_of(SEARCH_FIND, &args, |row| row.int(0)).await?;
            found.next = (docs.len() > most).then(|| docs[most - 1]);
            for doc in docs.into_iter().take(most) {
                if found.hits.len() == most {
                    // What is left of this round begins the next page.
                    found.next = Some(doc + 1);
                    return Ok(found);
                }
                found.hits.extend(self.hit(doc).await?);
            }
            if found.hits.len() == most {
                break;
            }
        }
        Ok(found)
    }

    async fn hit(&self, doc: i64) -> Result<Option<Hit>> {
        let of = self
            .one("SELECT story_id, comment_id FROM search_doc WHERE doc = $1", &args![doc], |row| {
                Ok((row.int(0)?, row.opt_int(1)?))
            })
            .await?;
        let Some((story, comment)) = of else { return Ok(None) };
        let Some(card) = self.card(story).await? else { return Ok(None) };
        let Some(id) = comment else { return Ok(Some(Hit { card, comment: None })) };
        let comment = self.comment(id).await?.filter(|c| c.state == State::Shown);
        Ok(comment.map(|comment| Hit { card, comment: Some(comment) }))
    }
}
