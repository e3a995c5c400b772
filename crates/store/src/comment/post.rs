//! Taking comments in, many in one transaction: the paper's hottest path.

use super::print::Prints;
use crate::{
    args,
    job::{self, Task},
    subscription::{self, Follow},
    write::Write,
};
use newsroom::{
    Millis,
    discussion::{Badge, CommentId, State, Voucher},
    event::Event,
    story::StoryId,
    touch::Touch,
};
use std::collections::{BTreeMap, HashSet};

/// A comment as `admit` let it in, with its place.
#[derive(Clone, Debug)]
pub struct NewComment {
    pub id: CommentId,
    pub story: StoryId,
    /// Its own id for a root.
    pub root: CommentId,
    pub parent: Option<CommentId>,
    /// Shown or held.
    pub state: State,
    pub at: Millis,
    pub name: String,
    /// The mask, or empty.
    pub network: String,
    pub text: String,
    pub staff: bool,
    /// Why it is held, in words.
    pub held_why: Option<String>,
    /// Its place among those that wait, see `newsroom::discussion::rank`.
    pub rank: i64,
    /// What the screen saw, as JSON; `None` where nothing.
    pub risks: Option<String>,
    /// A digest of its words, by which the same again is refused; `None` where duplicates are taken.
    pub digest: Option<i64>,
    /// The same words are taken again when last said before this moment.
    pub again_after: Millis,
    /// An address that wants letters about it.
    pub follow: Option<Follow>,
    /// An outside scorer is asked about it.
    pub scored: bool,
    pub vouched: Option<Voucher>,
    /// Where it came from; `None` where nobody knows.
    pub prints: Option<Prints>,
    /// The account it was written from.
    pub reader: Option<i64>,
    pub badge: Option<Badge>,
}

impl NewComment {
    pub(crate) fn listed(&self) -> i64 {
        i64::from(self.state == State::Shown)
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    Kept,
    /// The same words stand under this story already; nothing was written.
    SaidBefore,
    /// Its thread takes no more replies; nothing was written.
    Closed,
    /// The account that it was written from has ended meanwhile; nothing was written.
    Ended,
}

/// Of an account that a comment is written from: a row while it lives. Its end waits for the comment, or the comment
/// sees it.
pub(crate) const LIVES: &str = "SELECT id FROM reader WHERE id = $1 AND ended_at IS NULL";

/// The same of many; PostgreSQL only, where ends come on other connections. In the order of numbers, so that two nodes
/// never lock each other out.
pub(crate) const LIVE_MANY: &str =
    "SELECT id FROM reader WHERE id = ANY($1) AND ended_at IS NULL ORDER BY id FOR SHARE";

/// Of a reply's thread: a row where it is closed.
pub(crate) const CLOSED: &str = "SELECT id FROM comment WHERE id = $1 AND closed <> 0";

/// Threads, and whether they are closed: whoever closes one waits for its replies, or they see it. PostgreSQL only, in
/// the order of numbers.
pub(crate) const THREADS: &str =
    "SELECT id, closed FROM comment WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE";

pub(crate) const INSERT: &str = "INSERT INTO comment (id, story_id, root_id, parent_id, state, listed, at, name, \
     network, text, replies, valued, staff, held_why, risks, rank, unread) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, $11, $12, $13, $14, $6)";

/// Changes no row where the same was said within the time.
pub(crate) const RECENT: &str = "INSERT INTO recent_text (story_id, digest, at) VALUES ($1, $2, $3) \
     ON CONFLICT (story_id, digest) DO UPDATE SET at = excluded.at WHERE recent_text.at < $4";

/// Words that are not said any more.
pub(crate) const FORGET: &str = "DELETE FROM recent_text WHERE story_id = $1 AND digest = $2";

pub(crate) const CHANGE: &str = "INSERT INTO change (node, at, touches) VALUES ($1, $2, $3)";

const COUNT: &str = "UPDATE discussion SET shown = shown + $1, held = held + $2 WHERE story_id = $3";
const COUNT_REPLIES: &str = "UPDATE comment SET replies = replies + $1 WHERE id = $2";

/// What many comments in one transaction add up to: one update for each story and each thread, one job.
#[derive(Default)]
pub(crate) struct Batch {
    pub fates: Vec<Posted>,
    said: HashSet<(StoryId, i64)>,
    stories: BTreeMap<StoryId, (i64, i64)>,
    threads: BTreeMap<CommentId, i64>,
    shown: Vec<CommentId>,
    held: Vec<CommentId>,
    scored: Vec<CommentId>,
    vouched: Vec<(CommentId, Voucher)>,
    readers: Vec<(CommentId, i64)>,
    badges: Vec<(CommentId, Badge)>,
    follows: Vec<(CommentId, Follow, Millis)>,
    latest: Millis,
}

impl Batch {
    /// Whether these words are the first of their kind within the batch.
    pub fn first_of(&mut self, story: StoryId, digest: i64) -> bool {
        self.said.insert((story, digest))
    }

    /// Counts a comment that was written, or notes that it was not.
    pub fn add(&mut self, c: &NewComment, fate: Posted) {
        self.fates.push(fate);
        if fate != Posted::Kept {
            return;
        }
        let (shown, held) = self.stories.entry(c.story).or_default();
        match c.state {
            State::Shown => *shown += 1,
            _ => *held += 1,
        }
        self.latest = self.latest.max(c.at);
        if let Some(follow) = &c.follow {
            self.follows.push((c.id, follow.clone(), c.at));
        }
        if let Some(voucher) = c.vouched {
            self.vouched.push((c.id, voucher));
        }
        if let Some(reader) = c.reader {
            self.readers.push((c.id, reader));
        }
        if let Some(badge) = &c.badge {
            self.badges.push((c.id, badge.clone()));
        }
        if c.scored {
            self.scored.push(c.id);
        }
        if c.state == State::Held {
            self.held.push(c.id);
        }
        if c.state == State::Shown {
            self.shown.push(c.id);
            if c.parent.is_some() {
                *self.threads.entry(c.root).or_default() += 1;
            }
        }
    }

    /// In the order of ids, so that two nodes never lock each other out.
    pub fn counters(&self) -> Option<Write> {
        let mut write = Write::new();
        for (story, (shown, held)) in &self.stories {
            write.step(COUNT, args![*shown, *held, *story]);
        }
        for (root, replies) in &self.threads {
            write.step(COUNT_REPLIES, args![*replies, *root]);
        }
        if !self.shown.is_empty() {
            write.and(job::index_comments(&self.shown, self.latest));
            write.and(job::tell(Event::CommentShown, &self.shown, self.latest));
        }
        if !self.held.is_empty() {
            write.and(job::tell(Event::CommentHeld, &self.held, self.latest));
        }
        for (id, voucher) in &self.vouched {
            write.step("UPDATE comment SET vouched = $1 WHERE id = $2", args![voucher.as_str(), *id]);
        }
        for (id, badge) in &self.badges {
            write.step("UPDATE comment SET badge = $1 WHERE id = $2", args![badge.render(), *id]);
        }
        for (id, reader) in &self.readers {
            write.step("UPDATE comment SET reader_id = $1 WHERE id = $2", args![*reader, *id]);
        }
        // A job each: one that the scorer cannot be asked about keeps no other waiting.
        for id in &self.scored {
            write.and(job::leave(&Task::Score(*id), self.latest));
        }
        for (id, follow, at) in &self.follows {
            write.and(subscription::follow(follow, *id, *at));
        }
        if !self.follows.is_empty() {
            write.and(job::leave(&Task::AskToConfirm, self.latest));
        }
        (!write.is_empty()).then_some(write)
    }

    pub fn touches(&self) -> impl Iterator<Item = Touch> + '_ {
        self.stories.keys().map(|id| Touch::Discussion(*id))
    }
}

/// The columns of many comments, for one statement over arrays.
#[derive(Default)]
pub(crate) struct Columns {
    pub ints: [Vec<i64>; 7],
    pub parents: Vec<Option<i64>>,
    pub texts: [Vec<String>; 4],
    pub held_why: Vec<Option<String>>,
    pub risks: Vec<Option<String>>,
    /// Of the rows beside them, of those whose prints are kept.
    pub prints: [Vec<i64>; 9],
}

impl Columns {
    pub fn add(&mut self, c: NewComment) {
        if let Some(prints) = &c.prints {
            for (column, value) in self.prints.iter_mut().zip(prints.row(c.id, c.at)) {
                column.push(value);
            }
        }
        let ints = [c.id, c.story, c.root, c.listed(), c.at.0, i64::from(c.staff), c.rank];
        for (column, value) in self.ints.iter_mut().zip(ints) {
            column.push(value);
        }
        let texts = [c.state.as_str().to_owned(), c.name, c.network, c.text];
        for (column, value) in self.texts.iter_mut().zip(texts) {
            column.push(value);
        }
        self.parents.push(c.parent);
        self.held_why.push(c.held_why);
        self.risks.push(c.risks);
    }
}

/// One statement for a whole batch; PostgreSQL only (see `dialect`).
pub(crate) const INSERT_MANY: &str = "INSERT INTO comment (id, story_id, root_id, listed, at, staff, rank, state, name, \
     network, text, parent_id, held_why, risks, replies, valued, unread) \
     SELECT i, s, r, l, a, f, g, st, n, w, t, p, h, k, 0, 0, l FROM unnest($1::int8[], $2::int8[], $3::int8[], \
     $4::int8[], $5::int8[], $6::int8[], $7::int8[], $8::text[], $9::text[], $10::text[], $11::text[], $12::int8[], \
     $13::text[], $14::text[]) AS u (i, s, r, l, a, f, g, st, n, w, t, p, h, k)";

/// Which of many (story, digest) were not said within the time; PostgreSQL only.
pub(crate) const RECENT_MANY: &str = "INSERT INTO recent_text (story_id, digest, at) \
     SELECT s, d, a FROM unnest($1::int8[], $2::int8[], $3::int8[]) AS u (s, d, a) ORDER BY s, d \
     ON CONFLICT (story_id, digest) DO UPDATE SET at = excluded.at WHERE recent_text.at < $4 \
     RETURNING story_id, digest";
