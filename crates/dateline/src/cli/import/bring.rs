//! A thread of an archive into the paper, in the shape that it had there.

use super::{
    archive::{aside, digest, digest_within, failed},
    ledger::{self, Ledger},
    looked::Looked,
    onto::Onto,
    place::Place,
    result::Tally,
    spool::{Spooled, Spot},
    threads::{Fate, Grown, Seed, Shape, Walk},
};
use crate::{app::AppState, failure::Failure};
use newsroom::{
    Language,
    discussion::{
        Policy, Reason, State,
        admit::{Door, Draft, Facts, Verdict, admit},
    },
    paper::NetworkDisplay,
};
use pages::Words;
use std::{
    collections::{BTreeMap, HashMap},
    io,
    path::Path,
};
use store::bring::{Brought, Sheaf};
use wire::archive::{Archived, Said};

/// Comments read with their words at a time.
const AT_ONCE: usize = 1_000;
/// And of as many bytes: one may be longer than any that is taken.
const BYTES: u64 = 8 << 20;
/// What stands for a removed comment whose text the archive does not have, for moderators.
const NO_TEXT: &str = "(The archive has no text of it.)";

/// Of one page.
pub struct Of<'a> {
    pub app: &'a AppState,
    pub path: &'a Path,
    pub form: Archived,
    /// As the thread has it that is at hand.
    pub address: String,
}

/// A page whose comments are gathered: twice through them, first for what stands where, then for the words, some at a
/// time, onto the pile.
pub struct Page<'a> {
    of: Of<'a>,
    place: Place,
    shape: Shape,
    /// One of the usual size is in memory with its words, and read once.
    kept: Option<HashMap<i64, Said>>,
    /// The names under which the archive has its comments, and how each spells the address.
    threads: Vec<(i64, String)>,
}

impl<'a> Page<'a> {
    pub fn new(of: Of<'a>, place: Place, said: &Spooled) -> Result<Page<'a>, Failure> {
        let shape = Shape::new(&said.ledger).map_err(|e| Failure(aside(&e)))?;
        Ok(Page { of, place, shape, kept: Some(HashMap::new()), threads: Vec::new() })
    }

    /// Those that the archive has under that name.
    pub async fn gather(
        &mut self,
        name: i64,
        address: &str,
        said: &mut Spooled,
        onto: &Onto<'_>,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        self.of.address = address.to_owned();
        self.threads.push((name, address.to_owned()));
        let mut last = None;
        loop {
            let mut spots = said.ledger.said_in(name, last).map_err(|e| Failure(aside(&e)))?;
            let mut more = spots.len() == ledger::PART;
            let fit = fitting(&spots);
            more |= fit < spots.len();
            spots.truncate(fit);
            last = spots.last().copied();
            let some = said.read(&spots).map_err(|e| Failure(aside(&e)))?;
            for (one, spot) in some.into_iter().zip(spots) {
                self.take(one, spot, &said.ledger, onto, tally).await?;
            }
            if !more {
                return Ok(());
            }
        }
    }

    async fn take(
        &mut self,
        one: Said,
        spot: Spot,
        ledger: &Ledger,
        onto: &Onto<'_>,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        let of = &self.of;
        let digest = of.digest(&one.id);
        let parent = one.parent.as_ref().map(|parent| of.digest(parent));
        let (at, state, bare, id) = (one.at, one.state, is_bare(&one), one.id.clone());
        // A story that is new has none of them.
        let known = match self.place.new {
            true => None,
            false => of.known(digest, &id).await?.or(onto.known(digest)?),
        };
        let ready = match known {
            Some(_) => None,
            None => Some(of.ready(one, ledger)?),
        };
        let fate = match (known, &ready) {
            (Some(id), _) => {
                match of.app.store.comment(id).await.map_err(failed)? {
                    // By another way than this archive goes now: nothing here can answer it.
                    Some(c) if c.story != self.place.story => Fate::Refused,
                    there => Fate::Before { id, root: there.map_or(id, |c| c.root) },
                }
            }
            (None, Some(Err(_))) => Fate::Refused,
            (None, _) => Fate::New { state, bare },
        };
        let seed = Seed { digest, parent, at, fate, spot };
        let refused = |why| (format!("comment {id}"), why);
        let refused = if !self.shape.put(ledger, &seed).map_err(|e| Failure(aside(&e)))? {
            Some(refused("has the number of another".into()))
        } else {
            match ready {
                Some(Err(why)) => Some(refused(why)),
                Some(Ok(one)) => {
                    self.keep(digest, one);
                    None
                }
                None => {
                    tally.unchanged += 1;
                    None
                }
            }
        };
        if let Some((place, why)) = refused {
            tally.refuse(self.of.path, &place, why);
        }
        Ok(())
    }

    fn keep(&mut self, digest: i64, one: Said) {
        if let Some(kept) = &mut self.kept {
            kept.insert(digest, one);
            if kept.len() > AT_ONCE {
                self.kept = None;
            }
        }
    }

    /// Comments are known by the address as their own thread spells it; what they answer may be in another.
    fn rejoin(&self, said: &mut Spooled) -> io::Result<()> {
        for (name, address) in &self.threads {
            let mut last = None;
            loop {
                let mut spots = said.ledger.said_in(*name, last)?;
                spots.truncate(fitting(&spots));
                let Some(end) = spots.last() else { break };
                last = Some(*end);
                for one in said.read(&spots)? {
                    let Some(parent) = &one.parent else { continue };
                    let at = |address: &String, id| digest_within(&[self.of.form.as_str(), address], id);
                    let spelt = [address].into_iter().chain(self.threads.iter().map(|(_, address)| address));
                    self.shape.answers(&said.ledger, at(address, &one.id), spelt.map(|to| at(to, parent)))?;
                }
            }
        }
        Ok(())
    }

    /// Onto the pile. Whenever the import ends, what is written is whole in itself, and the same import goes on from
    /// there.
    pub async fn write(
        mut self,
        said: &mut Spooled,
        onto: &mut Onto<'_>,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        if let Some((_, first)) = self.threads.first() {
            self.of.address = first.clone();
        }
        if self.threads.iter().any(|(_, address)| *address != self.of.address) {
            self.rejoin(said).map_err(|e| Failure(aside(&e)))?;
        }
        let of = &self.of;
        let textless = self.shape.drop_bare(&said.ledger).map_err(|e| Failure(aside(&e)))?;
        if textless > 0 {
            let why = format!("{}: {textless} deleted without text or answer were passed over.", of.address);
            tally.note(of.path, why);
        }
        let count = self.shape.seeds();
        tally.comments += count;
        let pile = match onto {
            Onto::Pile(pile) => pile,
            Onto::Nowhere(_, looked) => return self.look(said, looked, tally),
        };
        let Place { story, outside, mut opening, .. } = self.place;
        if count == 0 {
            return match opening {
                None => Ok(()),
                opening => pile.put(Sheaf { story, outside, opening, comments: vec![], grown: vec![] }).await,
            };
        }
        let first = of.app.store.numbers(count).await.map_err(failed)?;
        let mut walk = self.shape.grow(&said.ledger, first).map_err(|e| Failure(aside(&e)))?;
        let mut left = count;
        while left > 0 {
            let part = walk.part(&said.ledger, left.min(AT_ONCE)).map_err(|e| Failure(aside(&e)))?;
            if part.is_empty() {
                return Err(Failure("the shape of a page does not hold all of it".into()));
            }
            left -= part.len();
            let mut again = Vec::new();
            if self.kept.is_none() {
                let spots: Vec<Spot> = part.iter().map(|one| one.spot).collect();
                again = said.read(&spots).map_err(|e| Failure(aside(&e)))?;
            }
            let mut again = again.into_iter();
            let mut comments = Vec::with_capacity(part.len());
            // Roots, of this part or of what was written before, with the shown replies they gain by it.
            let mut grown: BTreeMap<i64, u32> = BTreeMap::new();
            for place in part {
                let one = match self.kept.as_mut().and_then(|kept| kept.remove(&place.digest)) {
                    Some(one) => Ok(one),
                    None => match again.next() {
                        Some(one) => of.ready(one, &said.ledger)?,
                        None => Err("it is not there any more".into()),
                    },
                };
                let one = one.map_err(|why| Failure(format!("a comment cannot be brought: {why}")))?;
                if place.parent.is_some() && one.state == State::Shown {
                    *grown.entry(place.root).or_default() += 1;
                }
                comments.push(of.brought(place, one));
            }
            let grown = grown.into_iter().collect();
            pile.put(Sheaf { story, outside, opening: opening.take(), comments, grown }).await?;
        }
        of.tell(&walk, tally);
        Ok(())
    }

    /// The same without the words, and nothing is put anywhere.
    fn look(self, said: &Spooled, looked: &Looked, tally: &mut Tally) -> Result<(), Failure> {
        if self.shape.seeds() == 0 {
            return Ok(());
        }
        let broken = |e: io::Error| Failure(aside(&e));
        let mut walk = self.shape.grow(&said.ledger, 1).map_err(broken)?;
        loop {
            let part = walk.part(&said.ledger, AT_ONCE).map_err(broken)?;
            if part.is_empty() {
                break;
            }
            for one in part {
                looked.said(one.digest, self.place.story).map_err(broken)?;
            }
        }
        self.of.tell(&walk, tally);
        Ok(())
    }
}

impl Of<'_> {
    /// What was not as it should be.
    fn tell(&self, walk: &Walk, tally: &mut Tally) {
        for note in walk.notes() {
            tally.note(self.path, format!("{}: {note}", self.address));
        }
    }

    /// What was brought before, also by programs that knew the comments of all pages by one digest.
    async fn known(&self, within: i64, id: &str) -> Result<Option<i64>, Failure> {
        let store = &self.app.store;
        let known = store.brought(within).await.map_err(failed)?;
        match known {
            Some(id) => Ok(Some(id)),
            None => store.brought(digest(&[self.form.as_str(), &self.address, id])).await.map_err(failed),
        }
    }

    fn digest(&self, id: &str) -> i64 {
        digest_within(&[self.form.as_str(), &self.address], id)
    }

    fn ready(&self, one: Said, ledger: &Ledger) -> Result<Result<Said, String>, Failure> {
        ready(one, ledger, &self.app.policy).map_err(|e| Failure(aside(&e)))
    }

    fn brought(&self, place: Grown, one: Said) -> Brought {
        let masks = self.app.paper.networks == NetworkDisplay::Mask;
        Brought {
            digest: place.digest,
            id: place.id,
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
}

/// With its writer's name and, where the archive has none, words that say so; clean, or why it is not taken.
pub fn ready(mut one: Said, ledger: &Ledger, policy: &Policy) -> io::Result<Result<Said, String>> {
    if let Some(writer) = &one.writer
        && let Some(name) = ledger.writer_of(writer)?
    {
        one.name = name;
    }
    if one.name.is_empty() {
        one.name = "Anonymous".into();
    }
    if is_bare(&one) {
        one.text = NO_TEXT.into();
    }
    Ok(admitted(&one, policy).map(|(name, text)| Said { name, text, ..one }))
}

/// By the rule of every comment.
fn admitted(one: &Said, policy: &Policy) -> Result<(String, String), String> {
    let facts = Facts::by(Door::Import, one.at);
    let draft = Draft { name: one.name.clone(), text: one.text.clone(), ..Draft::default() };
    match admit(&draft, &facts, &[], policy, one.at) {
        Verdict::Shown(clean) | Verdict::Held(clean, _) => Ok((clean.name, clean.text)),
        Verdict::Refused(why) => Err(Words::of(Language::English).refusal(&why)),
    }
}

/// Of the comments that follow, how many are read together: one at least.
pub fn fitting(spots: &[Spot]) -> usize {
    let mut bytes = 0;
    let fit = spots.iter().take_while(|(_, length)| {
        bytes += u64::from(*length);
        bytes <= BYTES
    });
    fit.count().max(1)
}

pub fn is_bare(one: &Said) -> bool {
    one.state == State::Removed && one.text.trim().is_empty()
}
