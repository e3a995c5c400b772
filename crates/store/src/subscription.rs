//! Who wants letters about what. An address gets no letter but the one that asks, until it has said yes.

use crate::{
    Store, args,
    error::Result,
    job::{self, Task},
    value::Row,
    write::Write,
};
use newsroom::{Millis, clock::DAY, discussion::Voucher, touch::Touch};

/// What letters are wanted about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What moderators decide about one's own comment.
    Fate,
    /// The same, and answers to it.
    Answers,
    /// All that is said under a story.
    Thread,
    /// What becomes of a report.
    Report,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Fate => "fate",
            Kind::Answers => "answers",
            Kind::Thread => "thread",
            Kind::Report => "report",
        }
    }

    pub fn parse(word: &str) -> Option<Kind> {
        [Kind::Fate, Kind::Answers, Kind::Thread, Kind::Report].into_iter().find(|k| k.as_str() == word)
    }
}

/// An address and what it wants, to be written with its cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    pub kind: Kind,
    /// As [`newsroom::mail::address`] gives it.
    pub email: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    pub id: i64,
    pub email: String,
    pub kind: Kind,
    /// A comment, story or report.
    pub of: i64,
    pub at: Millis,
    pub confirmed: bool,
    pub ended: bool,
}

/// One that nobody confirmed is forgotten after so long, in milliseconds.
pub const UNCONFIRMED: i64 = 7 * DAY;
/// Addresses asked in one day for one address, at most: nobody's letter box is filled by a stranger.
const MOST_ASKED: u32 = 5;

macro_rules! subscriptions {
    ($rest:literal) => {
        concat!("SELECT id, email, kind, of_id, at, confirmed_at, ended_at FROM subscription ", $rest)
    };
}

fn subscription(row: &Row<'_>) -> Result<Subscription> {
    Ok(Subscription {
        id: row.int(0)?,
        email: row.text(1)?,
        kind: row.word(2, Kind::parse)?,
        of: row.int(3)?,
        at: row.moment(4)?,
        confirmed: row.opt_moment(5)?.is_some(),
        ended: row.opt_moment(6)?.is_some(),
    })
}

pub(crate) fn follow(follow: &Follow, of: i64, at: Millis) -> Write {
    let mut write = Write::new();
    write.step(
        "INSERT INTO subscription (email, kind, of_id, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (kind, of_id, email) WHERE ended_at IS NULL DO NOTHING",
        args![&follow.email, follow.kind.as_str(), of, at],
    );
    write
}

/// The reporter's own, of the report that the same write adds.
pub(crate) fn follow_report(email: &str, comment: i64, reporter: &str, at: Millis) -> Write {
    let mut write = Write::new();
    write.step(
        "INSERT INTO subscription (email, kind, of_id, at) SELECT $1, 'report', r.id, $2 FROM report r \
         WHERE r.comment_id = $3 AND r.reporter = $4",
        args![email, at, comment, reporter],
    );
    write.and(job::leave(&Task::AskToConfirm, at));
    write
}

impl Store {
    /// To the letters about a story's discussion; asked for twice is once.
    pub async fn follow_story(&self, story: i64, email: &str, now: Millis) -> Result<()> {
        let mut write = follow(&Follow { kind: Kind::Thread, email: email.to_owned() }, story, now);
        write.and(job::leave(&Task::AskToConfirm, now));
        self.commit(write).await.map(|_| ())
    }

    pub async fn subscription(&self, id: i64) -> Result<Option<Subscription>> {
        self.one(subscriptions!("WHERE id = $1"), &args![id], subscription).await
    }

    /// Those that were not asked yet, the oldest first.
    pub async fn unasked(&self, most: u32) -> Result<Vec<Subscription>> {
        self.all(subscriptions!("WHERE asked_at IS NULL ORDER BY id LIMIT $1"), &args![most], subscription)
            .await
    }

    /// Whether this address was asked often enough today.
    pub async fn asked_enough(&self, email: &str, now: Millis) -> Result<bool> {
        let asked = self
            .one(
                "SELECT count(*) FROM subscription WHERE email = $1 AND at > $2 AND asked_at IS NOT NULL \
                 AND confirmed_at IS NULL",
                &args![email, now.plus(-DAY)],
                |row| row.count(0),
            )
            .await?;
        Ok(asked.unwrap_or(0) >= MOST_ASKED)
    }

    /// Not to be asked: letters are off, or the address was asked too often.
    pub async fn forget_subscription(&self, id: i64) -> Result<()> {
        let mut write = Write::new();
        write.step("DELETE FROM subscription WHERE id = $1 AND confirmed_at IS NULL", args![id]);
        self.commit(write).await.map(|_| ())
    }

    /// Says yes to the one made `at` that moment. Twice is once; [`crate::Error::Gone`] where it is ended or was
    /// never there.
    pub async fn confirm_subscription(&self, id: i64, at: Millis, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.must(
            "UPDATE subscription SET confirmed_at = COALESCE(confirmed_at, $1) WHERE id = $2 AND at = $3 \
             AND ended_at IS NULL",
            args![now, id, at],
            "subscription",
        );
        write.and(job::leave(&Task::CatchUp(id), now));
        // Whoever reads the letters of the address given with a comment wrote it, or says so.
        let comment = self
            .one(
                "SELECT c.id, c.story_id FROM subscription s JOIN comment c ON c.id = s.of_id \
                 WHERE s.id = $1 AND s.kind IN ('fate', 'answers')",
                &args![id],
                |row| Ok((row.int(0)?, row.int(1)?)),
            )
            .await?;
        if let Some((comment, story)) = comment {
            write.step(
                "UPDATE comment SET vouched = $1 WHERE id = $2 AND vouched IS NULL",
                args![Voucher::Mail.as_str(), comment],
            );
            write.touch([Touch::Discussion(story), Touch::Comment(comment)]);
        }
        self.commit(write).await.map(|_| ())
    }

    /// Addresses given with a comment, and whether each has said yes.
    pub async fn addresses_of(&self, comment: i64) -> Result<Vec<(String, bool)>> {
        self.all(
            "SELECT email, confirmed_at FROM subscription WHERE kind IN ('fate', 'answers') AND of_id = $1 \
             AND ended_at IS NULL ORDER BY id",
            &args![comment],
            |row| Ok((row.text(0)?, row.opt_moment(1)?.is_some())),
        )
        .await
    }

    /// No more letters of the one made `at` that moment. Twice is once, and one that is not there is ended.
    pub async fn end_subscription(&self, id: i64, at: Millis, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step(
            "UPDATE subscription SET ended_at = $1 WHERE id = $2 AND at = $3 AND ended_at IS NULL",
            args![now, id, at],
        );
        write.step(
            "DELETE FROM digest_line WHERE subscription_id = \
             (SELECT s.id FROM subscription s WHERE s.id = $1 AND s.at = $2)",
            args![id, at],
        );
        self.commit(write).await.map(|_| ())
    }

    /// No more letters to the address of this one, whatever about.
    pub async fn end_all_subscriptions(&self, id: i64, at: Millis, now: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step(
            "UPDATE subscription SET ended_at = $1 WHERE ended_at IS NULL \
             AND email = (SELECT s.email FROM subscription s WHERE s.id = $2 AND s.at = $3)",
            args![now, id, at],
        );
        self.commit(write).await.map(|_| ())
    }

    /// Confirmed and not ended, of one thing; a page of them, by number.
    pub async fn followers(&self, kind: Kind, of: i64, after: i64, most: u32) -> Result<Vec<Subscription>> {
        self.all(
            subscriptions!(
                "WHERE kind = $1 AND of_id = $2 AND confirmed_at IS NOT NULL AND ended_at IS NULL AND id > $3 \
                 ORDER BY id LIMIT $4"
            ),
            &args![kind.as_str(), of, after, most],
            subscription,
        )
        .await
    }

    /// The addresses given with a comment, confirmed or not.
    pub async fn addresses_of_writer(&self, comment: i64) -> Result<Vec<String>> {
        self.all(
            "SELECT email FROM subscription WHERE kind IN ('fate', 'answers') AND of_id = $1 AND ended_at IS NULL",
            &args![comment],
            |row| row.text(0),
        )
        .await
    }

    /// The reporters of a comment whose report is decided: each subscription with the moment.
    pub async fn decided_reporters(&self, comment: i64) -> Result<Vec<Subscription>> {
        self.all(
            "SELECT s.id, s.email, s.kind, s.of_id, s.at, s.confirmed_at, s.ended_at FROM report r \
             JOIN subscription s ON s.kind = 'report' AND s.of_id = r.id \
             WHERE r.comment_id = $1 AND r.decided_at IS NOT NULL AND s.confirmed_at IS NOT NULL \
             AND s.ended_at IS NULL ORDER BY s.id LIMIT 1000",
            &args![comment],
            subscription,
        )
        .await
    }

    /// Forgets what nobody confirmed, and what was ended before `before`.
    pub async fn sweep_subscriptions(&self, now: Millis, before: Millis) -> Result<()> {
        let mut write = Write::new();
        write.step(
            "DELETE FROM subscription WHERE confirmed_at IS NULL AND at < $1",
            args![now.plus(-UNCONFIRMED)],
        );
        write.step("DELETE FROM subscription WHERE ended_at < $1", args![before]);
        self.commit(write).await.map(|_| ())
    }
}
