//! One utterance, and the thread and page in which readers meet it.

use super::{Mode, Openness, Reason};
use crate::{Millis, story::StoryId};

pub type CommentId = i64;

/// What became of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Shown,
    Held,
    Removed,
    /// Taken back by its writer.
    Withdrawn,
}

impl State {
    pub const ALL: [State; 4] = [State::Shown, State::Held, State::Removed, State::Withdrawn];

    pub fn as_str(self) -> &'static str {
        match self {
            State::Shown => "shown",
            State::Held => "held",
            State::Removed => "removed",
            State::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(text: &str) -> Option<State> {
        State::ALL.into_iter().find(|s| s.as_str() == text)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub id: CommentId,
    pub story: StoryId,
    /// What it answers; `None` for a root.
    pub parent: Option<CommentId>,
    /// The root of its thread; its own id for a root.
    pub root: CommentId,
    /// The name of whom it answers, where that is not shown right above it; filled in by the reading page.
    pub answers: Option<String>,
    pub name: String,
    /// As shown, `175.136.169.*`; empty where none is kept.
    pub network: String,
    /// As written, in the small markup.
    pub text: String,
    pub at: Millis,
    pub state: State,
    /// Why it was removed; of a shown one, why a passage was cut.
    pub reason: Option<Reason>,
    /// Replies shown in its whole thread; only kept on roots.
    pub replies: u32,
    /// How many readers found it valuable.
    pub valued: u32,
    /// Written by the paper's own staff, signed in.
    pub staff: bool,
    /// The editors commend it.
    pub featured: bool,
    /// When its writer last changed it.
    pub edited: Option<Millis>,
    /// Who says that the writer is whom they say.
    pub vouched: Option<super::Voucher>,
    /// The account it was written from.
    pub reader: Option<i64>,
    pub badge: Option<super::Badge>,
    /// Nobody replies in its thread any more; only kept on roots.
    pub closed: bool,
}

/// In which order threads stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Order {
    #[default]
    Newest,
    Oldest,
    /// Most replies first.
    Discussed,
    /// Most valued first.
    Valued,
}

impl Order {
    pub const ALL: [Order; 4] = [Order::Newest, Order::Oldest, Order::Discussed, Order::Valued];

    pub fn as_str(self) -> &'static str {
        match self {
            Order::Newest => "newest",
            Order::Oldest => "oldest",
            Order::Discussed => "discussed",
            Order::Valued => "valued",
        }
    }

    pub fn parse(text: &str) -> Option<Order> {
        Order::ALL.into_iter().find(|o| o.as_str() == text)
    }
}

/// Where the next page begins: after the root with this key and id in its order. The key is the time in
/// milliseconds, the number of replies or of readers, by the order. Written `{key}-{id}` in addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cursor {
    pub key: i64,
    pub id: CommentId,
}

impl Cursor {
    pub fn render(self) -> String {
        format!("{}-{}", self.key, self.id)
    }

    pub fn parse(text: &str) -> Option<Cursor> {
        let (key, id) = text.rsplit_once('-')?;
        let id: i64 = id.parse().ok()?;
        (id >= 0).then(|| Some(Cursor { key: key.parse().ok()?, id }))?
    }
}

/// Roots on one page of a discussion.
pub const THREADS_PER_PAGE: usize = 20;
/// Replies shown under a root on a page of threads; the rest are on the thread's own page.
pub const REPLIES_PER_THREAD: usize = 4;
/// Replies on one page of a single thread.
pub const REPLIES_PER_PAGE: usize = 50;
/// Replies are set in no deeper than this; deeper ones say whom they answer.
pub const DEEPEST: usize = 3;

/// A root with the first of its replies, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    pub root: Comment,
    pub replies: Vec<Comment>,
    /// Replies that exist beyond those here.
    pub more: u32,
    /// Where those begin, when this is a page of one thread.
    pub next: Option<Cursor>,
}

/// What is known of a whole discussion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discussion {
    pub story: StoryId,
    pub mode: Mode,
    /// As it stands now.
    pub openness: Openness,
    /// When it closes by itself.
    pub closes_at: Option<Millis>,
    pub shown: u32,
    pub held: u32,
    pub removed: u32,
    /// The thread that stands first, whatever the order.
    pub pinned: Option<CommentId>,
    /// The number that the page it was imported from said, where that differs from what was there.
    pub said_at_source: Option<u32>,
}

/// One page of a discussion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub discussion: Discussion,
    pub order: Order,
    pub threads: Vec<Thread>,
    /// Whether this is the first page.
    pub first: bool,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}
