//! Every change of a story ends here: one transaction with its log entry, its jobs and its touches.

use super::parts;
use crate::{
    Store, args,
    error::{Error, Result},
    job::{self, Task},
    write::Write,
};
use newsroom::{
    Millis,
    discussion::Mode,
    event::Event,
    story::{Address, Status, Story},
    touch,
};

/// Characters of the body kept for lists where there is no standfirst; the page makes them plain.
const SUMMARY: usize = 800;

const ADD: &str = "INSERT INTO story (id, edition, status, headline, kicker, standfirst, byline, dateline_place, \
     dateline_date, dateline_day, dateline_agency, dateline_dash, dateline_raw, body, summary, agency, language, \
     section, day, slug, created_at, published_at, changed_at, embargo_until, scheduled_for, urgency, slugline, \
     ednote, usage_terms, source_uri, source_version, source_digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, \
     $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32)";

const CHANGE: &str = "UPDATE story SET edition = $1, status = $2, headline = $3, kicker = $4, standfirst = $5, \
     byline = $6, dateline_place = $7, dateline_date = $8, dateline_day = $9, dateline_agency = $10, \
     dateline_dash = $11, dateline_raw = $12, body = $13, summary = $14, agency = $15, language = $16, section = $17, \
     day = $18, slug = $19, created_at = $20, published_at = $21, changed_at = $22, embargo_until = $23, \
     scheduled_for = $24, urgency = $25, slugline = $26, ednote = $27, usage_terms = $28, source_uri = $29, \
     source_version = $30, source_digest = $31 WHERE id = $32 AND edition = $33";

impl Store {
    /// Saves a new story (`old` is `None`) or a change of one, made from `old`. Gives its edition.
    /// [`Error::Taken`] with `edition` when somebody saved meanwhile, with `address` when another story
    /// has it.
    pub async fn save_story(
        &self,
        old: Option<&Story>,
        new: &Story,
        who: &str,
        act: &str,
        now: Millis,
    ) -> Result<i64> {
        let write = self.saving(old, new, who, act, now);
        self.commit(write).await.map_err(|e| match e {
            Error::Taken("a row with this key") => Error::Taken("address"),
            e => e,
        })?;
        Ok(edition(old))
    }

    /// The same, still to be committed.
    pub(crate) fn saving(
        &self,
        old: Option<&Story>,
        new: &Story,
        who: &str,
        act: &str,
        now: Millis,
    ) -> Write {
        let mut write = Write::new();
        let id = new.id;
        write.step(
            "INSERT INTO section (slug, name, position) VALUES ($1, $2, 1000) ON CONFLICT (slug) DO NOTHING",
            args![new.section.slug.as_str(), &new.section.name],
        );
        let mut columns = columns(new, edition(old));
        match old {
            None => {
                columns.insert(0, id.into());
                write.step(ADD, columns);
            }
            Some(old) => {
                columns.extend(args![id, old.edition]);
                write.unless_taken(CHANGE, columns, "edition");
            }
        }
        self.save_parts(&mut write, old, new);
        if new.status == Status::Published && old.is_none_or(|o| o.published_at.is_none()) {
            write.step(
                "INSERT INTO discussion (story_id, mode, shown, held, removed, said_at_source) \
                 VALUES ($1, $2, 0, 0, 0, NULL) ON CONFLICT (story_id) DO NOTHING",
                args![
                    id,
                    self.0.beginning.get().map_or(Mode::Open, |b| b.of(new.section.slug.as_str())).as_str()
                ],
            );
        }
        write.and(super::sitemap::count(old, new, now));
        write.and(jobs(old, new, now));
        write.and(crate::log::entry(now, who, act, &format!("story {id}")));
        write.touch(touch::of_change(old, new));
        write
    }

    fn save_parts(&self, write: &mut Write, old: Option<&Story>, new: &Story) {
        let id = new.id;
        // Lists by topic and author are walks of an index that only published stories are in.
        let listed = new.published_at.filter(|_| new.status == Status::Published);
        if old.is_some() {
            write.step("DELETE FROM story_topic WHERE story_id = $1", args![id]);
            write.step("DELETE FROM story_author WHERE story_id = $1", args![id]);
        }
        for (position, topic) in new.topics.iter().enumerate() {
            write.step(
                "INSERT INTO topic (slug, name) VALUES ($1, $2) ON CONFLICT (slug) DO NOTHING",
                args![topic.slug.as_str(), &topic.name],
            );
            write.step(
                "INSERT INTO story_topic (story_id, topic, position, published_at) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (story_id, topic) DO NOTHING",
                args![id, topic.slug.as_str(), position as i64, listed],
            );
        }
        for author in new.authors() {
            write.step(
                "INSERT INTO story_author (story_id, author, name, published_at) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (story_id, author) DO NOTHING",
                args![id, author.slug.as_str(), &author.name, listed],
            );
        }
        let had = old.map_or(&[][..], |o| &o.photos);
        for gone in had.iter().filter(|p| new.photos.iter().all(|n| n.id != p.id)) {
            write.step("DELETE FROM photo WHERE id = $1", args![gone.id]);
        }
        for (position, photo) in new.photos.iter().enumerate() {
            let position = position as i64;
            if photo.id == 0 {
                write.step(
                    "INSERT INTO photo (story_id, position, digest, width, height, renditions, caption, alt, agency, \
                     photographer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                    args![
                        id,
                        position,
                        &photo.digest,
                        photo.width,
                        photo.height,
                        parts::widths(&photo.renditions),
                        &photo.caption,
                        &photo.alt,
                        &photo.credit.agency,
                        &photo.credit.photographer,
                    ],
                );
            } else {
                write.step(
                    "UPDATE photo SET position = $1, caption = $2, alt = $3, agency = $4, photographer = $5 \
                     WHERE id = $6 AND story_id = $7",
                    args![
                        position,
                        &photo.caption,
                        &photo.alt,
                        &photo.credit.agency,
                        &photo.credit.photographer,
                        photo.id,
                        id,
                    ],
                );
            }
        }
        for notice in new.notices.iter().skip(old.map_or(0, |o| o.notices.len())) {
            write.step(
                "INSERT INTO notice (story_id, kind, at, text) VALUES ($1, $2, $3, $4)",
                args![id, notice.kind.as_str(), notice.at, &notice.text],
            );
        }
    }

    /// The address itself, or a free one after it: `night-trains-2`.
    pub async fn free_address(&self, wanted: &Address) -> Result<Address> {
        self.free_address_beside(wanted, |_| false).await
    }

    /// The same beside addresses that were promised to others, but are not theirs in the database yet. Looked for by
    /// halves, for a thousand pages may have one title on one day.
    pub async fn free_address_beside(
        &self,
        wanted: &Address,
        promised: impl Fn(&Address) -> bool,
    ) -> Result<Address> {
        let nth = |n| Address { day: wanted.day, slug: wanted.slug.nth(n) };
        let (mut taken, mut free) = (0, 1);
        while promised(&nth(free)) || self.is_address(&nth(free)).await? {
            (taken, free) = (free, free * 2);
        }
        while free - taken > 1 {
            let between = taken + (free - taken) / 2;
            match promised(&nth(between)) || self.is_address(&nth(between)).await? {
                true => taken = between,
                false => free = between,
            }
        }
        Ok(nth(free))
    }

    async fn is_address(&self, address: &Address) -> Result<bool> {
        let one = "SELECT id FROM story WHERE day = $1 AND slug = $2";
        let found =
            self.one(one, &args![address.day.to_string(), address.slug.as_str()], |row| row.int(0)).await?;
        Ok(found.is_some())
    }
}

fn edition(old: Option<&Story>) -> i64 {
    old.map_or(1, |o| o.edition + 1)
}

fn columns(s: &Story, edition: i64) -> Vec<crate::value::Value> {
    let copy = &s.copy;
    let dateline = &copy.dateline;
    let summary: String = match copy.standfirst.is_empty() {
        true => copy.body.chars().take(SUMMARY).collect(),
        false => copy.standfirst.chars().take(SUMMARY).collect(),
    };
    args![
        edition,
        s.status.as_str(),
        &copy.headline,
        &copy.kicker,
        &copy.standfirst,
        &copy.byline,
        &dateline.place,
        &dateline.date,
        dateline.day.map(|d| d.to_string()),
        &dateline.agency,
        &dateline.dash,
        &dateline.raw,
        &copy.body,
        summary,
        &copy.agency,
        &copy.language,
        s.section.slug.as_str(),
        s.address.as_ref().map(|a| a.day.to_string()),
        s.address.as_ref().map(|a| a.slug.to_string()),
        s.created_at,
        s.published_at,
        s.changed_at,
        s.embargo_until,
        s.scheduled_for,
        i64::from(s.urgency),
        &s.slugline.0,
        s.ednote.for_editors(),
        &s.usage_terms,
        s.source.as_ref().map(|s| s.uri.as_str()),
        s.source.as_ref().map(|s| s.version),
        s.source.as_ref().map(|s| s.digest.as_str()),
    ]
}

fn jobs(old: Option<&Story>, new: &Story, now: Millis) -> Write {
    let mut write = Write::new();
    let seen = |s: &Story| s.published_at.is_some();
    if seen(new) || old.is_some_and(seen) {
        write.and(job::leave(&Task::IndexStory(new.id), now));
    }
    if let Some(at) = new.scheduled_for.filter(|_| new.status == Status::Scheduled)
        && old.is_none_or(|o| o.scheduled_for != Some(at))
    {
        write.and(job::leave(&Task::Publish(new.id), at));
    }
    let becomes = |status| new.status == status && old.is_none_or(|o| o.status != status);
    if becomes(Status::Published) {
        write.and(job::tell(Event::StoryPublished, &[new.id], now));
    }
    let stands = |o: &Story| o.status == Status::Published && o.changed_at != new.changed_at;
    if new.status == Status::Published && old.is_some_and(stands) {
        write.and(job::tell(Event::StoryChanged, &[new.id], now));
    }
    if becomes(Status::Killed) {
        write.and(job::tell(Event::StoryKilled, &[new.id], now));
    }
    for photo in new.photos.iter().filter(|p| p.id == 0 && !p.digest.is_empty() && !p.is_ready()) {
        write.and(job::leave(&Task::Renditions(photo.digest.clone()), now));
    }
    write
}
