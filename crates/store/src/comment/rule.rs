//! A ruling: the comment's state, its thread, the counts, the log, all in one transaction.

use crate::{
    Store, args,
    error::{Error, Result},
    job, log,
    write::Write,
};
use newsroom::{
    Millis,
    discussion::{Comment, CommentId, Reason, Ruling, State},
    touch::Touch,
};

/// What a ruling did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    Done(State),
    /// It was in that state already; nothing was changed.
    Already(State),
}

/// Threads are unlisted or listed again upwards at most so far.
const MOST_LEVELS: usize = 64;

fn state_of(ruling: Ruling) -> State {
    match ruling {
        Ruling::Show => State::Shown,
        Ruling::Remove => State::Removed,
        Ruling::Hold => State::Held,
    }
}

impl Store {
    /// [`Error::Taken`] when another moderator ruled on it at the same time.
    pub async fn rule(
        &self,
        id: CommentId,
        ruling: Ruling,
        reason: Option<Reason>,
        note: &str,
        who: &str,
        now: Millis,
    ) -> Result<Decided> {
        let comment = self.comment(id).await?.ok_or(Error::Gone("comment"))?;
        let state = state_of(ruling);
        let reason = reason.filter(|_| state == State::Removed);
        if comment.state == state && comment.reason == reason {
            return Ok(Decided::Already(state));
        }
        let mut write = Write::new();
        let stub = state != State::Shown && self.has_listed_replies(id).await?;
        write.unless_taken(
            "UPDATE comment SET state = $1, listed = $2, reason = $3 WHERE id = $4 AND state = $5",
            args![
                state.as_str(),
                state == State::Shown || stub,
                reason.map(Reason::code),
                id,
                comment.state.as_str()
            ],
            "ruling",
        );
        count(&mut write, &comment, state);
        self.list_parents(&mut write, &comment, state == State::Shown || stub).await?;
        write.step(
            "INSERT INTO ruling (comment_id, at, staff, ruling, reason, note) VALUES ($1, $2, $3, $4, $5, $6)",
            args![id, now, who, ruling.as_str(), reason.map(Reason::code), note],
        );
        write.and(log::entry(now, who, ruling.as_str(), &format!("comment {id}")));
        write.and(job::index_comments(&[id], now));
        write.touch([Touch::Discussion(comment.story), Touch::Comment(id)]);
        self.commit(write).await?;
        Ok(Decided::Done(state))
    }

    async fn has_listed_replies(&self, id: CommentId) -> Result<bool> {
        let one = self
            .one("SELECT id FROM comment WHERE parent_id = $1 AND listed = 1 LIMIT 1", &args![id], |row| {
                row.int(0)
            })
            .await?;
        Ok(one.is_some())
    }

    /// Removed and held comments stay as stubs as long as something stands under them.
    async fn list_parents(&self, write: &mut Write, comment: &Comment, listed: bool) -> Result<()> {
        let mut child = comment.id;
        let mut parent = comment.parent;
        for _ in 0..MOST_LEVELS {
            let Some(id) = parent else { return Ok(()) };
            let Some(above) = self.comment(id).await? else { return Ok(()) };
            if above.state == State::Shown {
                return Ok(());
            }
            if !listed {
                let others = self
                    .one(
                        "SELECT id FROM comment WHERE parent_id = $1 AND listed = 1 AND id <> $2 LIMIT 1",
                        &args![id, child],
                        |row| row.int(0),
                    )
                    .await?;
                if others.is_some() {
                    return Ok(());
                }
            }
            write.step("UPDATE comment SET listed = $1 WHERE id = $2", args![listed, id]);
            (child, parent) = (id, above.parent);
        }
        Ok(())
    }
}

fn count(write: &mut Write, comment: &Comment, state: State) {
    let change = |of: State| i64::from(state == of) - i64::from(comment.state == of);
    write.step(
        "UPDATE discussion SET shown = shown + $1, held = held + $2, removed = removed + $3 WHERE story_id = $4",
        args![change(State::Shown), change(State::Held), change(State::Removed), comment.story],
    );
    if comment.parent.is_some() {
        write.step(
            "UPDATE comment SET replies = replies + $1 WHERE id = $2",
            args![change(State::Shown), comment.root],
        );
    }
}
