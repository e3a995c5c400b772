//! What came by wire: kept as received, with what became of it.

use crate::{Store, args, error::Result, job, log, write::Write};
use newsroom::{
    Millis,
    ingest::{Ingest, Known},
    item::{ItemComment, Source},
    story::{Story, StoryId},
    touch::Touch,
};

/// A record of one item.
#[derive(Clone, Debug)]
pub struct Received<'a> {
    pub source: &'a Source,
    pub outcome: Ingest,
    pub story: Option<StoryId>,
    /// A line each, for the desk.
    pub notes: &'a [String],
    /// The item as received.
    pub bytes: &'a [u8],
}

fn word(outcome: Ingest) -> &'static str {
    match outcome {
        Ingest::New => "new",
        Ingest::Update => "update",
        Ingest::Correction => "correction",
        Ingest::Kill => "kill",
        Ingest::Spike => "spike",
        Ingest::Duplicate => "duplicate",
        Ingest::Stale => "stale",
        Ingest::Withheld => "withheld",
    }
}

fn record(received: &Received<'_>, now: Millis) -> Write {
    let mut write = Write::new();
    write.step(
        "INSERT INTO item (uri, version, received_at, outcome, story_id, note, bytes) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![
            &received.source.uri,
            received.source.version,
            now,
            word(received.outcome),
            received.story,
            received.notes.join("\n"),
            received.bytes.to_vec(),
        ],
    );
    write
}

/// Comments of an archive's page go in together, in one transaction with their story.
fn archive(story: StoryId, first_id: i64, comments: &[ItemComment], said: Option<u32>, now: Millis) -> Write {
    let mut write = Write::new();
    let mut ids = Vec::with_capacity(comments.len());
    for (id, comment) in (first_id..).zip(comments) {
        let network = comment.network.map(|n| n.to_string()).unwrap_or_default();
        write.step(
            crate::bring::INSERT,
            args![
                id,
                story,
                id,
                None::<i64>,
                "shown",
                1i64,
                comment.at,
                &comment.name,
                network,
                &comment.text,
                crate::bring::NO_RISK
            ],
        );
        ids.push(id);
    }
    write.step(
        "UPDATE discussion SET shown = shown + $1, said_at_source = $2 WHERE story_id = $3",
        args![comments.len() as i64, said.map(i64::from), story],
    );
    if !ids.is_empty() {
        write.and(job::index_comments(&ids, now));
    }
    write.touch([Touch::Discussion(story)]);
    write
}

impl Store {
    /// What the desk has of this uri.
    pub async fn known(&self, uri: &str) -> Result<Option<Known>> {
        Ok(self.story_from(uri).await?.and_then(|story| {
            story.source.map(|source| Known {
                version: source.version,
                digest: source.digest,
                status: story.status,
            })
        }))
    }

    /// Saves what an item did to its story together with the item itself and, for an archive's page, its
    /// comments. [`crate::Error::Taken`] as in [`Store::save_story`].
    pub async fn take_in(
        &self,
        old: Option<&Story>,
        new: &Story,
        received: &Received<'_>,
        comments: &[ItemComment],
        said: Option<u32>,
        now: Millis,
    ) -> Result<()> {
        let act = match received.outcome {
            Ingest::New => "received it",
            Ingest::Update => "received a newer version",
            Ingest::Correction => "received a newer version of the published story",
            Ingest::Kill => "received its kill",
            Ingest::Spike => "received its withdrawal before publication",
            Ingest::Withheld => "received it, to be withheld",
            Ingest::Duplicate | Ingest::Stale => "received it again",
        };
        let mut write = self.saving(old, new, "wire", act, now);
        write.and(record(received, now));
        if !comments.is_empty() || said.is_some() {
            // One block: the numbers follow each other in the order of the page.
            let first = self.next_ids(comments.len().max(1)).await?;
            write.and(archive(new.id, first, comments, said, now));
        }
        self.commit(write).await.map(|_| ()).map_err(|e| match e {
            crate::Error::Taken("a row with this key") => crate::Error::Taken("address"),
            e => e,
        })
    }

    /// Keeps an item that changed nothing, or was refused.
    pub async fn keep_item(&self, received: &Received<'_>, now: Millis) -> Result<()> {
        let mut write = record(received, now);
        if received.outcome == Ingest::Stale {
            write.and(log::entry(now, "wire", "sent an older version again", &received.source.uri));
        }
        self.commit(write).await.map(|_| ())
    }
}
