//! A ruling: the comment's state, its thread, the counts, the log, all in one transaction.

use super::{looking::looked, settle, turn::in_turn};
use crate::{
    Store, args,
    error::{Error, Result},
    job, log,
    write::Write,
};
use newsroom::{
    Millis,
    discussion::{
        Comment, CommentId, PastRuling, Reason, Ruling, State,
        cut::cut,
        in_force,
        ruling::{UNDO, UNDO_WARN},
    },
    event::Event,
    story::StoryId,
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

/// A decision to be written.
pub struct Decision<'a> {
    pub comment: CommentId,
    pub ruling: Ruling,
    pub reason: Option<Reason>,
    /// What [`Ruling::Cut`] takes out, as it stands in the text.
    pub passage: &'a str,
    pub note: &'a str,
    /// A person, or a part of the paper: `readers' reports`.
    pub who: &'a str,
    /// The latest ruling that whoever decides has seen, 0 for none; `None` decides unseen.
    pub seen: Option<i64>,
    pub now: Millis,
}

/// A comment that was shown or removed by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuledText {
    pub name: String,
    pub text: String,
    pub removed: bool,
}

/// What the comment is after a decision.
pub(super) struct Becomes<'a> {
    pub state: State,
    pub reason: Option<Reason>,
    pub text: Option<&'a str>,
    pub word: &'a str,
}

/// Somebody's deciding, or taking back.
pub(super) struct Act<'a> {
    pub who: &'a str,
    pub note: &'a str,
    /// As in [`Decision`].
    pub seen: Option<i64>,
    pub now: Millis,
}

fn event_of(becomes: &Becomes<'_>) -> Event {
    match becomes.state {
        State::Shown if becomes.word == Ruling::Cut.as_str() => Event::CommentCut,
        State::Shown => Event::CommentShown,
        State::Held => Event::CommentHeld,
        State::Removed | State::Withdrawn => Event::CommentRemoved,
    }
}

fn state_of(ruling: Ruling, was: State) -> State {
    match ruling {
        Ruling::Show | Ruling::Cut => State::Shown,
        Ruling::Remove => State::Removed,
        Ruling::Hold => State::Held,
        Ruling::Warn => was,
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
        let decision = Decision { comment: id, ruling, reason, passage: "", note, who, seen: None, now };
        self.decide(&decision).await
    }

    /// [`Error::Taken`] when there is a ruling that was not seen, or the passage to be cut is not there.
    pub async fn decide(&self, decision: &Decision<'_>) -> Result<Decided> {
        let comment = self.comment(decision.comment).await?.ok_or(Error::Gone("comment"))?;
        // What its writer took back nobody brings back.
        if comment.state == State::Withdrawn {
            return Err(Error::Gone("comment"));
        }
        let state = state_of(decision.ruling, comment.state);
        let rulings = self.rulings_of(comment.id).await?;
        let force = in_force(&rulings);
        let text = match decision.ruling {
            Ruling::Cut => Some(cut(&comment.text, decision.passage).ok_or(Error::Taken("passage"))?),
            // Whoever shows what is appealed against brings the whole text back.
            Ruling::Show if self.is_appealed(comment.id).await? => {
                force.whole(comment.state).map(str::to_owned)
            }
            _ => None,
        };
        let reason = match decision.ruling {
            Ruling::Remove | Ruling::Cut => decision.reason,
            Ruling::Show if text.is_some() => None,
            // What was cut stays cut when it is held or shown again, with its reason.
            Ruling::Show | Ruling::Hold => {
                force.cut_for().or(comment.reason.filter(|_| comment.state != State::Removed))
            }
            Ruling::Warn => comment.reason,
        };
        let same = comment.state == state
            && comment.reason == reason
            && text.is_none()
            && decision.note.is_empty()
            && decision.ruling != Ruling::Warn;
        // What is held again settles nothing.
        if same && !(decision.ruling.decides() && self.is_undecided(comment.id).await?) {
            return Ok(Decided::Already(state));
        }
        let becomes = Becomes { state, reason, text: text.as_deref(), word: decision.ruling.as_str() };
        let &Decision { who, note, seen, now, .. } = decision;
        let mut write = self.carry_out(&comment, &becomes, &Act { who, note, seen, now }).await?;
        if decision.ruling.decides() {
            settle::settle(&mut write, &comment, &becomes, decision);
        } else if decision.ruling == Ruling::Warn && state == State::Shown {
            settle::settle_reports(&mut write, &comment, decision);
            write.and(job::leave(&job::Task::TellReporters(comment.id), now));
            write.and(job::tell(Event::ReportDecided, &[comment.id], now));
        }
        self.commit(write).await?;
        Ok(Decided::Done(state))
    }

    /// The comment, its thread, the counts, the ruling and the log.
    pub(super) async fn carry_out(
        &self,
        comment: &Comment,
        becomes: &Becomes<'_>,
        act: &Act<'_>,
    ) -> Result<Write> {
        let &Act { who, note, seen, now } = act;
        let id = comment.id;
        let state = becomes.state;
        let mut write = Write::new();
        let stub = state != State::Shown && self.has_listed_replies(id).await?;
        let listed = state == State::Shown || stub;
        let reason = becomes.reason.as_ref().map(Reason::code);
        in_turn(&mut write, comment);
        // The text is compared too: its writer may be changing it.
        write.unless_taken(
            "UPDATE comment SET state = $1, listed = $2, reason = $3, text = $4, unread = 0 WHERE id = $5 AND state = $6 \
             AND text = $7 AND ($8 < 0 OR $8 = (SELECT COALESCE(MAX(r.id), 0) FROM ruling r WHERE r.comment_id = $5))",
            args![
                state.as_str(),
                listed,
                reason,
                becomes.text.unwrap_or(&comment.text),
                id,
                comment.state.as_str(),
                &comment.text,
                seen.unwrap_or(-1)
            ],
            "ruling",
        );
        count(&mut write, comment, state);
        self.list_parents(&mut write, comment, listed).await?;
        let undone = [UNDO, UNDO_WARN].contains(&becomes.word);
        write.step(
            "INSERT INTO ruling (comment_id, at, staff, ruling, reason, note, was, was_reason, was_text, story_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            args![
                id,
                now,
                who,
                becomes.word,
                reason,
                note,
                // An undoing is not undone: the moderator rules anew.
                (!undone).then(|| comment.state.as_str()),
                comment.reason.as_ref().map(Reason::code).filter(|_| !undone),
                becomes.text.is_some_and(|_| !undone).then_some(comment.text.as_str()),
                comment.story
            ],
        );
        write.and(looked(id, who));
        write.and(log::entry(now, who, becomes.word, &format!("comment {id}")));
        write.and(job::index_comments(&[id], now));
        // A warning changes nothing that others see, and neither does taking it back.
        if ![Ruling::Warn.as_str(), UNDO_WARN].contains(&becomes.word) {
            write.and(job::tell(event_of(becomes), &[id], now));
        }
        write.touch([Touch::Discussion(comment.story), Touch::Comment(id)]);
        Ok(write)
    }

    /// All that was ruled on a comment, the oldest first.
    pub async fn rulings_of(&self, id: CommentId) -> Result<Vec<PastRuling>> {
        self.all(
            "SELECT id, at, staff, ruling, reason, note, was_text FROM ruling WHERE comment_id = $1 ORDER BY id",
            &args![id],
            |row| {
                Ok(PastRuling {
                    id: row.int(0)?,
                    at: row.moment(1)?,
                    who: row.text(2)?,
                    ruling: row.text(3)?,
                    reason: row.opt_text(4)?.and_then(|code| Reason::parse(&code)),
                    note: row.text(5)?,
                    before: row.opt_text(6)?,
                })
            },
        )
        .await
    }

    /// The latest rulings in a story's discussion, the newest first, each with its comment. A warning is
    /// between the moderators and the writer, and not among them.
    pub async fn rulings_under(&self, story: StoryId, most: u32) -> Result<Vec<(CommentId, PastRuling)>> {
        self.all(
            "SELECT comment_id, id, at, staff, ruling, reason FROM ruling WHERE story_id = $1 AND ruling NOT IN ('warn', 'undo-warn') \
             ORDER BY id DESC LIMIT $2",
            &args![story, most],
            |row| {
                let ruling = PastRuling {
                    id: row.int(1)?,
                    at: row.moment(2)?,
                    who: row.text(3)?,
                    ruling: row.text(4)?,
                    reason: row.opt_text(5)?.and_then(|code| Reason::parse(&code)),
                    note: String::new(),
                    before: None,
                };
                Ok((row.int(0)?, ruling))
            },
        )
        .await
    }

    /// Comments that people of the paper showed or removed since `since`, each by its latest ruling: the latest
    /// `most`, in the order of time.
    pub async fn ruled_texts(&self, since: Millis, most: u32) -> Result<Vec<RuledText>> {
        let mut ruled = self
            .all(
                "SELECT c.name, c.text, r.ruling FROM ruling r JOIN comment c ON c.id = r.comment_id \
                 WHERE r.at >= $1 AND r.ruling IN ('show', 'remove') AND c.text <> '' AND NOT EXISTS (SELECT 1 FROM ruling n \
                 WHERE n.comment_id = r.comment_id AND n.id > r.id \
                 AND n.ruling NOT IN ('warn', 'undo-warn')) ORDER BY r.id DESC LIMIT $2",
                &args![since, most],
                |row| {
                    Ok(RuledText { name: row.text(0)?, text: row.text(1)?, removed: row.text(2)? == "remove" })
                },
            )
            .await?;
        ruled.reverse();
        Ok(ruled)
    }

    async fn is_appealed(&self, id: CommentId) -> Result<bool> {
        let open = "SELECT id FROM appeal WHERE comment_id = $1 AND decided_at IS NULL LIMIT 1";
        Ok(self.one(open, &args![id], |row| row.int(0)).await?.is_some())
    }

    /// Whether reports, an appeal or a doubt wait for a ruling.
    async fn is_undecided(&self, id: CommentId) -> Result<bool> {
        let one = self
            .one(
                "SELECT comment_id FROM report WHERE comment_id = $1 AND decided_at IS NULL UNION ALL \
                 SELECT comment_id FROM appeal WHERE comment_id = $1 AND decided_at IS NULL UNION ALL \
                 SELECT comment_id FROM doubt WHERE comment_id = $1 AND decided_at IS NULL LIMIT 1",
                &args![id],
                |row| row.int(0),
            )
            .await?;
        Ok(one.is_some())
    }

    pub(super) async fn has_listed_replies(&self, id: CommentId) -> Result<bool> {
        let one = self
            .one("SELECT id FROM comment WHERE parent_id = $1 AND listed = 1 LIMIT 1", &args![id], |row| {
                row.int(0)
            })
            .await?;
        Ok(one.is_some())
    }

    /// Removed and held comments stay as stubs as long as something stands under them.
    pub(super) async fn list_parents(
        &self,
        write: &mut Write,
        comment: &Comment,
        listed: bool,
    ) -> Result<()> {
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

pub(super) fn count(write: &mut Write, comment: &Comment, state: State) {
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
