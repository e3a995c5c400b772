//! A ruling taken back, with all that it had decided.

use super::{
    rule::{Act, Becomes},
    settle,
};
use crate::{
    Store, args,
    error::{Error, Result},
};
use newsroom::{
    Millis,
    discussion::{
        CommentId, Reason, Ruling, State,
        in_force::{AppealThen, appeal_then},
        ruling::{UNDO, UNDO_WARN},
    },
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    Done(State),
    /// The same person took it back before; nothing was changed.
    Already,
}

impl Store {
    /// Takes back somebody's latest ruling on a comment; `seen` is the latest that they have seen there.
    /// [`Error::Gone`] where there is none to take back, [`Error::Taken`] where it is another's or was not seen.
    pub async fn undo_ruling(
        &self,
        id: CommentId,
        who: &str,
        seen: Option<i64>,
        now: Millis,
    ) -> Result<Undone> {
        match self.take_back(id, who, seen, now).await {
            // Of two presses at once the other was quicker.
            Err(Error::Taken(_)) if self.is_taken_back(id, who).await? => Ok(Undone::Already),
            other => other,
        }
    }

    async fn take_back(&self, id: CommentId, who: &str, seen: Option<i64>, now: Millis) -> Result<Undone> {
        let comment = self.comment(id).await?.ok_or(Error::Gone("comment"))?;
        // What its writer took back, or had erased, nobody brings back.
        if comment.state == State::Withdrawn {
            return Err(Error::Gone("comment"));
        }
        let rulings = self.rulings_of(id).await?;
        let last = rulings.last().ok_or(Error::Gone("ruling"))?;
        if last.who != who {
            return Err(Error::Taken("ruling"));
        }
        if last.takes_back() {
            return Ok(Undone::Already);
        }
        if seen.is_some_and(|seen| seen != last.id) {
            return Err(Error::Taken("ruling"));
        }
        let was = self
            .one("SELECT was, was_reason FROM ruling WHERE id = $1", &args![last.id], |row| {
                let reason = row.opt_text(1)?.and_then(|code| Reason::parse(&code));
                Ok((row.opt_text(0)?.and_then(|word| State::parse(&word)), reason))
            })
            .await?;
        let Some((Some(state), reason)) = was else { return Err(Error::Gone("ruling")) };
        let word = if last.is(Ruling::Warn) { UNDO_WARN } else { UNDO };
        // Of two nodes' clocks one is behind: it is told after what it takes back.
        let now = now.max(last.at);
        let becomes = Becomes { state, reason, text: last.before.as_deref(), word };
        let act = Act { who, note: "", seen: Some(last.id), now };
        let mut write = self.carry_out(&comment, &becomes, &act).await?;
        // First the appeal that is open now: the one that this ruling had decided waits again as it did.
        match appeal_then(&rulings, comment.state, comment.reason) {
            AppealThen::Untouched => {}
            AppealThen::Upheld => settle::uphold(&mut write, id, who, now),
            AppealThen::Against(cut) => settle::turn_appeal(&mut write, id, &cut.who),
        }
        settle::unsettle(&mut write, id, last.id);
        self.commit(write).await?;
        Ok(Undone::Done(state))
    }

    /// Whether the latest that was done about a comment is that this person took a ruling back.
    pub async fn is_taken_back(&self, id: CommentId, who: &str) -> Result<bool> {
        let rulings = self.rulings_of(id).await?;
        Ok(rulings.last().is_some_and(|last| last.who == who && last.takes_back()))
    }

    /// The comments on which somebody ruled last, since `since`, at one stroke, and nobody after: they can be
    /// taken back. At most `most`. With `of`, the stroke that met this comment last.
    pub async fn last_ruled_by(
        &self,
        who: &str,
        of: Option<CommentId>,
        since: Millis,
        most: u32,
    ) -> Result<Vec<CommentId>> {
        let last = match of {
            None => {
                let sql = "SELECT r.at FROM ruling r WHERE r.staff = $1 AND r.at > $2 AND r.was IS NOT NULL \
                           AND NOT EXISTS (SELECT 1 FROM ruling n WHERE n.comment_id = r.comment_id AND n.id > r.id) \
                           ORDER BY r.id DESC LIMIT 1";
                self.one(sql, &args![who, since], |row| row.moment(0)).await?
            }
            Some(of) => {
                let sql = "SELECT r.at FROM ruling r WHERE r.comment_id = $1 AND r.staff = $2 AND r.at > $3 \
                           AND r.was IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ruling n \
                           WHERE n.comment_id = r.comment_id AND n.id > r.id) LIMIT 1";
                self.one(sql, &args![of, who, since], |row| row.moment(0)).await?
            }
        };
        let Some(at) = last else { return Ok(vec![]) };
        self.all(
            "SELECT r.comment_id FROM ruling r WHERE r.at = $1 AND r.staff = $2 AND r.was IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM ruling n WHERE n.comment_id = r.comment_id AND n.id > r.id) \
             ORDER BY r.id LIMIT $3",
            &args![at, who, most],
            |row| row.int(0),
        )
        .await
    }
}
