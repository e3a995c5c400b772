//! What others brought while this import was at work on the same: it is left out here, and what answers it stands under
//! theirs.

use crate::app::AppState;
use newsroom::{
    discussion::{CommentId, State},
    story::{Address, StoryId},
};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::bring::{Opening, Sheaf};

/// Numbers that were given out here, and what stands there instead.
#[derive(Default)]
pub struct Instead {
    /// Stories and pages that were to begin.
    stories: HashMap<StoryId, StoryId>,
    /// Comments, and those under them that are in another thread by it.
    comments: HashMap<CommentId, There>,
    /// How many stories and comments did not come by this import, for they were there.
    pub left_out: (usize, usize),
}

struct There {
    /// The story for which it was meant here,
    meant: StoryId,
    /// and that under which it is.
    story: StoryId,
    id: CommentId,
    root: CommentId,
}

impl Instead {
    /// Sheaves that wait go where those before them went. What no more of them can answer is forgotten: they follow each
    /// other story by story.
    pub fn apply(&mut self, sheaves: &mut [Sheaf]) {
        for sheaf in sheaves.iter_mut() {
            sheaf.story = self.stories.get(&sheaf.story).copied().unwrap_or(sheaf.story);
        }
        let here: HashSet<StoryId> = sheaves.iter().map(|sheaf| sheaf.story).collect();
        self.comments.retain(|_, there| here.contains(&there.meant));
        if !self.comments.is_empty() {
            sheaves.iter_mut().for_each(|sheaf| self.answer(sheaf));
        }
    }

    /// Of the first `some`, which could not be written, what is there by now is left out; what is not goes where there is
    /// room. Whether anything was left out.
    pub async fn look_again(
        &mut self,
        app: &AppState,
        sheaves: &mut Vec<Sheaf>,
        some: usize,
    ) -> store::Result<bool> {
        let before = self.left_out;
        self.openings(app, sheaves, some).await?;
        for sheaf in sheaves.iter_mut() {
            sheaf.story = self.stories.get(&sheaf.story).copied().unwrap_or(sheaf.story);
        }
        for sheaf in sheaves.iter_mut().take(some) {
            self.leave_out(app, sheaf).await?;
        }
        sheaves.iter_mut().for_each(|sheaf| self.answer(sheaf));
        sheaves.retain(|sheaf| sheaf.opening.is_some() || !sheaf.comments.is_empty());
        Ok(self.left_out != before)
    }

    async fn openings(&mut self, app: &AppState, sheaves: &mut [Sheaf], some: usize) -> store::Result<()> {
        let later = sheaves.iter().skip(some).filter_map(|sheaf| sheaf.opening.as_ref()?.address());
        let mut ours: HashSet<Address> = later.cloned().collect();
        for sheaf in sheaves.iter_mut().take(some) {
            let Some(opening) = &mut sheaf.opening else { continue };
            let there = match opening {
                Opening::Page { site, page, .. } => {
                    app.store.outside(&site.key, &page.key).await?.map(|o| o.story)
                }
                // Only another import brings it.
                Opening::Story { digest, .. } => app.store.brought(*digest).await?,
            };
            if let Some(there) = there {
                self.stories.insert(sheaf.story, there);
                self.left_out.0 += 1;
                sheaf.opening = None;
            } else if let Some(wanted) = opening.address().cloned() {
                let free = app.store.free_address_beside(&wanted, |a| ours.contains(a)).await?;
                ours.insert(free.clone());
                opening.move_to(free);
            }
        }
        Ok(())
    }

    async fn leave_out(&mut self, app: &AppState, sheaf: &mut Sheaf) -> store::Result<()> {
        let all = std::mem::take(&mut sheaf.comments);
        let many = all.len();
        for one in all {
            let there = match app.store.brought(one.digest).await? {
                Some(id) => app.store.comment(id).await?,
                None => None,
            };
            match there {
                Some(c) => {
                    let there = There { meant: sheaf.story, story: c.story, id: c.id, root: c.root };
                    self.comments.insert(one.id, there);
                    self.left_out.1 += 1;
                }
                None => sheaf.comments.push(one),
            }
        }
        if sheaf.comments.len() < many {
            // A removed one stays as a stub only where something stands under it still.
            let mut under = HashSet::new();
            for one in sheaf.comments.iter_mut().rev() {
                one.listed = one.state == State::Shown || under.contains(&one.id);
                under.extend(one.parent.filter(|_| one.listed));
            }
        }
        Ok(())
    }

    /// What answers what was left out stands under that which is there; what is under another story cannot be answered.
    fn answer(&mut self, sheaf: &mut Sheaf) {
        let mut grown: BTreeMap<CommentId, u32> = BTreeMap::new();
        for one in &mut sheaf.comments {
            if let Some(there) = one.parent.and_then(|parent| self.comments.get(&parent)) {
                (one.parent, one.root) = match there.story == sheaf.story {
                    true => (Some(there.id), there.root),
                    false => (None, one.id),
                };
                let itself = There { meant: sheaf.story, story: sheaf.story, id: one.id, root: one.root };
                self.comments.insert(one.id, itself);
            }
            if one.parent.is_some() && one.state == State::Shown {
                *grown.entry(one.root).or_default() += 1;
            }
        }
        sheaf.grown = grown.into_iter().collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use newsroom::Millis;
    use store::bring::Brought;

    fn said(id: i64, root: i64, parent: Option<i64>, state: State) -> Brought {
        Brought {
            digest: id,
            id,
            root,
            parent,
            state,
            reason: None,
            listed: true,
            at: Millis(1),
            name: "Ada".into(),
            network: String::new(),
            text: "Said.".into(),
        }
    }

    fn sheaf(story: StoryId, comments: Vec<Brought>) -> Sheaf {
        Sheaf { story, outside: true, opening: None, comments, grown: vec![] }
    }

    /// 3 answers 2, 2 answers 1; 1 is there as 91 under 90. It holds for the sheaves that come later, too.
    #[test]
    fn answers_move_to_the_thread_that_is_there() {
        let (shown, removed) = (State::Shown, State::Removed);
        let mut instead = Instead::default();
        instead.comments.insert(1, There { meant: 7, story: 7, id: 91, root: 90 });
        let mut some = [sheaf(7, vec![said(2, 1, Some(1), removed), said(3, 1, Some(2), shown)])];
        let places =
            |sheaf: &Sheaf| sheaf.comments.iter().map(|c| (c.id, c.root, c.parent)).collect::<Vec<_>>();
        for _ in 0..2 {
            instead.apply(&mut some);
            assert_eq!(places(&some[0]), [(2, 90, Some(91)), (3, 90, Some(2))]);
            assert_eq!(some[0].grown, [(90, 1)]);
        }
        let mut later = [sheaf(7, vec![said(4, 1, Some(3), shown), said(5, 5, None, shown)])];
        instead.apply(&mut later);
        assert_eq!(places(&later[0]), [(4, 90, Some(3)), (5, 5, None)]);
        // Another story begins: nothing answers the first any more.
        instead.apply(&mut [sheaf(8, vec![said(6, 6, None, shown)])]);
        assert!(instead.comments.is_empty());
        // What is under another story is answered by nobody here.
        instead.comments.insert(1, There { meant: 7, story: 5, id: 91, root: 90 });
        let mut other = [sheaf(7, vec![said(2, 1, Some(1), shown), said(3, 1, Some(2), shown)])];
        instead.apply(&mut other);
        assert_eq!(places(&other[0]), [(2, 2, None), (3, 2, Some(2))]);
        assert_eq!(other[0].grown, [(2, 1)]);
    }
}
