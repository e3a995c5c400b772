//! Comments of one thread of an archive, as rows in any order, made into trees.

use newsroom::discussion::Reason;
use std::collections::HashMap;
use store::bring::Brought;
use wire::archive::Said;

/// A comment of the file, or one brought before, as what others may answer.
#[derive(Clone, Copy)]
struct Above {
    id: i64,
    root: i64,
}

/// What is to be written of one thread.
pub struct Thread {
    pub comments: Vec<Brought>,
    /// Roots brought before, with the shown replies they gain.
    pub grown: Vec<(i64, u32)>,
    pub notes: Vec<String>,
}

/// `said` in the file's order, each with its digest; `first` is the number of the first, as many are free.
/// `before` are comments of this thread brought earlier: by the file's number, its own and its root's.
pub fn grow(
    said: Vec<(Said, String, i64)>,
    first: i64,
    network: impl Fn(&Said) -> String,
    before: &HashMap<String, (i64, i64)>,
) -> Thread {
    let mut said = said;
    said.sort_by_key(|(s, ..)| s.at);
    let ids: HashMap<&str, usize> = said.iter().enumerate().map(|(n, (s, ..))| (s.id.as_str(), n)).collect();
    let (mut missing, mut loops) = (0u64, 0u64);
    // What each answers, as a place in `said`; loops are broken where they close.
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(said.len());
    let mut known: Vec<Option<Above>> = vec![None; said.len()];
    for (n, (s, ..)) in said.iter().enumerate() {
        let parent = s.parent.as_deref();
        let place = parent.and_then(|p| ids.get(p)).copied();
        if place == Some(n) {
            loops += 1;
            parents.push(None);
            continue;
        }
        if place.is_none()
            && let Some(parent) = parent
        {
            match before.get(parent) {
                Some((id, root)) => known[n] = Some(Above { id: *id, root: *root }),
                None => missing += 1,
            }
        }
        parents.push(place);
    }
    const NEW: u8 = 0;
    const WALKED: u8 = 1;
    const DONE: u8 = 2;
    let mut marks = vec![NEW; said.len()];
    let mut roots: Vec<(i64, Option<usize>)> = vec![(0, None); said.len()];
    for start in 0..said.len() {
        let mut path = Vec::new();
        let mut at = start;
        let root = loop {
            match marks[at] {
                DONE => break roots[at],
                WALKED => {
                    loops += 1;
                    parents[at] = None;
                    break (first + at as i64, Some(at));
                }
                _ => {}
            }
            marks[at] = WALKED;
            path.push(at);
            match (parents[at], known[at]) {
                (Some(above), _) => at = above,
                (None, Some(above)) => break (above.root, None),
                (None, None) => break (first + at as i64, Some(at)),
            }
        };
        for n in path {
            marks[n] = DONE;
            roots[n] = root;
        }
    }
    let shown: Vec<bool> = said.iter().map(|(s, ..)| s.state == newsroom::discussion::State::Shown).collect();
    let mut listed = shown.clone();
    for (n, shown) in shown.iter().enumerate() {
        let mut at = n;
        while *shown && let Some(above) = parents[at] {
            if std::mem::replace(&mut listed[above], true) {
                break;
            }
            at = above;
        }
    }
    let mut replies = vec![0u32; said.len()];
    let mut grown: HashMap<i64, u32> = HashMap::new();
    for (n, root) in roots.iter().enumerate() {
        let answers = parents[n].is_some() || known[n].is_some();
        if answers && shown[n] {
            match root.1 {
                Some(place) => replies[place] += 1,
                None => *grown.entry(root.0).or_default() += 1,
            }
        }
    }
    let mut notes = Vec::new();
    if missing > 0 {
        notes.push(format!("{missing} answered a comment that is not in the file; they begin threads."));
    }
    if loops > 0 {
        notes.push(format!("{loops} answered each other in a ring; it was broken."));
    }
    let comments = said.iter().enumerate().map(|(n, (s, text, digest))| Brought {
        digest: *digest,
        id: first + n as i64,
        root: roots[n].0,
        parent: parents[n].map(|p| first + p as i64).or(known[n].map(|above| above.id)),
        state: s.state,
        reason: s.spam.then_some(Reason::ADVERTISING),
        listed: listed[n],
        replies: replies[n],
        at: s.at,
        name: s.name.clone(),
        network: network(s),
        text: text.clone(),
    });
    let comments = comments.collect();
    let mut grown: Vec<(i64, u32)> = grown.into_iter().collect();
    grown.sort_unstable();
    Thread { comments, grown, notes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsroom::{Millis, discussion::State};

    fn said(id: &str, parent: &str, at: i64, state: State) -> (Said, String, i64) {
        let said = Said {
            thread: "t".into(),
            id: id.into(),
            parent: (!parent.is_empty()).then(|| parent.into()),
            name: "Mette".into(),
            writer: None,
            network: None,
            at: Millis(at),
            text: id.into(),
            state,
            spam: false,
        };
        (said, id.into(), at)
    }

    fn grown(all: Vec<(Said, String, i64)>) -> Thread {
        grow(all, 100, |_| String::new(), &HashMap::from([("old".into(), (7, 5))]))
    }

    #[test]
    fn trees_stubs_and_answers_to_what_came_before() {
        use State::{Removed, Shown};
        let thread = grown(vec![
            said("c", "b", 3, Shown),
            said("a", "", 1, Shown),
            said("b", "a", 2, Removed),
            said("d", "", 4, Removed),
            said("e", "old", 5, Shown),
            said("f", "nowhere", 6, Shown),
        ]);
        let row = |n: usize| {
            let c = &thread.comments[n];
            (c.id, c.root, c.parent, c.listed, c.replies)
        };
        assert_eq!(row(0), (100, 100, None, true, 1));
        assert_eq!(row(1), (101, 100, Some(100), true, 0), "a stub: something stands under it");
        assert_eq!(row(2), (102, 100, Some(101), true, 0));
        assert_eq!(row(3), (103, 103, None, false, 0));
        assert_eq!(row(4), (104, 5, Some(7), true, 0));
        assert_eq!(row(5), (105, 105, None, true, 0));
        assert_eq!(thread.grown, [(5, 1)]);
        assert_eq!(thread.notes, ["1 answered a comment that is not in the file; they begin threads."]);
    }

    #[test]
    fn rings_are_broken_and_depth_costs_nothing() {
        let ring = grown(vec![
            said("a", "b", 1, State::Shown),
            said("b", "a", 2, State::Shown),
            said("c", "c", 3, State::Shown),
        ]);
        assert_eq!(ring.comments.iter().filter(|c| c.parent.is_none()).count(), 2);
        assert_eq!(ring.notes, ["2 answered each other in a ring; it was broken."]);
        let deep = 200_000;
        let chain = (0..deep).map(|n| {
            let parent = if n == 0 { String::new() } else { format!("{}", n - 1) };
            said(&n.to_string(), &parent, n, State::Shown)
        });
        let thread = grown(chain.collect());
        assert!(thread.comments.iter().all(|c| c.root == 100));
        assert_eq!(thread.comments[0].replies, deep as u32 - 1);
    }
}
