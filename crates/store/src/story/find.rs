//! Finding one story, whole.

use super::parts;
use crate::{
    Store, args,
    error::Result,
    value::{Row, Value},
};
use newsroom::{
    dateline::Dateline,
    ednote::EdNote,
    item::Source,
    section::Section,
    slug::{Slug, Slugline},
    story::{Address, Copy, Status, Story, StoryId},
};

macro_rules! find_by {
    ($condition:literal) => {
        concat!(
            "SELECT s.id, s.edition, s.status, s.headline, s.kicker, s.standfirst, s.byline, s.dateline_place, \
             s.dateline_date, s.dateline_day, s.dateline_agency, s.dateline_dash, s.dateline_raw, s.body, s.agency, \
             s.language, s.section, n.name, s.day, s.slug, s.created_at, s.published_at, s.changed_at, \
             s.embargo_until, s.scheduled_for, s.urgency, s.slugline, s.ednote, s.usage_terms, s.source_uri, \
             s.source_version, s.source_digest FROM story s JOIN section n ON n.slug = s.section WHERE ",
            $condition
        )
    };
}

fn story(row: &Row<'_>) -> Result<Story> {
    let day = |at| Ok::<_, crate::Error>(row.opt_text(at)?.and_then(|day| day.parse().ok()));
    let section = Section {
        slug: Slug::parse(&row.text(16)?).unwrap_or_else(|| Slug::of("news", "news")),
        name: row.text(17)?,
    };
    let address = match (day(18)?, row.opt_text(19)?.and_then(|slug| Slug::parse(&slug))) {
        (Some(day), Some(slug)) => Some(Address { day, slug }),
        _ => None,
    };
    let source = match row.opt_text(29)? {
        Some(uri) => Some(Source {
            uri,
            version: row.opt_int(30)?.unwrap_or(0),
            digest: row.opt_text(31)?.unwrap_or_default(),
        }),
        None => None,
    };
    Ok(Story {
        id: row.int(0)?,
        edition: row.int(1)?,
        status: row.word(2, Status::parse)?,
        copy: Copy {
            headline: row.text(3)?,
            kicker: row.text(4)?,
            standfirst: row.text(5)?,
            byline: row.text(6)?,
            dateline: Dateline {
                place: row.text(7)?,
                date: row.text(8)?,
                day: day(9)?,
                agency: row.text(10)?,
                dash: row.text(11)?,
                raw: row.text(12)?,
            },
            body: row.text(13)?,
            agency: row.text(14)?,
            language: row.text(15)?,
            section: section.name.clone(),
            topics: vec![],
        },
        section,
        topics: vec![],
        photos: vec![],
        address,
        created_at: row.moment(20)?,
        published_at: row.opt_moment(21)?,
        changed_at: row.opt_moment(22)?,
        embargo_until: row.opt_moment(23)?,
        scheduled_for: row.opt_moment(24)?,
        urgency: u8::try_from(row.int(25)?).unwrap_or(0),
        slugline: Slugline(row.text(26)?),
        ednote: EdNote::new(row.text(27)?),
        usage_terms: row.text(28)?,
        source,
        notices: vec![],
    })
}

impl Store {
    pub async fn story(&self, id: StoryId) -> Result<Option<Story>> {
        self.whole(find_by!("s.id = $1"), &args![id]).await
    }

    /// Whatever its status: a killed story keeps its address.
    pub async fn story_at(&self, address: &Address) -> Result<Option<Story>> {
        let args = args![address.day.to_string(), address.slug.as_str()];
        self.whole(find_by!("s.day = $1 AND s.slug = $2"), &args).await
    }

    /// By the sender's identifier.
    pub async fn story_from(&self, uri: &str) -> Result<Option<Story>> {
        self.whole(find_by!("s.source_uri = $1"), &args![uri]).await
    }

    /// The body alone.
    pub async fn body(&self, id: StoryId) -> Result<Option<String>> {
        self.one("SELECT body FROM story WHERE id = $1", &args![id], |row| row.text(0)).await
    }

    async fn whole(&self, sql: &'static str, args: &[Value]) -> Result<Option<Story>> {
        let Some(mut story) = self.one(sql, args, story).await? else { return Ok(None) };
        let (topics, photos, notices) = futures_util::future::try_join3(
            self.topics_of(story.id),
            self.photos_of(story.id),
            self.notices_of(story.id),
        )
        .await?;
        story.copy.topics = topics.iter().map(|t| t.name.clone()).collect();
        (story.topics, story.photos, story.notices) = (topics, photos, notices);
        Ok(Some(story))
    }

    async fn topics_of(&self, id: StoryId) -> Result<Vec<newsroom::section::Topic>> {
        self.all(
            "SELECT t.slug, t.name FROM story_topic st JOIN topic t ON t.slug = st.topic \
             WHERE st.story_id = $1 ORDER BY st.position",
            &args![id],
            parts::topic,
        )
        .await
    }

    pub async fn photos_of(&self, id: StoryId) -> Result<Vec<newsroom::photo::Photo>> {
        self.all(
            "SELECT id, digest, width, height, renditions, caption, alt, agency, photographer FROM photo \
             WHERE story_id = $1 ORDER BY position, id",
            &args![id],
            |row| parts::photo(row, 0),
        )
        .await
    }

    async fn notices_of(&self, id: StoryId) -> Result<Vec<newsroom::story::Notice>> {
        self.all(
            "SELECT kind, at, text FROM notice WHERE story_id = $1 ORDER BY at, id",
            &args![id],
            parts::notice,
        )
        .await
    }
}
