//! Comments that are written together: of many small threads, or some of a large one, with the pages and stories that
//! begin with them. A transaction for each page of ten comments would cost more than the comments. While one pile is
//! being written, the next is gathered.

use super::{archive::failed, instead::Instead};
use crate::{app::AppState, clock, failure::Failure};
use newsroom::{
    site::OutsidePage,
    story::{Address, StoryId},
};
use std::{collections::HashMap, time::Duration};
use store::bring::{Opening, Sheaf};
use tokio::task::{JoinHandle, yield_now};

/// Written as soon as there are so many,
const COMMENTS: usize = 5_000;
/// or of so many threads,
const SHEAVES: usize = 500;
/// or their texts, and those of their stories, have so many bytes.
const BYTES: usize = 8 << 20;

pub struct Pile<'a> {
    app: &'a AppState,
    sheaves: Vec<Sheaf>,
    comments: usize,
    bytes: usize,
    /// What begins in this pile, and in the one that is being written: the database does not know it yet.
    begun: [Begun; 2],
    in_flight: Option<JoinHandle<Result<Instead, Failure>>>,
    instead: Instead,
}

#[derive(Default)]
struct Begun {
    /// With whether they are pages of another site.
    addresses: HashMap<Address, (StoryId, bool)>,
    /// Of a site, by their keys.
    pages: HashMap<String, StoryId>,
}

impl<'a> Pile<'a> {
    pub fn new(app: &'a AppState) -> Pile<'a> {
        Pile {
            app,
            sheaves: Vec::new(),
            comments: 0,
            bytes: 0,
            begun: Default::default(),
            in_flight: None,
            instead: Instead::default(),
        }
    }

    /// A number and a free address for what begins in this pile: a page, or a story.
    pub async fn promise(
        &mut self,
        wanted: &Address,
        page: Option<&OutsidePage>,
    ) -> Result<(StoryId, Address), Failure> {
        let story = self.app.store.next_id().await.map_err(failed)?;
        let promised = |a: &Address| self.at(a).is_some();
        let free = self.app.store.free_address_beside(wanted, promised).await.map_err(failed)?;
        let [now, _] = &mut self.begun;
        now.addresses.insert(free.clone(), (story, page.is_some()));
        if let Some(page) = page {
            now.pages.insert(page.key.clone(), story);
        }
        Ok((story, free))
    }

    /// The story that begins at that address, and whether it is another site's page,
    pub fn at(&self, address: &Address) -> Option<(StoryId, bool)> {
        self.begun.iter().find_map(|some| some.addresses.get(address)).copied()
    }

    /// or the one for that page.
    pub fn of(&self, page: &OutsidePage) -> Option<StoryId> {
        self.begun.iter().find_map(|some| some.pages.get(&page.key)).copied()
    }

    pub async fn put(&mut self, sheaf: Sheaf) -> Result<(), Failure> {
        self.comments += sheaf.comments.len();
        self.bytes += sheaf.comments.iter().map(|c| c.text.len()).sum::<usize>();
        self.bytes += sheaf.opening.as_ref().map_or(0, Opening::bytes);
        self.sheaves.push(sheaf);
        if self.comments >= COMMENTS || self.bytes >= BYTES || self.sheaves.len() >= SHEAVES {
            self.hand_over().await?;
        }
        Ok(())
    }

    /// What is left, to the end; how many stories and comments another import brought meanwhile.
    pub async fn write(&mut self) -> Result<(usize, usize), Failure> {
        self.hand_over().await?;
        self.landed().await?;
        Ok(self.instead.left_out)
    }

    /// One after another: what answers a comment never comes before it.
    async fn hand_over(&mut self) -> Result<(), Failure> {
        self.landed().await?;
        let mut sheaves = std::mem::take(&mut self.sheaves);
        (self.comments, self.bytes) = (0, 0);
        self.begun = [Begun::default(), std::mem::take(&mut self.begun[0])];
        if sheaves.is_empty() {
            return Ok(());
        }
        let mut instead = std::mem::take(&mut self.instead);
        instead.apply(&mut sheaves);
        self.in_flight = Some(tokio::spawn(write(self.app.clone(), sheaves, instead)));
        // Only what was begun goes on beside this thread.
        yield_now().await;
        Ok(())
    }

    async fn landed(&mut self) -> Result<(), Failure> {
        if let Some(writing) = self.in_flight.take() {
            let done = writing.await.map_err(|e| Failure(format!("a pile could not be written: {e}")))?;
            self.instead = done?;
        }
        Ok(())
    }
}

/// Others may give a page its discussion, take its address, or hold what is written here, at the same moment.
const TRIES: u32 = 12;

async fn write(app: AppState, mut sheaves: Vec<Sheaf>, mut instead: Instead) -> Result<Instead, Failure> {
    let (mut at_once, mut tries) = (sheaves.len(), 0);
    while !sheaves.is_empty() {
        sheaves.sort_by_key(|sheaf| sheaf.story);
        let some = at_once.min(sheaves.len());
        match app.store.bring(&sheaves[..some], clock::now()).await {
            Ok(()) => {
                sheaves.drain(..some);
                (at_once, tries) = (2 * some, 0);
            }
            Err(e @ (store::Error::Taken(_) | store::Error::Busy(_))) if tries < TRIES => {
                tries += 1;
                // Fewer are written in less time, and meet others less often.
                at_once = (some / 2).max(1);
                match e {
                    store::Error::Taken(_) => {
                        if instead.look_again(&app, &mut sheaves, some).await.map_err(failed)? {
                            tries = 0;
                        }
                    }
                    _ => tokio::time::sleep(PAUSE * tries).await,
                }
            }
            Err(e) => return Err(failed(e)),
        }
    }
    Ok(instead)
}

/// Before the database is asked again that was busy.
const PAUSE: Duration = Duration::from_millis(50);
