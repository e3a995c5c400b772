//! What `admit` must know of a story and a parent.

use crate::{
    Store, args,
    error::Result,
    site::{mode_in_force, own_policy},
};
use newsroom::{
    Millis,
    discussion::{CommentId, Mode, OwnPolicy, State},
    slug::Slug,
    story::{Address, Status, StoryId},
};

/// Of one story, enough for the rule. Changes only with `Touch::Policy`, so it may be kept until then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryFacts {
    pub id: StoryId,
    pub address: Address,
    pub status: Status,
    pub published_at: Millis,
    pub mode: Mode,
    /// Where it stands for a page of another site: what that has set.
    pub own: OwnPolicy,
}

macro_rules! facts {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.day, s.slug, s.status, s.published_at, ",
            mode_in_force!(),
            ", t.hold_at, t.closes_after_days, t.first_held FROM story s LEFT JOIN discussion d ON d.story_id = s.id \
             LEFT JOIN outside o ON o.story_id = s.id LEFT JOIN site t ON t.key = o.site_key ",
            $rest
        )
    };
}

/// Of a comment that is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    pub state: State,
    pub root: CommentId,
    /// Its thread takes no more replies.
    pub closed: bool,
}

impl Store {
    pub async fn facts_at(&self, address: &Address) -> Result<Option<StoryFacts>> {
        self.facts(
            facts!("WHERE s.day = $1 AND s.slug = $2"),
            args![address.day.to_string(), address.slug.as_str()],
        )
        .await
    }

    pub async fn facts_of(&self, id: StoryId) -> Result<Option<StoryFacts>> {
        self.facts(facts!("WHERE s.id = $1 AND s.slug IS NOT NULL"), args![id]).await
    }

    async fn facts(&self, sql: &'static str, args: Vec<crate::value::Value>) -> Result<Option<StoryFacts>> {
        self.one(sql, &args, |row| {
            Ok(StoryFacts {
                id: row.int(0)?,
                address: Address {
                    day: row.word(1, |day| day.parse().ok())?,
                    slug: row.word(2, Slug::parse)?,
                },
                status: row.word(3, Status::parse)?,
                published_at: row.opt_moment(4)?.unwrap_or_default(),
                mode: row.word(5, Mode::parse)?,
                own: own_policy(row, 6)?,
            })
        })
        .await
    }

    /// The comment that is answered, if it stands under this story.
    pub async fn parent(&self, story: StoryId, id: CommentId) -> Result<Option<Answered>> {
        self.one(
            "SELECT c.state, c.root_id, COALESCE(r.closed, 0) FROM comment c LEFT JOIN comment r ON r.id = c.root_id \
             WHERE c.id = $1 AND c.story_id = $2",
            &args![id, story],
            |row| {
                Ok(Answered {
                    state: row.word(0, State::parse)?,
                    root: row.int(1)?,
                    closed: row.flag(2)?,
                })
            },
        )
        .await
    }

    /// Takes a comment in, durable when this returns.
    pub async fn post(&self, comment: super::NewComment) -> Result<super::Posted> {
        self.0.engine.post(comment).await
    }

    /// Forgets the digests of what was said before `before`.
    pub async fn forget_recent_texts(&self, before: Millis) -> Result<()> {
        let mut write = crate::write::Write::new();
        write.step("DELETE FROM recent_text WHERE at < $1", args![before]);
        self.commit(write).await.map(|_| ())
    }
}
