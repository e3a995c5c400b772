//! Where an archive goes: onto a pile that is written, or nowhere, where somebody only looks. Whatever is asked of either
//! on the way is the same, so that a dry run tells what the import will.

use super::{archive::aside, archive::failed, looked::Looked, pile::Pile};
use crate::{app::AppState, failure::Failure};
use newsroom::{
    site::OutsidePage,
    story::{Address, StoryId},
};
use std::io;

pub enum Onto<'a> {
    Pile(Box<Pile<'a>>),
    Nowhere(&'a AppState, &'a mut Looked),
}

/// What begins.
#[derive(Clone, Copy)]
pub enum Begins<'a> {
    Page(&'a OutsidePage),
    /// A story that is known again by this.
    Story(i64),
}

impl<'a> Onto<'a> {
    pub fn new(app: &'a AppState, looked: Option<&'a mut Looked>) -> Onto<'a> {
        match looked {
            Some(looked) => Onto::Nowhere(app, looked),
            None => Onto::Pile(Box::new(Pile::new(app))),
        }
    }

    /// A story's number and free address, for what begins here.
    pub async fn promise(
        &mut self,
        wanted: &Address,
        begins: Begins<'_>,
    ) -> Result<(StoryId, Address), Failure> {
        let page = match begins {
            Begins::Page(page) => Some(page),
            Begins::Story(_) => None,
        };
        match self {
            Onto::Pile(pile) => pile.promise(wanted, page).await,
            Onto::Nowhere(app, looked) => {
                let promised = |a: &Address| looked.has(a);
                let free = app.store.free_address_beside(wanted, promised).await.map_err(failed)?;
                looked.sound().map_err(broken)?;
                let story = looked.next();
                let digest = match begins {
                    Begins::Page(_) => 0,
                    Begins::Story(digest) => digest,
                };
                looked.begin(story, &free, page, digest).map_err(broken)?;
                Ok((story, free))
            }
        }
    }

    /// The story that begins at that address, and whether it is another site's page,
    pub fn at(&self, address: &Address) -> Result<Option<(StoryId, bool)>, Failure> {
        match self {
            Onto::Pile(pile) => Ok(pile.at(address)),
            Onto::Nowhere(_, looked) => looked.at(address).map_err(broken),
        }
    }

    /// or the one for that page,
    pub fn of(&self, page: &OutsidePage) -> Result<Option<StoryId>, Failure> {
        match self {
            Onto::Pile(pile) => Ok(pile.of(page)),
            Onto::Nowhere(_, looked) => looked.of(page).map_err(broken),
        }
    }

    /// or that which an earlier file has and the database would know by now: a story, or a comment under it.
    pub fn known(&self, digest: i64) -> Result<Option<StoryId>, Failure> {
        match self {
            Onto::Pile(_) => Ok(None),
            Onto::Nowhere(_, looked) => looked.known(digest).map_err(broken),
        }
    }

    /// The story that begins here was read at those paths before.
    pub fn moves(&self, paths: &[String], story: StoryId) -> Result<(), Failure> {
        match self {
            Onto::Pile(_) => Ok(()),
            Onto::Nowhere(_, looked) => looked.moves(paths, story).map_err(broken),
        }
    }

    /// The story of an earlier file that was read at that path.
    pub fn moved(&self, path: &str) -> Result<Option<StoryId>, Failure> {
        match self {
            Onto::Pile(_) => Ok(None),
            Onto::Nowhere(_, looked) => looked.moved(path).map_err(broken),
        }
    }

    /// What is left, to the end; how many stories and comments another import brought meanwhile.
    pub async fn end(&mut self) -> Result<(usize, usize), Failure> {
        match self {
            Onto::Pile(pile) => pile.write().await,
            Onto::Nowhere(..) => Ok((0, 0)),
        }
    }
}

fn broken(e: io::Error) -> Failure {
    Failure(aside(&e))
}
