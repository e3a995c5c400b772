//! A thread of an archive into the paper, in the shape that it had there.

use super::{
    archive::{aside, digest, digest_within, failed},
    pile::Pile,
    place::Place,
    result::Tally,
    spool::{Spooled, Spot, Spots},
    threads::{self, Grown, Seed},
};
use crate::{app::AppState, failure::Failure};
use newsroom::{
    Language,
    discussion::{
        Reason, State,
        admit::{Door, Draft, Facts, Verdict, admit},
    },
    paper::NetworkDisplay,
};
use pages::Words;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::Path,
};
use store::bring::{Brought, Sheaf};
use wire::archive::{Archived, Said};

/// Comments read with their words at a time.
const AT_ONCE: usize = 1_000;
/// What stands for a removed comment whose text the archive does not have, for moderators.
const NO_TEXT: &str = "(The archive has no text of it.)";

/// Of one thread.
pub struct Of<'a> {
    pub app: &'a AppState,
    pub path: &'a Path,
    pub form: Archived,
    pub address: &'a str,
    pub writers: &'a HashMap<String, String>,
    pub dry: bool,
}

impl Of<'_> {
    /// Twice through the thread: first for what stands where, then for the words, some at a time, onto the pile.
    /// Whenever the import ends, what is written is whole in itself, and the same import goes on from there.
    pub async fn bring(
        &self,
        place: &Place,
        said: &mut Spooled,
        spots: Spots,
        pile: &mut Pile<'_>,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let mut before: HashMap<i64, (i64, i64)> = HashMap::new();
        let mut seeds = Vec::new();
        let mut seen = HashSet::new();
        let mut answered = HashSet::new();
        let mut bare = HashSet::new();
        // A thread of the usual size is in memory with its words, and read once.
        let small = spots.parts(AT_ONCE).nth(1).is_none();
        let mut kept = HashMap::new();
        for part in spots.parts(AT_ONCE) {
            let some = said.read(part).map_err(|e| Failure(aside(&e)))?;
            for (one, spot) in some.into_iter().zip(part) {
                let digest = self.digest(&one.id);
                let parent = one.parent.as_ref().map(|parent| self.digest(parent));
                answered.extend(parent);
                if !seen.insert(digest) {
                    let why = "has the number of another".into();
                    tally.refuse(self.path, &format!("comment {}", one.id), why);
                    continue;
                }
                // A story that is new has none of them.
                if !place.new
                    && let Some(id) = self.known(digest, &one.id).await?
                {
                    let root = self.app.store.comment(id).await.map_err(failed)?.map_or(id, |c| c.root);
                    before.insert(digest, (id, root));
                    tally.unchanged += 1;
                    continue;
                }
                if is_bare(&one) {
                    bare.insert(digest);
                }
                let (at, state, id) = (one.at, one.state, one.id.clone());
                match self.ready(one) {
                    Ok(one) => {
                        seeds.push(Seed { digest, parent, at, state, spot: *spot });
                        if small {
                            kept.insert(digest, one);
                        }
                    }
                    Err(why) => tally.refuse(self.path, &format!("comment {id}"), why),
                }
            }
        }
        drop((seen, spots));
        // Deleted ones often come without their text: one that is answered stays as a stub.
        let all = seeds.len();
        seeds.retain(|seed| !bare.contains(&seed.digest) || answered.contains(&seed.digest));
        if seeds.len() < all {
            let textless = all - seeds.len();
            let why =
                format!("{}: {textless} deleted without text or answer were passed over.", self.address);
            tally.note(self.path, why);
        }
        drop((answered, bare));
        tally.comments += seeds.len();
        if self.dry || seeds.is_empty() {
            return Ok(());
        }
        seeds.sort_by_key(|seed| seed.at);
        let first = self.app.store.numbers(seeds.len()).await.map_err(failed)?;
        let trees = threads::grow(&seeds, first, &before);
        for note in &trees.notes {
            tally.note(self.path, format!("{}: {note}", self.address));
        }
        for part in trees.order.chunks(AT_ONCE) {
            let mut again = Vec::new();
            if !small {
                let spots: Vec<Spot> = part.iter().map(|n| seeds[*n as usize].spot).collect();
                again = said.read(&spots).map_err(|e| Failure(aside(&e)))?;
            }
            let mut again = again.into_iter();
            let mut comments = Vec::with_capacity(part.len());
            // Roots, of this part or of what was written before, with the shown replies they gain by it.
            let mut grown: BTreeMap<i64, u32> = BTreeMap::new();
            for n in part.iter().map(|n| *n as usize) {
                let one = match kept.remove(&seeds[n].digest) {
                    Some(one) => Ok(one),
                    None => {
                        again.next().ok_or("it is not there any more".into()).and_then(|one| self.ready(one))
                    }
                };
                let one = one.map_err(|why| Failure(format!("a comment cannot be brought: {why}")))?;
                let place = trees.places[n];
                if place.parent.is_some() && one.state == State::Shown {
                    *grown.entry(place.root).or_default() += 1;
                }
                comments.push(self.brought(seeds[n].digest, first + n as i64, place, one));
            }
            pile.put(Sheaf { story: place.story, comments, grown: grown.into_iter().collect() }).await?;
        }
        Ok(())
    }

    /// What was brought before, also by programs that knew the comments of all pages by one digest.
    async fn known(&self, within: i64, id: &str) -> Result<Option<i64>, Failure> {
        let store = &self.app.store;
        let known = store.brought(within).await.map_err(failed)?;
        match known {
            Some(id) => Ok(Some(id)),
            None => store.brought(digest(&[self.form.as_str(), self.address, id])).await.map_err(failed),
        }
    }

    fn digest(&self, id: &str) -> i64 {
        digest_within(&[self.form.as_str(), self.address], id)
    }

    /// With its writer's name and, where the archive has none, words that say so; clean, or why it is not taken.
    fn ready(&self, mut one: Said) -> Result<Said, String> {
        if let Some(name) = one.writer.as_ref().and_then(|w| self.writers.get(w)) {
            one.name.clone_from(name);
        }
        if one.name.is_empty() {
            one.name = "Anonymous".into();
        }
        if is_bare(&one) {
            one.text = NO_TEXT.into();
        }
        (one.name, one.text) = self.admitted(&one)?;
        Ok(one)
    }

    fn brought(&self, digest: i64, id: i64, place: Grown, one: Said) -> Brought {
        let masks = self.app.paper.networks == NetworkDisplay::Mask;
        Brought {
            digest,
            id,
            root: place.root,
            parent: place.parent,
            state: one.state,
            reason: one.spam.then_some(Reason::ADVERTISING),
            listed: place.listed,
            at: one.at,
            name: one.name,
            network: one.network.filter(|_| masks).map(|n| n.to_string()).unwrap_or_default(),
            text: one.text,
        }
    }

    /// By the rule of every comment.
    fn admitted(&self, one: &Said) -> Result<(String, String), String> {
        let facts = Facts::by(Door::Import, one.at);
        let draft = Draft { name: one.name.clone(), text: one.text.clone(), ..Draft::default() };
        match admit(&draft, &facts, &[], &self.app.policy, one.at) {
            Verdict::Shown(clean) | Verdict::Held(clean, _) => Ok((clean.name, clean.text)),
            Verdict::Refused(why) => Err(Words::of(Language::English).refusal(&why)),
        }
    }
}

fn is_bare(one: &Said) -> bool {
    one.state == State::Removed && one.text.trim().is_empty()
}
