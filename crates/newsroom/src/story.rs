//! A story and its life: the legal moves from draft to published, corrected, killed.

use crate::{
    Millis, Zone,
    byline::{Author, authors},
    dateline::Dateline,
    ednote::EdNote,
    item::Source,
    photo::Photo,
    section::{Section, Topic},
    slug::{Slug, Slugline},
};
use jiff::civil::Date;

pub type StoryId = i64;

/// Where a story is in its life. A correction is an event on a published story, not a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// In the inbox or being edited; no reader can see it on any path.
    Draft,
    /// Will be published by itself at `scheduled_for`.
    Scheduled,
    Published,
    /// Withdrawn after publishing: its address answers 410 with a notice.
    Killed,
    /// Thrown away unpublished.
    Spiked,
    /// No story of this paper: it stands for a page of another site whose discussion is kept here. In no
    /// list, feed, sitemap or search; the desk cannot publish it.
    Outside,
}

impl Status {
    /// Those that a story of this paper goes through.
    pub const ALL: [Status; 5] =
        [Status::Draft, Status::Scheduled, Status::Published, Status::Killed, Status::Spiked];

    pub fn as_str(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Scheduled => "scheduled",
            Status::Published => "published",
            Status::Killed => "killed",
            Status::Spiked => "spiked",
            Status::Outside => "outside",
        }
    }

    pub fn parse(text: &str) -> Option<Status> {
        Status::ALL.into_iter().chain([Status::Outside]).find(|s| s.as_str() == text)
    }

    /// Whether readers find a discussion at its address.
    pub fn is_discussed(self) -> bool {
        matches!(self, Status::Published | Status::Outside)
    }
}

/// Something that happened to a published story and that its readers are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub kind: NoticeKind,
    pub at: Millis,
    /// What changed, in words for the reader.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    Correction,
    Update,
    Kill,
}

impl NoticeKind {
    pub fn as_str(self) -> &'static str {
        match self {
            NoticeKind::Correction => "correction",
            NoticeKind::Update => "update",
            NoticeKind::Kill => "kill",
        }
    }

    pub fn parse(text: &str) -> Option<NoticeKind> {
        [NoticeKind::Correction, NoticeKind::Update, NoticeKind::Kill]
            .into_iter()
            .find(|k| k.as_str() == text)
    }
}

/// The fields that an editor (or the wire) fills in. Empty text means that there is none.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Copy {
    pub headline: String,
    /// The short line above the headline.
    pub kicker: String,
    /// The summary under it, one paragraph of plain text.
    pub standfirst: String,
    /// As printed, `By Ilse Brandt and Per Lund`.
    pub byline: String,
    pub dateline: Dateline,
    /// The small markup of `docs/markup.md`: paragraphs with an empty line between them.
    pub body: String,
    /// Whose text it is, when it came by wire.
    pub agency: String,
    /// BCP 47 tag; empty means the paper's own language.
    pub language: String,
    /// The section's name.
    pub section: String,
    pub topics: Vec<String>,
}

/// A story, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    pub id: StoryId,
    /// Grows by one with each change; an edit names the one it was made from, so that none is lost.
    pub edition: i64,
    pub status: Status,
    pub copy: Copy,
    pub section: Section,
    pub topics: Vec<Topic>,
    /// The first is the lead photo.
    pub photos: Vec<Photo>,
    /// Its address, fixed when first published: day of publication and slug.
    pub address: Option<Address>,
    pub created_at: Millis,
    pub published_at: Option<Millis>,
    /// Last change that readers are told of; `None` while it stands as first published.
    pub changed_at: Option<Millis>,
    /// Not before this moment, on any path.
    pub embargo_until: Option<Millis>,
    pub scheduled_for: Option<Millis>,
    /// IPTC: 1 most urgent, 5 normal, 9 user-defined; 0 not given.
    pub urgency: u8,
    pub slugline: Slugline,
    pub ednote: EdNote,
    pub usage_terms: String,
    /// The item it was made from, when it came by wire or import.
    pub source: Option<Source>,
    /// Oldest first.
    pub notices: Vec<Notice>,
}

impl Story {
    pub fn authors(&self) -> Vec<Author> {
        authors(&self.copy.byline)
    }

    /// `/2013/03/06/two-ports-agree`, once it has one.
    pub fn path(&self) -> Option<String> {
        self.address.as_ref().map(Address::path)
    }

    /// The notice of its kill, when killed.
    pub fn kill_notice(&self) -> Option<&Notice> {
        self.notices.iter().rev().find(|n| n.kind == NoticeKind::Kill)
    }
}

/// The address of a story for ever: the day it was first published and its slug, unique on that day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    pub day: Date,
    pub slug: Slug,
}

impl Address {
    pub fn path(&self) -> String {
        format!("/{:04}/{:02}/{:02}/{}", self.day.year(), self.day.month(), self.day.day(), self.slug)
    }
}

/// A story as it stands in a list: front page, section, feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub id: StoryId,
    pub path: String,
    pub headline: String,
    pub kicker: String,
    /// The standfirst, or the beginning of the body as plain text, at most 300 characters.
    pub summary: String,
    pub section: Section,
    pub byline: String,
    pub agency: String,
    pub language: String,
    pub photo: Option<Photo>,
    pub published_at: Millis,
    pub changed_at: Option<Millis>,
    pub urgency: u8,
    /// Comments shown.
    pub comments: u32,
}

/// Why a story may not be published now. Each is said to the editor in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotYet {
    NoHeadline,
    NoBody,
    /// Under embargo until then.
    Embargo(Millis),
    /// A photo that will be shown has no credit.
    PhotoWithoutCredit,
    /// Only a draft or a scheduled story can be published.
    WrongStatus(Status),
}

impl NotYet {
    pub fn words(&self, zone: &Zone) -> String {
        match self {
            NotYet::NoHeadline => "The story has no headline.".into(),
            NotYet::NoBody => "The story has no body.".into(),
            NotYet::Embargo(until) => {
                format!("It is under embargo until {}.", zone.format(*until, "%H:%M, %-d %B %Y"))
            }
            NotYet::PhotoWithoutCredit => "A photo has no credit: say whose it is, or take it off.".into(),
            NotYet::WrongStatus(Status::Published) => "It is already published.".into(),
            NotYet::WrongStatus(status) => {
                format!("A {} story cannot be published.", status.as_str())
            }
        }
    }
}

/// May this story be published at `now`?
pub fn may_publish(story: &Story, now: Millis) -> Result<(), NotYet> {
    if !matches!(story.status, Status::Draft | Status::Scheduled) {
        return Err(NotYet::WrongStatus(story.status));
    }
    if story.copy.headline.trim().is_empty() {
        return Err(NotYet::NoHeadline);
    }
    if story.copy.body.trim().is_empty() {
        return Err(NotYet::NoBody);
    }
    if let Some(until) = story.embargo_until
        && until > now
    {
        return Err(NotYet::Embargo(until));
    }
    if story.photos.iter().any(|p| p.credit.is_empty() && !p.digest.is_empty()) {
        return Err(NotYet::PhotoWithoutCredit);
    }
    Ok(())
}

/// May this story get a correction, an update or a kill? Only what readers can see can.
pub fn may_notice(story: &Story) -> bool {
    story.status == Status::Published
}

/// May it be spiked? Only what was never published.
pub fn may_spike(story: &Story) -> bool {
    matches!(story.status, Status::Draft | Status::Scheduled)
}
