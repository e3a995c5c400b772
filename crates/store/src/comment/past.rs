//! What was said of late and what became of it: for whoever tries another rule on it.

use crate::{Store, args, error::Result, site::own_policy};
use newsroom::{
    Millis,
    discussion::{Mode, OwnPolicy, State},
    story::Status,
};

/// A comment of the past, as the rule met it.
#[derive(Clone, Debug, PartialEq)]
pub struct PastComment {
    pub name: String,
    /// As it was written, also where a passage was cut since.
    pub text: String,
    pub at: Millis,
    pub staff: bool,
    pub answers: bool,
    /// Its story now.
    pub status: Status,
    pub published_at: Millis,
    pub mode: Mode,
    /// What the site of its page has set.
    pub own: OwnPolicy,
    /// Earlier comments of this name and network that are shown now, counted up to [`KNOWN`].
    pub shown_before: u32,
    /// When this name and network had last written under this story.
    pub last_here: Option<Millis>,
    pub fate: Fate,
}

/// What the moderators made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Shown by them, or shown and let stand.
    Stands,
    /// Removed, or a passage cut.
    Removed,
    /// Waits still.
    Waits,
}

/// Earlier comments of a writer that are counted: as many as `discussion.first_held` may ask for.
pub const KNOWN: u32 = 100;
/// Comments that are looked through, the latest: so that nothing here grows with the archive.
const LOOKED_THROUGH: u32 = 20_000;
/// And at a time: others are served between.
const AT_A_TIME: u32 = 250;

const PAST: &str = "SELECT c.id, s.section, c.name, COALESCE((SELECT r.was_text FROM ruling r WHERE r.comment_id = c.id AND r.was_text IS NOT NULL \
     ORDER BY r.id LIMIT 1), c.text), c.at, c.staff, c.parent_id, s.status, s.published_at, COALESCE(d.mode, 'open'), c.state, \
     (SELECT r.ruling FROM ruling r WHERE r.comment_id = c.id AND r.ruling NOT IN ('warn', 'undo-warn') \
     ORDER BY r.id DESC LIMIT 1), \
     (SELECT count(*) FROM (SELECT e.id FROM comment e WHERE e.name = c.name AND e.network = c.network AND e.id < c.id \
     AND e.state = 'shown' ORDER BY e.id DESC LIMIT $1) AS known), \
     (SELECT MAX(e.at) FROM (SELECT f.at, f.story_id FROM comment f WHERE f.name = c.name AND f.network = c.network \
     AND f.id < c.id ORDER BY f.id DESC LIMIT $1) AS e WHERE e.story_id = c.story_id), \
     t.hold_at, t.closes_after_days, t.first_held \
     FROM comment c JOIN story s ON s.id = c.story_id LEFT JOIN discussion d ON d.story_id = s.id \
     LEFT JOIN outside o ON o.story_id = s.id LEFT JOIN site t ON t.key = o.site_key \
     WHERE c.id < $2 ORDER BY c.id DESC LIMIT $3";

/// One row: its number, its section, and what is asked for where it has words still.
type Row = (i64, String, Option<PastComment>);

impl Store {
    /// The latest `most` comments since `since`, in the order of time; of one section where one is named.
    pub async fn past_comments(&self, since: Millis, section: &str, most: u32) -> Result<Vec<PastComment>> {
        let (mut past, mut before, most) = (Vec::new(), i64::MAX, most as usize);
        for _ in 0..LOOKED_THROUGH / AT_A_TIME {
            let rows: Vec<Row> = self.all(PAST, &args![KNOWN, before, AT_A_TIME], row).await?;
            let last = rows.len() < AT_A_TIME as usize;
            before = rows.last().map_or(before, |row| row.0);
            let here = rows.into_iter().filter(|row| section.is_empty() || row.1 == section);
            past.extend(here.filter_map(|row| row.2).filter(|past| past.at >= since));
            if last || past.len() >= most {
                break;
            }
            tokio::task::yield_now().await;
        }
        past.truncate(most);
        past.reverse();
        Ok(past)
    }
}

fn row(row: &crate::value::Row<'_>) -> Result<Row> {
    let state = row.word(10, State::parse)?;
    let cut = row.opt_text(11)?.is_some_and(|word| word == "cut");
    let text = row.text(3)?;
    let known = !text.is_empty() && state != State::Withdrawn;
    let past = PastComment {
        name: row.text(2)?,
        text,
        at: row.moment(4)?,
        staff: row.flag(5)?,
        answers: row.opt_int(6)?.is_some(),
        status: row.word(7, Status::parse)?,
        published_at: row.opt_moment(8)?.unwrap_or_default(),
        mode: row.word(9, Mode::parse)?,
        own: own_policy(row, 14)?,
        shown_before: row.count(12)?,
        last_here: row.opt_moment(13)?,
        fate: match state {
            State::Held => Fate::Waits,
            State::Shown if !cut => Fate::Stands,
            State::Shown | State::Removed | State::Withdrawn => Fate::Removed,
        },
    };
    Ok((row.int(0)?, row.text(1)?, known.then_some(past)))
}
