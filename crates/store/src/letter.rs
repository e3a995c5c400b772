//! Letters: what each is about, to whom, and what became of it. A letter's text is made when it is sent.

use crate::{
    Store, args,
    error::{Error, Result},
    value::Row,
    write::Write,
};
use newsroom::{Millis, mail};

/// What kind of letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Asks whether letters are wanted. `about`: the subscription.
    Confirm,
    /// Somebody answered, or spoke under a story that is followed. `about`: the comment.
    Comment,
    /// All of a day in one. `about`: the subscription by which the address is known.
    Digest,
    /// A moderator took something from a comment. `about`: the comment.
    Ruling,
    /// An appeal was decided. `about`: the comment.
    Appeal,
    /// A report was decided. `about`: the report.
    Report,
    /// What waits for a moderator. `about`: the person.
    Queue,
    /// The way into an account. `about`: the knock.
    SignIn,
}

impl Kind {
    const ALL: [Kind; 8] = [
        Kind::Confirm,
        Kind::Comment,
        Kind::Digest,
        Kind::Ruling,
        Kind::Appeal,
        Kind::Report,
        Kind::Queue,
        Kind::SignIn,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Confirm => "confirm",
            Kind::Comment => "comment",
            Kind::Digest => "digest",
            Kind::Ruling => "ruling",
            Kind::Appeal => "appeal",
            Kind::Report => "report",
            Kind::Queue => "queue",
            Kind::SignIn => "sign-in",
        }
    }

    pub fn parse(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|k| k.as_str() == word)
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Queued,
    Sent,
    Failed,
    /// Not wanted any more when its turn came.
    Dropped,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Sent => "sent",
            State::Failed => "failed",
            State::Dropped => "dropped",
        }
    }

    pub fn parse(word: &str) -> Option<State> {
        [State::Queued, State::Sent, State::Failed, State::Dropped].into_iter().find(|s| s.as_str() == word)
    }
}

pub struct NewLetter<'a> {
    /// The same cause gives the same key.
    pub key: &'a str,
    pub kind: Kind,
    pub recipient: &'a str,
    pub subscription: Option<i64>,
    pub about: i64,
    /// When it is sent.
    pub at: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub id: i64,
    pub key: String,
    pub kind: Kind,
    /// Empty once it is sent or given up.
    pub recipient: String,
    pub mask: String,
    pub subscription: Option<i64>,
    pub about: i64,
    pub state: State,
    pub at: Millis,
    pub changed_at: Millis,
    pub tries: u32,
    pub error: String,
}

macro_rules! letters {
    ($rest:literal) => {
        concat!(
            "SELECT id, key, kind, recipient, mask, subscription_id, about, state, at, changed_at, tries, error \
             FROM letter ",
            $rest
        )
    };
}

fn letter(row: &Row<'_>) -> Result<Letter> {
    Ok(Letter {
        id: row.int(0)?,
        key: row.text(1)?,
        kind: row.word(2, Kind::parse)?,
        recipient: row.text(3)?,
        mask: row.text(4)?,
        subscription: row.opt_int(5)?,
        about: row.int(6)?,
        state: row.word(7, State::parse)?,
        at: row.moment(8)?,
        changed_at: row.moment(9)?,
        tries: row.count(10)?,
        error: row.text(11)?,
    })
}

/// Job and letter, or neither where the key is known.
pub(crate) fn leave(new: &NewLetter<'_>) -> Write {
    let mut write = Write::new();
    write.unless_taken(
        "INSERT INTO letter (key, kind, recipient, mask, subscription_id, about, state, at, changed_at, held_until, \
         tries, error) VALUES ($1, $2, $3, $4, $5, $6, 'queued', $7, $7, 0, 0, '') ON CONFLICT (key) DO NOTHING",
        args![
            new.key,
            new.kind.as_str(),
            new.recipient,
            mail::mask(new.recipient),
            new.subscription,
            new.about,
            new.at
        ],
        "letter",
    );
    write.step(
        "INSERT INTO job (kind, args, run_at, attempts) SELECT 'letter', CAST(l.id AS TEXT), $1, 0 FROM letter l \
         WHERE l.key = $2",
        args![new.at, new.key],
    );
    write
}

/// Where the key is known, what was to be done is done.
fn once(done: Result<crate::write::Outcome>) -> Result<()> {
    match done {
        Ok(_) | Err(Error::Taken("letter")) => Ok(()),
        Err(e) => Err(e),
    }
}

impl Store {
    /// Leaves a letter to be sent; the same key twice is one letter.
    pub async fn add_letter(&self, new: &NewLetter<'_>) -> Result<()> {
        once(self.commit(leave(new)).await)
    }

    /// The same, and notes that the subscription was asked.
    pub async fn ask_to_confirm(&self, new: &NewLetter<'_>, id: i64, now: Millis) -> Result<()> {
        let mut write = leave(new);
        write.step("UPDATE subscription SET asked_at = $1 WHERE id = $2", args![now, id]);
        once(self.commit(write).await)
    }

    /// A line for the day's letter of an address, and that letter.
    pub async fn add_digest_line(&self, new: &NewLetter<'_>, comment: i64, now: Millis) -> Result<()> {
        let mut line = Write::new();
        line.step(
            "INSERT INTO digest_line (subscription_id, comment_id, at) VALUES ($1, $2, $3) \
             ON CONFLICT (subscription_id, comment_id) DO NOTHING",
            args![new.subscription, comment, now],
        );
        self.commit(line).await?;
        self.add_letter(new).await
    }

    /// What the day's letter of the address of this subscription tells: its subscription and comment each.
    pub async fn digest_lines(&self, email: &str, most: u32) -> Result<Vec<(i64, i64)>> {
        self.all(
            "SELECT d.subscription_id, d.comment_id FROM digest_line d \
             JOIN subscription s ON s.id = d.subscription_id \
             WHERE s.email = $1 AND s.confirmed_at IS NOT NULL AND s.ended_at IS NULL \
             ORDER BY d.comment_id LIMIT $2",
            &args![email, most],
            |row| Ok((row.int(0)?, row.int(1)?)),
        )
        .await
    }

    /// They were told of.
    pub async fn forget_digest_lines(&self, lines: &[(i64, i64)]) -> Result<()> {
        let mut write = Write::new();
        for (subscription, comment) in lines {
            write.step(
                "DELETE FROM digest_line WHERE subscription_id = $1 AND comment_id = $2",
                args![*subscription, *comment],
            );
        }
        self.commit(write).await.map(|_| ())
    }

    pub async fn letter(&self, id: i64) -> Result<Option<Letter>> {
        self.one(letters!("WHERE id = $1"), &args![id], letter).await
    }

    /// Takes a letter for sending until `until`; `false` where it is sent, given up, or in another's hands.
    pub async fn take_letter(&self, id: i64, now: Millis, until: Millis) -> Result<bool> {
        let mut write = Write::new();
        write.step(
            "UPDATE letter SET held_until = $1, tries = tries + 1 WHERE id = $2 AND state = 'queued' \
             AND held_until <= $3",
            args![until, id, now],
        );
        Ok(self.commit(write).await?.rows.first().is_some_and(|rows| *rows > 0))
    }

    /// What became of a letter that was taken; `error` in the server's words, without addresses. Only one
    /// that is still queued keeps its recipient.
    pub async fn put_letter(&self, id: i64, state: State, error: &str, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step(
            "UPDATE letter SET state = $1, error = $2, changed_at = $3, held_until = 0, \
             recipient = CASE WHEN $1 = 'queued' THEN recipient ELSE '' END WHERE id = $4",
            args![state.as_str(), error, now, id],
        );
        self.commit(write).await.map(|_| ())
    }

    /// The latest first; `before` is a letter's number.
    pub async fn list_letters(&self, before: Option<i64>, most: u32) -> Result<Vec<Letter>> {
        self.all(
            letters!("WHERE id < $1 ORDER BY id DESC LIMIT $2"),
            &args![before.unwrap_or(i64::MAX), most],
            letter,
        )
        .await
    }

    /// Forgets letters and deliveries of before `before`, whatever became of them.
    pub async fn sweep_letters(&self, before: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step("DELETE FROM letter WHERE at < $1", args![before]);
        write.step("DELETE FROM delivery WHERE at < $1", args![before]);
        write.step("DELETE FROM digest_line WHERE at < $1", args![before]);
        self.commit(write).await.map(|_| ())
    }
}
