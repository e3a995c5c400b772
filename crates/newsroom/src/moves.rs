//! The legal moves of a story: each takes the story as it is and gives it as it then is, or says why not.

use crate::{
    Millis, Zone,
    slug::Slug,
    story::{Address, NotYet, Notice, NoticeKind, Status, Story, may_notice, may_publish, may_spike},
};

/// Why a move is not legal now, other than [`NotYet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotLegal {
    /// Only what readers can see can be corrected, updated or killed.
    NotPublished,
    /// Only what was never published can be spiked.
    WasPublished,
    /// Readers must be told why.
    NoNotice,
    /// A schedule must lie ahead.
    Past,
}

impl NotLegal {
    pub fn words(self) -> &'static str {
        match self {
            NotLegal::NotPublished => "Only a published story can be corrected, updated or killed.",
            NotLegal::WasPublished => "A story that was published cannot be spiked: kill it.",
            NotLegal::NoNotice => "Say to the readers, in a sentence, what was changed and why.",
            NotLegal::Past => "The time to publish must lie ahead.",
        }
    }
}

/// Published at `now`. Its address is fixed here for ever, on the day of publication in the paper's zone.
pub fn publish(story: &Story, now: Millis, zone: &Zone) -> Result<Story, NotYet> {
    may_publish(story, now)?;
    let mut new = story.clone();
    new.status = Status::Published;
    new.published_at = Some(now);
    new.scheduled_for = None;
    new.embargo_until = None;
    new.address = Some(address(story, now, zone));
    Ok(new)
}

/// The address that a story published then would have, if no other of that day has it.
pub fn address(story: &Story, at: Millis, zone: &Zone) -> Address {
    Address { day: zone.day(at), slug: Slug::of(&story.copy.headline, "story") }
}

/// To be published by itself at `at`.
pub fn schedule(story: &Story, at: Millis, now: Millis) -> Result<Story, Result<NotLegal, NotYet>> {
    if at <= now {
        return Err(Ok(NotLegal::Past));
    }
    may_publish(story, at).map_err(Err)?;
    Ok(Story { status: Status::Scheduled, scheduled_for: Some(at), ..story.clone() })
}

/// Back to the inbox.
pub fn unschedule(story: &Story) -> Story {
    match story.status {
        Status::Scheduled => Story { status: Status::Draft, scheduled_for: None, ..story.clone() },
        _ => story.clone(),
    }
}

/// A published story with new words in it; a correction must say what was wrong, an update may be silent.
pub fn amend(story: &Story, kind: NoticeKind, text: &str, now: Millis) -> Result<Story, NotLegal> {
    if !may_notice(story) {
        return Err(NotLegal::NotPublished);
    }
    let text = text.trim();
    if text.is_empty() && kind != NoticeKind::Update {
        return Err(NotLegal::NoNotice);
    }
    let mut new = story.clone();
    new.changed_at = Some(now);
    if !text.is_empty() {
        new.notices.push(Notice { kind, at: now, text: text.to_owned() });
    }
    if kind == NoticeKind::Kill {
        new.status = Status::Killed;
    }
    Ok(new)
}

pub fn spike(story: &Story) -> Result<Story, NotLegal> {
    if !may_spike(story) {
        return Err(NotLegal::WasPublished);
    }
    Ok(Story { status: Status::Spiked, scheduled_for: None, ..story.clone() })
}
