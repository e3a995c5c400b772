//! The road of an item, from bytes to the desk: by `import`, by `POST /api/v1/wire`. What becomes of it is
//! `newsroom::ingest`'s to say; here its photos are found and its story is made or changed.

mod photos;
mod story;

pub use photos::{Beside, Given, NothingBeside};

use crate::{app::AppState, clock};
use newsroom::{
    Language,
    discussion::{
        Policy,
        admit::{Door, Draft, Facts, Verdict, admit},
    },
    ingest::{Ingest, ingest},
    item::{Item, ItemComment},
    moves,
    photo::Photo,
    story::{Status, Story, StoryId, may_publish},
};
use pages::Words;
use std::collections::HashMap;
use store::{Error, item::Received};

/// What became of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    pub uri: String,
    pub outcome: Ingest,
    pub story: Option<StoryId>,
    /// Path of the story where readers can see it.
    pub path: Option<String>,
    /// New ones.
    pub comments: usize,
    /// New ones.
    pub photos: usize,
    /// For whoever sent it, a sentence each.
    pub notes: Vec<String>,
}

/// How items are taken in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner {
    /// Publish what has never been published.
    pub publish: bool,
    /// Find out what would become of it, and change nothing.
    pub dry: bool,
}

/// Looks at a story that others change at the same time.
const ATTEMPTS: usize = 8;

/// Takes one item in, whole or not at all.
pub async fn take_in(
    app: &AppState,
    item: Item,
    bytes: &[u8],
    beside: &dyn Beside,
    manner: Manner,
) -> store::Result<Fate> {
    for _ in 1..ATTEMPTS {
        match attempt(app, &item, bytes, beside, manner).await {
            // Somebody saved the story, or took the address, meanwhile: look again.
            Err(Error::Taken(_)) => {}
            fate => return fate,
        }
    }
    attempt(app, &item, bytes, beside, manner).await
}

async fn attempt(
    app: &AppState,
    item: &Item,
    bytes: &[u8],
    beside: &dyn Beside,
    manner: Manner,
) -> store::Result<Fate> {
    let now = clock::now();
    let known = app.store.known(&item.source.uri).await?;
    let outcome = ingest(item, known.as_ref(), now);
    let old = app.store.story_from(&item.source.uri).await?;
    let mut fate = Fate {
        uri: item.source.uri.clone(),
        outcome,
        story: old.as_ref().map(|s| s.id),
        path: None,
        comments: 0,
        photos: 0,
        notes: item.notes.clone(),
    };
    let unchanged = matches!(outcome, Ingest::Duplicate | Ingest::Stale);
    if unchanged {
        // A draft that lay in the inbox is published by a second import that asks for it.
        if let Some(story) = old.as_ref().filter(|_| manner.publish && outcome == Ingest::Duplicate) {
            return publish_known(app, story, fate, manner).await;
        }
        fate.path = old.as_ref().filter(|s| s.status == Status::Published).and_then(Story::path);
        if outcome == Ingest::Stale {
            fate.notes.push("An older version than the desk has; nothing was changed.".into());
        }
        return Ok(fate);
    }
    let found = photos::find(app, item, beside, manner.dry, &mut fate.notes).await?;
    let had = |p: &&Photo| old.iter().flat_map(|s| &s.photos).any(|o| o.digest == p.digest);
    fate.photos = found.iter().filter(|p| !p.digest.is_empty() && !had(p)).count();
    let id = match &old {
        Some(story) => story.id,
        None if manner.dry => 0,
        None => app.store.next_id().await?,
    };
    let mut new = story::made_of(item, old.as_ref(), outcome, id, found, now);
    let (comments, refused) = comments_of(item, &app.policy);
    fate.notes.extend(refused);
    let publish_at = match (item.archive, item.published_at) {
        (true, Some(at)) => Some(at),
        _ if manner.publish && outcome != Ingest::Withheld => Some(now),
        _ => None,
    };
    if let Some(at) = publish_at.filter(|_| matches!(new.status, Status::Draft | Status::Scheduled)) {
        match may_publish(&new, at.max(now)).and_then(|()| moves::publish(&new, at, &app.paper.zone)) {
            Ok(published) => new = published,
            Err(why) => fate.notes.push(format!("Not published: {}", why.words(&app.paper.zone))),
        }
        if let Some(wanted) = new.address.take() {
            new.address = Some(app.store.free_address(&wanted).await?);
        }
    }
    let published = new.status == Status::Published;
    fate.story = Some(id).filter(|id| *id > 0);
    fate.path = new.path().filter(|_| published);
    let all = if published && item.archive { comments } else { vec![] };
    let said = item.comments_said.filter(|said| *said as usize != all.len());
    let taken = match &old {
        Some(story) if !all.is_empty() => not_there_yet(app, story.id, all).await?,
        _ => all,
    };
    fate.comments = taken.len();
    if manner.dry {
        return Ok(fate);
    }
    let received = Received { source: &item.source, outcome, story: Some(id), notes: &fate.notes, bytes };
    app.store.take_in(old.as_ref(), &new, &received, &taken, said.filter(|_| item.archive), now).await?;
    Ok(fate)
}

async fn publish_known(app: &AppState, story: &Story, mut fate: Fate, manner: Manner) -> store::Result<Fate> {
    let now = clock::now();
    fate.path = story.path().filter(|_| story.status == Status::Published);
    if !matches!(story.status, Status::Draft | Status::Scheduled) || story.published_at.is_some() {
        return Ok(fate);
    }
    match moves::publish(story, now, &app.paper.zone) {
        Ok(mut new) => {
            if let Some(wanted) = new.address.take() {
                new.address = Some(app.store.free_address(&wanted).await?);
            }
            fate.path = new.path();
            if !manner.dry {
                app.store.save_story(Some(story), &new, "import", "published it", now).await?;
            }
            fate.outcome = Ingest::Update;
        }
        Err(why) => fate.notes.push(format!("Not published: {}", why.words(&app.paper.zone))),
    }
    Ok(fate)
}

/// A page saved again later has the comments of before, and perhaps more: only these are new. Of several
/// that are alike in all, as many are new as the page has more of them.
async fn not_there_yet(
    app: &AppState,
    story: StoryId,
    said: Vec<ItemComment>,
) -> store::Result<Vec<ItemComment>> {
    let zone = &app.paper.zone;
    let mut there: HashMap<(String, String, String, String), u32> = HashMap::new();
    for c in app.store.roots_of(story).await? {
        *there.entry((c.name, c.network, c.text, zone.day(c.at).to_string())).or_default() += 1;
    }
    let mut new = |c: &ItemComment| {
        let network = c.network.map(|n| n.to_string()).unwrap_or_default();
        let key = (c.name.clone(), network, c.text.clone(), zone.day(c.at).to_string());
        match there.get_mut(&key).filter(|n| **n > 0) {
            Some(n) => {
                *n -= 1;
                false
            }
            None => true,
        }
    };
    Ok(said.into_iter().filter(|c| new(c)).collect())
}

/// Those that the rule of every comment lets in, and a note on each that it does not.
fn comments_of(item: &Item, policy: &Policy) -> (Vec<ItemComment>, Vec<String>) {
    let mut taken = Vec::with_capacity(item.comments.len());
    let mut notes = Vec::new();
    let facts = Facts::by(Door::Import, item.published_at.unwrap_or_default());
    for comment in &item.comments {
        let draft = Draft { name: comment.name.clone(), text: comment.text.clone(), ..Draft::default() };
        match admit(&draft, &facts, &[], policy, comment.at) {
            Verdict::Shown(clean) | Verdict::Held(clean, _) => {
                taken.push(ItemComment { name: clean.name, text: clean.text, ..comment.clone() });
            }
            Verdict::Refused(why) => {
                notes.push(format!(
                    "The comment of “{}” was left out: {}",
                    comment.name,
                    Words::of(Language::English).refusal(&why)
                ));
            }
        }
    }
    (taken, notes)
}
