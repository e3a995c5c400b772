//! Comments of one thread of an archive, in any order, made into trees: of each no more than its place is in memory,
//! for one comment may have a million answers.

use super::spool::Spot;
use newsroom::{Millis, discussion::State};
use std::collections::HashMap;

/// A comment without its words.
pub struct Seed {
    /// By which it is known again.
    pub digest: i64,
    /// Of what it answers.
    pub parent: Option<i64>,
    pub at: Millis,
    pub state: State,
    pub spot: Spot,
}

/// Where one of them comes to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grown {
    pub root: i64,
    pub parent: Option<i64>,
    /// Whether readers find it in its thread: shown, or something under it is.
    pub listed: bool,
}

/// A comment of the file, or one brought before, as what others may answer.
#[derive(Clone, Copy)]
struct Above {
    id: i64,
    root: i64,
}

pub struct Trees {
    /// One for each seed.
    pub places: Vec<Grown>,
    /// All of them, each after what it answers.
    pub order: Vec<u32>,
    pub notes: Vec<String>,
}

/// `seeds` are in the order of time; the first gets the number `first`, the others those after it. `before` are
/// comments of this thread brought earlier, by their digest: number and root's number.
pub fn grow(seeds: &[Seed], first: i64, before: &HashMap<i64, (i64, i64)>) -> Trees {
    let ids: HashMap<i64, u32> = seeds.iter().enumerate().map(|(n, s)| (s.digest, n as u32)).collect();
    let (mut missing, mut loops) = (0u64, 0u64);
    // What each answers, as a place in `seeds`; loops are broken where they close.
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(seeds.len());
    let mut known: HashMap<usize, Above> = HashMap::new();
    for (n, s) in seeds.iter().enumerate() {
        let place = s.parent.and_then(|p| ids.get(&p)).map(|place| *place as usize);
        if place == Some(n) {
            loops += 1;
            parents.push(None);
            continue;
        }
        if place.is_none()
            && let Some(parent) = s.parent
        {
            match before.get(&parent) {
                Some((id, root)) => drop(known.insert(n, Above { id: *id, root: *root })),
                None => missing += 1,
            }
        }
        parents.push(place);
    }
    drop(ids);
    const NEW: u8 = 0;
    const WALKED: u8 = 1;
    const DONE: u8 = 2;
    let mut marks = vec![NEW; seeds.len()];
    let mut roots = vec![0i64; seeds.len()];
    let mut order = Vec::with_capacity(seeds.len());
    for start in 0..seeds.len() {
        let mut path = Vec::new();
        let mut at = start;
        let root = loop {
            match marks[at] {
                DONE => break roots[at],
                WALKED => {
                    loops += 1;
                    parents[at] = None;
                    break first + at as i64;
                }
                _ => {}
            }
            marks[at] = WALKED;
            path.push(at);
            match (parents[at], known.get(&at)) {
                (Some(above), _) => at = above,
                (None, Some(above)) => break above.root,
                (None, None) => break first + at as i64,
            }
        };
        // Where a ring was broken, what is above stands in the middle of the path.
        let top = path.iter().position(|n| parents[*n].is_none()).map_or(path.len(), |top| top + 1);
        let upper = path[..top].iter().rev();
        for n in upper.chain(path[top..].iter().rev()) {
            marks[*n] = DONE;
            roots[*n] = root;
            order.push(*n as u32);
        }
    }
    let mut listed: Vec<bool> = seeds.iter().map(|s| s.state == State::Shown).collect();
    for (n, seed) in seeds.iter().enumerate() {
        let mut at = n;
        while seed.state == State::Shown
            && let Some(above) = parents[at]
        {
            if std::mem::replace(&mut listed[above], true) {
                break;
            }
            at = above;
        }
    }
    let mut notes = Vec::new();
    if missing > 0 {
        notes.push(format!("{missing} answered a comment that is not in the file; they begin threads."));
    }
    if loops > 0 {
        notes.push(format!("{loops} answered each other in a ring; it was broken."));
    }
    let place = |n: usize| Grown {
        root: roots[n],
        parent: parents[n].map(|p| first + p as i64).or(known.get(&n).map(|above| above.id)),
        listed: listed[n],
    };
    Trees { places: (0..seeds.len()).map(place).collect(), order, notes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsroom::discussion::State;

    fn seed(id: i64, parent: i64, at: i64, state: State) -> Seed {
        Seed { digest: id, parent: (parent > 0).then_some(parent), at: Millis(at), state, spot: (0, 0) }
    }

    /// The seeds' own numbers are small, those brought before 900 and more.
    fn grown(mut seeds: Vec<Seed>) -> Trees {
        seeds.sort_by_key(|s| s.at);
        let trees = grow(&seeds, 100, &HashMap::from([(900, (7, 5))]));
        let mut seen = std::collections::HashSet::from([7]);
        for n in &trees.order {
            let parent = trees.places[*n as usize].parent;
            assert!(parent.is_none_or(|p| seen.contains(&p)), "each comes after what it answers");
            assert!(seen.insert(100 + i64::from(*n)), "once");
        }
        assert_eq!(seen.len(), seeds.len() + 1);
        trees
    }

    #[test]
    fn trees_stubs_and_answers_to_what_came_before() {
        use State::{Removed, Shown};
        let trees = grown(vec![
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
        let row = |n: usize| {
            let Grown { root, parent, listed } = trees.places[n];
            (root, parent, listed)
        };
        assert_eq!(row(0), (100, None, true));
        assert_eq!(row(1), (100, Some(100), true), "a stub: something stands under it");
        assert_eq!(row(2), (100, Some(101), true));
        assert_eq!(row(3), (103, None, false));
        assert_eq!(row(4), (5, Some(7), true));
        assert_eq!(row(5), (105, None, true));
        assert_eq!((row(6), row(7)), ((107, Some(107), true), (107, None, true)));
        assert_eq!(trees.notes, ["1 answered a comment that is not in the file; they begin threads."]);
    }

    #[test]
    fn rings_are_broken_and_neither_depth_nor_breadth_costs_more() {
        let ring = grown(vec![
            seed(1, 2, 1, State::Shown),
            seed(2, 1, 2, State::Shown),
            seed(3, 3, 3, State::Shown),
            // One that leads into the ring, and comes before it.
            seed(4, 1, 0, State::Shown),
        ]);
        assert_eq!(ring.places.iter().filter(|c| c.parent.is_none()).count(), 2);
        assert_eq!(ring.notes, ["2 answered each other in a ring; it was broken."]);
        let many = 200_000;
        for parent in [|n: i64| n - 1, |n: i64| i64::from(n > 1)] {
            let trees = grown(
                (1..=many)
                    .map(|n| {
                        seed(
                            n + 1_000,
                            match parent(n) {
                                0 => 0,
                                p => p + 1_000,
                            },
                            n,
                            State::Shown,
                        )
                    })
                    .collect(),
            );
            assert!(trees.places.iter().all(|c| c.root == 100));
        }
    }
}
