//! Filling a paper with many stories and discussions at once, for benches: the same rows as by the desk and
//! by readers, in few transactions, without jobs. The search index is made anew afterwards.

use crate::{Store, args, error::Result, job, write::Write};
use newsroom::{Millis, discussion::State, story::Story};

/// A story, published or not, with its discussion. Its number is given out here.
#[derive(Clone, Debug)]
pub struct Load {
    pub story: Story,
    /// A reply after what it answers.
    pub comments: Vec<LoadComment>,
}

#[derive(Clone, Debug)]
pub struct LoadComment {
    /// The place in the list of what it answers.
    pub answers: Option<usize>,
    pub name: String,
    pub network: String,
    pub text: String,
    pub at: Millis,
    /// Shown or held.
    pub state: State,
    /// Why it is held, in words.
    pub held_why: Option<String>,
}

const INSERT: &str = "INSERT INTO comment (id, story_id, root_id, parent_id, state, listed, at, name, network, \
     text, replies, valued, staff, held_why, risks) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, $12, NULL)";

impl Store {
    /// Writes `loads` in one transaction. Addresses must be free. The search index does not have them yet:
    /// [`Store::rebuild_index`] follows.
    pub async fn load(&self, loads: Vec<Load>, now: Millis) -> Result<()> {
        let mut write = Write::new();
        for Load { mut story, comments } in loads {
            let first = self.next_ids(1 + comments.len()).await?;
            story.id = first;
            write.and(self.saving(None, &story, "load", "loaded it", now));
            discuss(&mut write, first, &comments);
        }
        // One pass over all replaces a job for each.
        write.steps.retain(|step| step.sql != job::LEAVE);
        self.commit(write).await.map(|_| ())
    }
}

fn discuss(write: &mut Write, story: i64, comments: &[LoadComment]) {
    let root_of = |mut at: usize| {
        // What it answers stands before it, so this ends.
        while let Some(above) = comments[at].answers.filter(|above| *above < at) {
            at = above;
        }
        at
    };
    let mut replies = vec![0i64; comments.len()];
    let (mut shown, mut held) = (0i64, 0i64);
    for (at, comment) in comments.iter().enumerate() {
        match comment.state {
            State::Shown => shown += 1,
            _ => held += 1,
        }
        if comment.state == State::Shown && root_of(at) != at {
            replies[root_of(at)] += 1;
        }
    }
    let id = |at: usize| story + 1 + at as i64;
    for (at, comment) in comments.iter().enumerate() {
        write.step(
            INSERT,
            args![
                id(at),
                story,
                id(root_of(at)),
                comment.answers.filter(|above| *above < at).map(id),
                comment.state.as_str(),
                comment.state == State::Shown,
                comment.at,
                &comment.name,
                &comment.network,
                &comment.text,
                replies[at],
                comment.held_why.as_deref(),
            ],
        );
    }
    write.step(
        "UPDATE discussion SET shown = shown + $1, held = held + $2 WHERE story_id = $3",
        args![shown, held, story],
    );
}
