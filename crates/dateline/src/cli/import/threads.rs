//! Comments of one page of an archive, in any order, made into trees. The shape is worked out in the ledger, on disk
//! where it is large: one comment may have a million answers, or each of a million answer the one before, and neither
//! may cost more memory than ten.

use super::{ledger::Ledger, spool::Spot};
use newsroom::{Millis, discussion::State};
use rusqlite::{Row, params};
use std::{collections::VecDeque, io};

/// A comment without its words.
pub struct Seed {
    /// By which it is known again.
    pub digest: i64,
    /// Of what it answers.
    pub parent: Option<i64>,
    pub at: Millis,
    pub fate: Fate,
    pub spot: Spot,
}

#[derive(Clone, Copy)]
pub enum Fate {
    /// `bare`: removed, and without its text.
    New {
        state: State,
        bare: bool,
    },
    /// Brought earlier: its number, and its root's.
    Before {
        id: i64,
        root: i64,
    },
    Refused,
}

const NEW: i64 = 0;
const BEFORE: i64 = 1;
const REFUSED: i64 = 2;

/// Where one of them comes to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grown {
    pub digest: i64,
    pub id: i64,
    pub root: i64,
    pub parent: Option<i64>,
    /// Whether readers find it in its thread: shown, or something under it is.
    pub listed: bool,
    pub spot: Spot,
}

/// The page that is at hand: one for each ledger at a time.
pub struct Shape {
    seeds: usize,
    bare: usize,
    unlisted: usize,
}

impl Shape {
    pub fn new(ledger: &Ledger) -> io::Result<Shape> {
        ledger.set("DELETE FROM seed", [])?;
        ledger.set("DELETE FROM turn", [])?;
        Ok(Shape { seeds: 0, bare: 0, unlisted: 0 })
    }

    /// `false` where one of that digest is there.
    pub fn put(&mut self, ledger: &Ledger, seed: &Seed) -> io::Result<bool> {
        let (fate, bare, listed, known) = match seed.fate {
            Fate::New { state, bare } => (NEW, bare, state == State::Shown, None),
            Fate::Before { id, root } => (BEFORE, false, false, Some((id, root))),
            Fate::Refused => (REFUSED, false, false, None),
        };
        let (spot, length) = seed.spot;
        let (id, root) = known.unzip();
        let put = ledger.set(
            "INSERT INTO seed (digest, answers, at, fate, bare, listed, id, root, spot, length) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (digest) DO NOTHING",
            params![
                seed.digest,
                seed.parent,
                seed.at.0,
                fate,
                bare,
                listed,
                id,
                root,
                spot.cast_signed(),
                length
            ],
        )?;
        if put == 1 && fate == NEW {
            self.seeds += 1;
            self.bare += usize::from(bare);
            self.unlisted += usize::from(!listed);
        }
        Ok(put == 1)
    }

    /// Of what a new one may answer, the first that is here.
    pub fn answers(&self, ledger: &Ledger, digest: i64, any: impl Iterator<Item = i64>) -> io::Result<()> {
        for parent in any {
            let there = ledger.one("SELECT 1 FROM seed WHERE digest = ?1", [parent], |_| Ok(()))?;
            if there.is_some() {
                return ledger
                    .set("UPDATE seed SET answers = ?2 WHERE digest = ?1", (digest, parent))
                    .map(drop);
            }
        }
        Ok(())
    }

    /// New ones.
    pub fn seeds(&self) -> usize {
        self.seeds
    }

    /// Deleted ones often come without their text: one that is answered stays as a stub, the others go.
    pub fn drop_bare(&mut self, ledger: &Ledger) -> io::Result<usize> {
        if self.bare == 0 {
            return Ok(0);
        }
        let gone = ledger.set(
            "DELETE FROM seed WHERE bare = 1 AND digest NOT IN (SELECT answers FROM seed WHERE answers IS NOT NULL)",
            [],
        )?;
        self.seeds -= gone;
        Ok(gone)
    }

    /// All of them, each after what it answers, else in the order of time; numbered from `first` on in that order.
    pub fn grow(self, ledger: &Ledger, first: i64) -> io::Result<Walk> {
        let (early, loops) = break_rings(ledger)?;
        if self.unlisted > 0 {
            list_stubs(ledger)?;
        }
        ledger.set("INSERT INTO turn (n) SELECT n FROM seed WHERE fate = ?1 ORDER BY at, n", [NEW])?;
        Ok(Walk { rows: VecDeque::new(), turn: 0, next: first, early, down: None, missing: 0, loops })
    }
}

/// Each opens at the earliest of those who stand in it; the others keep what they answer. Whether any answers what
/// comes after it, and how many rings there were.
fn break_rings(ledger: &Ledger) -> io::Result<(bool, u64)> {
    // Only where somebody answers what comes after it can there be one.
    const EARLY: &str = "SELECT s.n FROM seed s JOIN seed p ON p.digest = s.answers WHERE s.n > ?1 AND s.fate = ?2 \
             AND p.fate = ?2 AND (p.at > s.at OR p.at = s.at AND p.n >= s.n) ORDER BY s.n LIMIT 1000";
    let (mut loops, mut after) = (0, 0i64);
    loop {
        let early: Vec<i64> = ledger.some(EARLY, (after, NEW), |row| row.get(0))?;
        let Some(last) = early.last() else { return Ok((after > 0, loops)) };
        after = *last;
        for n in early {
            if let Some(on_it) = meets_itself(ledger, n)? {
                open(ledger, on_it)?;
                loops += 1;
            }
        }
    }
}

/// Upwards from there, over none twice: one of a ring that the way leads into.
fn meets_itself(ledger: &Ledger, from: i64) -> io::Result<Option<i64>> {
    let mut at = from;
    loop {
        let step = ledger.one(
            "SELECT s.walked, p.n FROM seed s LEFT JOIN seed p ON p.digest = s.answers AND p.fate = ?2 \
                 WHERE s.n = ?1",
            (at, NEW),
            |row| Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?)),
        )?;
        match step {
            Some((Some(walk), _)) => return Ok((walk == from).then_some(at)),
            Some((None, above)) => {
                ledger.set("UPDATE seed SET walked = ?2 WHERE n = ?1", (at, from))?;
                match above {
                    Some(above) => at = above,
                    None => return Ok(None),
                }
            }
            None => return Ok(None),
        }
    }
}

fn open(ledger: &Ledger, on_it: i64) -> io::Result<()> {
    let (mut at, mut earliest) = (on_it, None);
    while let Some((moment, above)) = ledger.one(
        "SELECT s.at, p.n FROM seed s JOIN seed p ON p.digest = s.answers WHERE s.n = ?1",
        [at],
        |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
    )? {
        earliest = earliest.min(Some((moment, at))).or(Some((moment, at)));
        at = above;
        if at == on_it {
            break;
        }
    }
    let n = earliest.map_or(on_it, |(_, n)| n);
    ledger.set("UPDATE seed SET answers = NULL WHERE n = ?1", [n]).map(drop)
}

/// What is not shown stays where something under it is.
fn list_stubs(ledger: &Ledger) -> io::Result<()> {
    let sql = "UPDATE seed SET listed = 1 WHERE fate = ?1 AND listed = 0 AND digest IN (WITH RECURSIVE up (digest) AS ( \
             SELECT s.answers FROM seed s JOIN seed p ON p.digest = s.answers \
             WHERE s.listed = 1 AND p.listed = 0 AND p.fate = ?1 \
             UNION SELECT p.answers FROM up JOIN seed p ON p.digest = up.digest WHERE p.listed = 0 AND p.fate = ?1 \
             AND p.answers IS NOT NULL) SELECT digest FROM up)";
    ledger.set(sql, [NEW]).map(drop)
}

/// A row of the ledger that is to be placed, or that others answer.
struct Standing {
    n: i64,
    digest: i64,
    answers: Option<i64>,
    fate: i64,
    listed: bool,
    /// Once it is placed.
    id: Option<i64>,
    root: i64,
    spot: Spot,
    /// On the way down to one that was said before what it answers.
    below: Option<i64>,
}

macro_rules! standing {
    ($rest:literal) => {
        concat!(
            "SELECT s.n, s.digest, s.answers, s.fate, s.listed, s.id, s.root, s.spot, s.length, s.below ",
            $rest
        )
    };
}

fn again(ledger: &Ledger, n: i64) -> io::Result<Option<Standing>> {
    ledger.one(standing!("FROM seed s WHERE s.n = ?1"), [n], standing)
}

fn standing(row: &Row<'_>) -> rusqlite::Result<Standing> {
    Ok(Standing {
        n: row.get(0)?,
        digest: row.get(1)?,
        answers: row.get(2)?,
        fate: row.get(3)?,
        listed: row.get(4)?,
        id: row.get(5)?,
        root: row.get::<_, Option<i64>>(6)?.unwrap_or_default(),
        spot: (row.get::<_, i64>(7)?.cast_unsigned(), row.get(8)?),
        below: row.get(9)?,
    })
}

/// Through the trees from the top, some at a time.
pub struct Walk {
    rows: VecDeque<Standing>,
    turn: i64,
    next: i64,
    /// Whether any comes before what it answers,
    early: bool,
    /// and whose turn it therefore is before the next of the rows.
    down: Option<i64>,
    missing: u64,
    loops: u64,
}

impl Walk {
    /// Empty at the end.
    pub fn part(&mut self, ledger: &Ledger, most: usize) -> io::Result<Vec<Grown>> {
        let mut part = Vec::new();
        while part.len() < most {
            let one = match self.down.take() {
                Some(n) => again(ledger, n)?,
                None => match self.next_row(ledger)? {
                    Some(one) if self.early => again(ledger, one.n)?,
                    next => next,
                },
            };
            let Some(one) = one else { break };
            if one.id.is_none() {
                part.push(self.place(ledger, one)?);
            }
        }
        Ok(part)
    }

    fn next_row(&mut self, ledger: &Ledger) -> io::Result<Option<Standing>> {
        if self.rows.is_empty() {
            const NEXT: &str =
                standing!("FROM turn t JOIN seed s ON s.n = t.n WHERE t.id > ?1 ORDER BY t.id LIMIT 1000");
            self.rows = ledger.some(NEXT, [self.turn], standing)?.into();
            // They have no gaps.
            self.turn += self.rows.len() as i64;
        }
        Ok(self.rows.pop_front())
    }

    /// Where what it answers has to be placed first, that is placed, and this one has its turn after it.
    fn place(&mut self, ledger: &Ledger, one: Standing) -> io::Result<Grown> {
        let mut top = one;
        let above = loop {
            let Some(answers) = top.answers else { break None };
            match ledger.one(standing!("FROM seed s WHERE s.digest = ?1"), [answers], standing)? {
                Some(above) if above.fate == NEW && above.id.is_none() => {
                    ledger.set("UPDATE seed SET below = ?2 WHERE n = ?1", (above.n, top.n))?;
                    top = Standing { below: Some(top.n), ..above };
                }
                Some(above) if above.fate != REFUSED => break Some(above),
                _ => {
                    self.missing += 1;
                    break None;
                }
            }
        };
        self.down = top.below;
        let id = self.next;
        self.next += 1;
        let root = above.as_ref().map_or(id, |above| above.root);
        ledger.set("UPDATE seed SET id = ?2, root = ?3 WHERE n = ?1", (top.n, id, root))?;
        let parent = above.and_then(|above| above.id);
        Ok(Grown { digest: top.digest, id, root, parent, listed: top.listed, spot: top.spot })
    }

    /// What was not as it should be, at the end.
    pub fn notes(&self) -> Vec<String> {
        let Walk { missing, loops, .. } = self;
        let mut notes = Vec::new();
        if *missing > 0 {
            notes.push(format!("{missing} answered a comment that is not in the file; they begin threads."));
        }
        if *loops > 0 {
            notes.push(format!("{loops} answered each other in a ring; it was broken."));
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    fn seed(digest: i64, parent: i64, at: i64, state: State) -> Seed {
        let fate = Fate::New { state, bare: false };
        Seed { digest, parent: (parent > 0).then_some(parent), at: Millis(at), fate, spot: (0, 0) }
    }

    /// Their own digests are small; that of one brought before is 900.
    fn grown(seeds: &[Seed]) -> (Vec<Grown>, Vec<String>) {
        let ledger = Ledger::new().unwrap();
        let mut shape = Shape::new(&ledger).unwrap();
        let before = Seed { fate: Fate::Before { id: 7, root: 5 }, ..seed(900, 0, 0, State::Shown) };
        for one in [&before].into_iter().chain(seeds) {
            assert!(shape.put(&ledger, one).unwrap());
        }
        assert!(!shape.put(&ledger, &before).unwrap(), "once");
        let mut walk = shape.grow(&ledger, 100).unwrap();
        let mut all = Vec::new();
        loop {
            let part = walk.part(&ledger, 7).unwrap();
            if part.is_empty() {
                break;
            }
            all.extend(part);
        }
        let mut roots = HashMap::from([(7, 5)]);
        for (n, one) in all.iter().enumerate() {
            assert_eq!(one.id, 100 + n as i64, "in the order of their numbers");
            let root =
                one.parent.map_or(one.id, |p| *roots.get(&p).expect("each comes after what it answers"));
            assert_eq!(one.root, root);
            roots.insert(one.id, root);
        }
        assert_eq!(all.len(), seeds.len());
        (all, walk.notes())
    }

    fn by_digest(all: &[Grown]) -> HashMap<i64, Grown> {
        all.iter().map(|one| (one.digest, *one)).collect()
    }

    #[test]
    fn trees_stubs_and_answers_to_what_came_before() {
        use State::{Removed, Shown};
        let (all, notes) = grown(&[
            seed(3, 2, 3, Shown),
            seed(1, 0, 1, Shown),
            seed(2, 1, 2, Removed),
            seed(4, 0, 4, Removed),
            seed(5, 900, 5, Shown),
            seed(6, 800, 6, Shown),
            // Said before what it answers: some clocks go wrong.
            seed(8, 9, 7, Shown),
            seed(9, 0, 8, Shown),
        ]);
        let rows: Vec<_> = all.iter().map(|g| (g.digest, g.root, g.parent, g.listed)).collect();
        assert_eq!(
            rows,
            [
                (1, 100, None, true),
                // A stub: something stands under it.
                (2, 100, Some(100), true),
                (3, 100, Some(101), true),
                (4, 103, None, false),
                (5, 5, Some(7), true),
                (6, 105, None, true),
                (9, 106, None, true),
                (8, 106, Some(106), true),
            ]
        );
        assert_eq!(notes, ["1 answered a comment that is not in the file; they begin threads."]);
    }

    #[test]
    fn rings_are_broken_at_their_earliest() {
        let (all, notes) = grown(&[
            seed(1, 2, 1, State::Removed),
            seed(2, 1, 2, State::Removed),
            seed(3, 3, 3, State::Shown),
            // One that leads into the ring, and comes before it.
            seed(4, 1, 0, State::Shown),
        ]);
        let rows: Vec<_> = all.iter().map(|g| (g.digest, g.parent, g.listed)).collect();
        assert_eq!(rows, [(1, None, true), (4, Some(100), true), (2, Some(100), false), (3, None, true)]);
        assert_eq!(notes, ["2 answered each other in a ring; it was broken."]);
    }

    #[test]
    fn neither_depth_nor_breadth_costs_more() {
        let many = 20_000;
        let shapes: [fn(i64) -> (i64, i64); 3] = [
            // Each answers the one before; each the first; each the one before, and the clock goes backwards.
            |n| (n - 1, n),
            |n| (i64::from(n > 1), n),
            |n| (n - 1, -n),
        ];
        for shape in shapes {
            let seeds: Vec<Seed> = (1..=many)
                .map(|n| {
                    let (parent, at) = shape(n);
                    seed(n + 1_000, if parent > 0 { parent + 1_000 } else { 0 }, at, State::Shown)
                })
                .collect();
            assert!(grown(&seeds).0.iter().all(|one| one.root == 100));
        }
    }

    proptest! {
        #[test]
        fn whatever_answers_whatever(
            kinds in prop::collection::vec((0..14i64, 0..6i64, 0..3usize), 1..12)
        ) {
            let seeds: Vec<Seed> = kinds
                .iter()
                .zip(1..)
                .map(|((parent, at, state), n)| seed(n, *parent, *at, State::ALL[*state]))
                .collect();
            let (all, notes) = grown(&seeds);
            let grown = by_digest(&all);
            let id = |digest: i64| grown.get(&digest).map(|g| g.id);
            // All keep what they answer, but for one of each ring.
            let cut = seeds
                .iter()
                .filter(|s| s.parent.and_then(id).is_some() && grown[&s.digest].parent.is_none())
                .count();
            let told = notes.iter().find_map(|n| n.strip_suffix(" answered each other in a ring; it was broken."));
            prop_assert_eq!(told.map_or(0, |n| n.parse().unwrap()), cut);
            let mut listed: HashMap<i64, bool> = HashMap::new();
            for one in all.iter().rev() {
                let shown = seeds[one.digest as usize - 1].fate;
                let shown = matches!(shown, Fate::New { state: State::Shown, .. });
                let is = shown || listed.get(&one.id).copied().unwrap_or_default();
                prop_assert_eq!(one.listed, is);
                if let Some(parent) = one.parent.filter(|_| is) {
                    listed.insert(parent, true);
                }
            }
        }
    }
}
