//! Comments brought from other systems' archives, many in one transaction.

use crate::{
    Store, args,
    error::Result,
    job,
    site::{NewOutside, Site},
    write::Write,
};
use newsroom::{
    Millis,
    discussion::{CommentId, Reason, State},
    site::OutsidePage,
    slug::Slug,
    story::{Address, Story, StoryId},
    touch::Touch,
};
use std::collections::HashSet;

/// One comment, with its place in the thread worked out.
#[derive(Clone, Debug)]
pub struct Brought {
    /// By which it is known again.
    pub digest: i64,
    pub id: CommentId,
    pub root: CommentId,
    pub parent: Option<CommentId>,
    pub state: State,
    /// Of a removed one, where the archive says it.
    pub reason: Option<Reason>,
    /// Whether readers find it in its thread: shown, or something under it is.
    pub listed: bool,
    pub at: Millis,
    pub name: String,
    /// The mask, or empty.
    pub network: String,
    pub text: String,
}

/// What is not here yet, and begins with its first comments.
#[derive(Clone, Debug)]
pub enum Opening {
    /// A page of another site.
    Page { site: Site, page: OutsidePage, title: String, address: Address, at: Millis },
    /// A story that an archive has whole, known again by its digest, with the paths by which its old readers look
    /// for it; closed where it was closed there, from its first moment.
    Story { digest: i64, story: Box<Story>, closed: bool, moved: Vec<String> },
}

impl Opening {
    /// Where it is read on the paper.
    pub fn address(&self) -> Option<&Address> {
        match self {
            Opening::Page { address, .. } => Some(address),
            Opening::Story { story, .. } => story.address.as_ref(),
        }
    }

    /// As the page of another site that it is, under that story.
    fn outside(&self, story: StoryId) -> Option<NewOutside<'_>> {
        let Opening::Page { site, page, title, address, at } = self else { return None };
        Some(NewOutside { story, site, page, title, language: "", address, now: *at })
    }

    /// Of its text.
    pub fn bytes(&self) -> usize {
        match self {
            Opening::Page { title, page, .. } => title.len() + page.link.len(),
            Opening::Story { story, .. } => story.copy.body.len() + story.copy.standfirst.len(),
        }
    }

    pub fn move_to(&mut self, free: Address) {
        match self {
            Opening::Page { address, .. } => *address = free,
            Opening::Story { story, .. } => story.address = Some(free),
        }
    }
}

/// Comments of one thread that go in together.
#[derive(Clone, Debug)]
pub struct Sheaf {
    pub story: StoryId,
    /// Under a page of another site. The paper's search finds what is said in the paper: there is nothing to index.
    pub outside: bool,
    /// Where the story begins with them.
    pub opening: Option<Opening>,
    pub comments: Vec<Brought>,
    /// Roots, of these or brought before, with the shown replies that they gain by these.
    pub grown: Vec<(CommentId, u32)>,
}

/// Comments whose index is one job.
const INDEXED_AT_ONCE: usize = 1_000;

impl Store {
    /// The story or comment that was brought under that digest.
    pub async fn brought(&self, digest: i64) -> Result<Option<i64>> {
        self.one("SELECT id FROM brought WHERE digest = $1", &args![digest], |row| row.int(0)).await
    }

    /// Whether the story itself came from an archive.
    pub async fn is_brought(&self, story: StoryId) -> Result<bool> {
        let one = "SELECT id FROM story WHERE id = $1 AND brought = 1";
        Ok(self.one(one, &args![story], |row| row.int(0)).await?.is_some())
    }

    /// Where the published story is read that had this path before it was brought here.
    pub async fn moved(&self, path: &str) -> Result<Option<Address>> {
        self.one(
            "SELECT s.day, s.slug FROM moved m JOIN story s ON s.id = m.story_id \
             WHERE m.path = $1 AND s.status = 'published'",
            &args![path],
            |row| Ok(Address { day: row.word(0, |day| day.parse().ok())?, slug: row.word(1, Slug::parse)? }),
        )
        .await
    }

    /// Numbers for as many comments, the first of them.
    pub async fn numbers(&self, count: usize) -> Result<i64> {
        self.next_ids(count.max(1)).await
    }

    /// All of them, or none; they stand in the order of their stories' numbers. [`Error::Taken`] where a page, story or
    /// comment is there by now, for another import brought it meanwhile, or an address is another's.
    ///
    /// [`Error::Taken`]: crate::error::Error::Taken
    pub async fn bring(&self, sheaves: &[Sheaf], now: Millis) -> Result<()> {
        let mut write = Write::new();
        let mut shown = Vec::new();
        let openings = || sheaves.iter().filter_map(|sheaf| Some((sheaf.story, sheaf.opening.as_ref()?)));
        for (story, opening) in openings() {
            write.and(match opening.outside(story) {
                Some(page) => page.with_address(),
                None => self.opened(story, opening, now),
            });
        }
        // All addresses come before the first page, as with whoever begins one page meanwhile.
        for page in openings().filter_map(|(story, opening)| opening.outside(story)) {
            write.and(page.with_page());
        }
        // In the order of whoever posts meanwhile, so that neither waits for the other: discussions, then comments.
        for sheaf in sheaves.iter().filter(|sheaf| !sheaf.comments.is_empty()) {
            let of = |state| sheaf.comments.iter().filter(|c| c.state == state).count() as i64;
            let counts = [State::Shown, State::Held, State::Removed].map(of);
            write.step(COUNTS, args![counts[0], counts[1], counts[2], sheaf.story]);
        }
        for sheaf in sheaves {
            bind(&mut write, sheaf);
            if !sheaf.outside {
                shown.extend(sheaf.comments.iter().filter(|c| c.state == State::Shown).map(|c| c.id));
            }
        }
        for some in shown.chunks(INDEXED_AT_ONCE) {
            write.and(job::index_comments(some, now));
        }
        write.touch(sheaves.iter().map(|sheaf| Touch::Discussion(sheaf.story)));
        self.commit(write).await.map(|_| ())
    }

    /// A story; of a page of another site nothing.
    fn opened(&self, id: StoryId, opening: &Opening, now: Millis) -> Write {
        let Opening::Story { digest, story, closed, moved } = opening else { return Write::new() };
        let mut write = self.saving(None, story, "import", "brought it from an archive", now);
        write.unless_taken(NOTE, args![*digest, id], "story");
        write.step("UPDATE story SET brought = 1 WHERE id = $1", args![id]);
        if *closed {
            write.step("UPDATE discussion SET mode = 'closed' WHERE story_id = $1", args![id]);
        }
        for path in moved {
            write.step(
                "INSERT INTO moved (path, story_id) VALUES ($1, $2) ON CONFLICT (path) DO NOTHING",
                args![path, id],
            );
        }
        write
    }
}

fn bind(write: &mut Write, sheaf: &Sheaf) {
    let story = sheaf.story;
    let here: HashSet<CommentId> = sheaf.comments.iter().map(|c| c.id).collect();
    for c in &sheaf.comments {
        write.step(
            INSERT,
            args![
                c.id,
                story,
                c.root,
                c.parent,
                c.state.as_str(),
                c.listed,
                c.at,
                &c.name,
                &c.network,
                &c.text,
                NO_RISK
            ],
        );
        if let Some(reason) = c.reason {
            write.step("UPDATE comment SET reason = $1 WHERE id = $2", args![reason.code(), c.id]);
        }
        // What was removed stays as a stub as soon as something stands under it, also what came earlier.
        if let Some(parent) = c.parent.filter(|parent| c.listed && !here.contains(parent)) {
            write.step(LISTED, args![parent]);
        }
        write.unless_taken(NOTE, args![c.digest, c.id], "comment");
    }
    for (root, more) in &sheaf.grown {
        write.step(REPLIES, args![*more, *root]);
    }
}

/// Not new to the moderators: it was said long ago, elsewhere.
pub(crate) const INSERT: &str = "INSERT INTO comment (id, story_id, root_id, parent_id, state, listed, at, name, \
     network, text, rank, replies, valued, staff, unread, brought) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, 0, 0, 1)";
/// See `newsroom::discussion::rank`: an archive is not screened.
pub(crate) const NO_RISK: i64 = newsroom::discussion::LAST;
/// Changes no row where it was brought before: whoever is first has it.
const NOTE: &str = "INSERT INTO brought (digest, id) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING";
/// A comment and all that it answers, as far as nothing stood under them.
const LISTED: &str = "WITH RECURSIVE up (id, parent_id) AS (\
     SELECT c.id, c.parent_id FROM comment c WHERE c.id = $1 AND c.listed = 0 UNION \
     SELECT c.id, c.parent_id FROM up JOIN comment c ON c.id = up.parent_id WHERE c.listed = 0) \
     UPDATE comment SET listed = 1 WHERE id IN (SELECT id FROM up)";
const REPLIES: &str = "UPDATE comment SET replies = replies + $1 WHERE id = $2";
const COUNTS: &str =
    "UPDATE discussion SET shown = shown + $1, held = held + $2, removed = removed + $3 WHERE story_id = $4";
