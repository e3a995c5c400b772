//! What an archive holds and what of it would be refused, for `dateline check FILE`: nothing is put anywhere, and nobody is
//! asked whether its addresses lead somewhere.

use super::{
    archive::{aside, digest_within, read, rest},
    bring::{fitting, is_bare, ready},
    ledger,
    place::{UNPUBLISHED, story_of},
    result::Tally,
    spool::{Spooled, Spun},
    threads::{Fate, Seed, Shape},
};
use newsroom::{discussion::Policy, paper::Paper};
use std::{io, path::Path};
use wire::{Malformed, archive::Archived};

#[derive(Default)]
pub struct Look {
    pub threads: usize,
    pub comments: usize,
    pub told: Tally,
}

/// By the rules of that paper, or of one that has none of its own.
pub fn look(path: &Path, form: Archived, paper: &Paper, policy: &Policy) -> Result<Look, Malformed> {
    let mut look = Look::default();
    let mut said = read(path, form, &str::to_owned, &mut look.told)?;
    let whole = look.walk(path, form, &mut said, paper, policy);
    whole.map_err(|e| Malformed { where_: "file".into(), what: aside(&e) })?;
    Ok(look)
}

impl Look {
    fn walk(
        &mut self,
        path: &Path,
        form: Archived,
        said: &mut Spooled,
        paper: &Paper,
        policy: &Policy,
    ) -> io::Result<()> {
        (self.threads, self.comments) = said.ledger.counts()?;
        let mut last = 0;
        loop {
            let pages = said.ledger.pages(last)?;
            let Some(end) = pages.last() else { break };
            last = *end;
            for page in pages {
                let mut shape = Shape::new(&said.ledger)?;
                let (mut found, mut next) = (false, said.next_thread(page, None)?);
                while let Some(spun) = next {
                    match unpublished(paper, &spun).filter(|_| !found) {
                        Some(why) => {
                            let comments = said.count(&spun)?;
                            self.told.refuse_thread(path, &spun.thread.address, comments, &why);
                        }
                        None => {
                            found = true;
                            self.comments_of(path, form, &spun, said, policy, &mut shape)?;
                        }
                    }
                    next = said.next_thread(page, Some(&spun))?;
                }
            }
        }
        rest(path, said, &mut self.told)
    }

    fn comments_of(
        &mut self,
        path: &Path,
        form: Archived,
        spun: &Spun,
        said: &mut Spooled,
        policy: &Policy,
        shape: &mut Shape,
    ) -> io::Result<()> {
        let Some(name) = spun.name else { return Ok(()) };
        let mut last = None;
        loop {
            let mut spots = said.ledger.said_in(name, last)?;
            let fit = fitting(&spots);
            let more = spots.len() == ledger::PART || fit < spots.len();
            spots.truncate(fit);
            last = spots.last().copied();
            for (one, spot) in said.read(&spots)?.into_iter().zip(spots) {
                let (at, id) = (one.at, one.id.clone());
                let fate = Fate::New { state: one.state, bare: is_bare(&one) };
                let digest = digest_within(&[form.as_str(), &spun.address], &id);
                let why = match shape.put(&said.ledger, &Seed { digest, parent: None, at, fate, spot })? {
                    true => ready(one, &said.ledger, policy)?.err(),
                    false => Some("has the number of another".into()),
                };
                if let Some(why) = why {
                    self.told.refuse(path, &format!("comment {id}"), why);
                }
            }
            if !more {
                return Ok(());
            }
        }
    }
}

/// Why its story would not be taken, where it has one.
fn unpublished(paper: &Paper, spun: &Spun) -> Option<String> {
    match story_of(paper, spun.thread.story.as_ref()?, &spun.thread) {
        Ok(Some(_)) => None,
        Ok(None) => Some(UNPUBLISHED.into()),
        Err(why) => Some(why),
    }
}
