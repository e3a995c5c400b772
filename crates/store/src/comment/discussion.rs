//! A discussion as a whole: how it takes comments, and how many it has.

use crate::{
    Store, args,
    error::Result,
    job, log,
    site::{mode_in_force, own_policy},
    write::Write,
};
use newsroom::{
    Millis,
    discussion::{Discussion, Mode, Policy},
    event::Event,
    story::StoryId,
    touch::Touch,
};

impl Store {
    /// As it stands at `now` under the paper's policy and what its site has set; a story that was never published has an empty one.
    pub async fn discussion(
        &self,
        story: StoryId,
        policy: &Policy,
        now: Millis,
    ) -> Result<Option<Discussion>> {
        self.one(
            concat!(
                "SELECT ",
                mode_in_force!(),
                ", COALESCE(d.shown, 0), COALESCE(d.held, 0), COALESCE(d.removed, 0), d.said_at_source, s.published_at, \
                 d.pinned_id, t.hold_at, t.closes_after_days, t.first_held FROM story s \
                 LEFT JOIN discussion d ON d.story_id = s.id LEFT JOIN outside o ON o.story_id = s.id \
                 LEFT JOIN site t ON t.key = o.site_key WHERE s.id = $1"
            ),
            &args![story],
            |row| {
                let mode = row.word(0, Mode::parse)?;
                let published_at = row.opt_moment(5)?.unwrap_or(now);
                let policy = policy.with(own_policy(row, 7)?);
                Ok(Discussion {
                    story,
                    mode,
                    openness: policy.openness(mode, published_at, now),
                    closes_at: policy.closes_at(published_at),
                    shown: row.count(1)?,
                    held: row.count(2)?,
                    removed: row.count(3)?,
                    pinned: row.opt_int(6)?,
                    said_at_source: row.opt_int(4)?.and_then(|n| u32::try_from(n).ok()),
                })
            },
        )
        .await
    }

    /// Opens or closes a discussion by hand.
    pub async fn set_mode(&self, story: StoryId, mode: Mode, who: &str, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.must(
            "UPDATE discussion SET mode = $1 WHERE story_id = $2",
            args![mode.as_str(), story],
            "discussion",
        );
        let act = match mode {
            Mode::AtOnce => "set its discussion to show all at once",
            Mode::Open => "opened its discussion",
            Mode::NewHeld => "set its discussion to hold new writers first",
            Mode::Slow => "slowed its discussion",
            Mode::HeldFirst => "set its discussion to be held first",
            Mode::Closed => "closed its discussion",
        };
        write.and(log::entry(now, who, act, &format!("story {story}")));
        write.and(job::tell(Event::DiscussionSet, &[story], now));
        write.touch([Touch::Policy(story), Touch::Discussion(story)]);
        self.commit(write).await.map(|_| ())
    }

    /// Comments shown under each of these paths, `/2013/03/06/two-ports-agree`; those of unknown paths are
    /// left out.
    pub async fn shown_counts(&self, addresses: &[newsroom::story::Address]) -> Result<Vec<Option<u32>>> {
        let mut counts = Vec::with_capacity(addresses.len());
        for address in addresses {
            counts.push(
                self.one(
                    "SELECT COALESCE(d.shown, 0) FROM story s LEFT JOIN discussion d ON d.story_id = s.id \
                     WHERE s.day = $1 AND s.slug = $2 AND s.status = 'published'",
                    &args![address.day.to_string(), address.slug.as_str()],
                    |row| row.count(0),
                )
                .await?,
            );
        }
        Ok(counts)
    }

    /// How many comments are shown under a story.
    pub async fn shown_under(&self, story: StoryId) -> Result<u32> {
        let sql = "SELECT shown FROM discussion WHERE story_id = $1";
        Ok(self.one(sql, &args![story], |row| row.count(0)).await?.unwrap_or_default())
    }

    /// Discussions whose numbers differ from what is there: story, and what is wrong, in words.
    pub async fn miscounted_discussions(&self) -> Result<Vec<(StoryId, String)>> {
        self.all(
            // One walk over all comments; a walk for each story would never end on a large paper.
            "SELECT d.story_id, d.shown, d.held, d.removed, COALESCE(t.shown, 0), COALESCE(t.held, 0), \
             COALESCE(t.removed, 0) FROM discussion d LEFT JOIN (SELECT story_id, \
             count(CASE WHEN state = 'shown' THEN 1 END) AS shown, count(CASE WHEN state = 'held' THEN 1 END) AS held, \
             count(CASE WHEN state = 'removed' THEN 1 END) AS removed FROM comment GROUP BY story_id) t \
             ON t.story_id = d.story_id ORDER BY d.story_id",
            &[],
            |row| {
                let said = [row.int(1)?, row.int(2)?, row.int(3)?];
                let there = [row.int(4)?, row.int(5)?, row.int(6)?];
                let words = format!("says {said:?} comments shown, held, removed; {there:?} are there");
                Ok((row.int(0)?, words, said != there))
            },
        )
        .await
        .map(|rows| rows.into_iter().filter(|(_, _, wrong)| *wrong).map(|(id, words, _)| (id, words)).collect())
    }
}
