//! What every comment is judged by and that seldom changes, kept in memory until it is touched: the story's
//! own facts, sanctions, the names that no reader may sign with, and the reasons for removals.

use crate::problem::Fault;
use newsroom::{
    Millis,
    discussion::{Network, Reach, Reasons, Reserved, admit::Sanction, name::looks},
    mail::domains,
    story::Address,
    touch::Touch,
};
use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};
use store::{Store, comment::StoryFacts, sanction::Whom, site::Site};

#[derive(Default)]
pub struct House {
    /// The paper's name, which is nobody else's.
    paper: String,
    stories: papaya::HashMap<Address, Arc<StoryFacts>>,
    rules: RwLock<Option<Arc<Rules>>>,
    sites: RwLock<Option<Arc<Vec<Arc<Site>>>>>,
    reasons: RwLock<Option<Arc<Reasons>>>,
    /// Grows with every touch, so that what was read before it is not kept after it.
    generation: AtomicU64,
}

/// Of the whole paper.
#[derive(Debug, Default)]
pub struct Rules {
    networks: HashMap<String, Vec<Sanction>>,
    /// By the name's look, see `newsroom::discussion::name::own_look`.
    names: HashMap<String, Vec<Sanction>>,
    /// By the mail domain.
    domains: HashMap<String, Vec<Sanction>>,
    /// By the print under the key of bans, of whatever reach.
    prints: HashMap<i64, Vec<Sanction>>,
    /// Names that no reader may sign with.
    pub reserved: Reserved,
    /// Whether any reader has an account; while none has, no name is looked up.
    pub accounts: bool,
}

/// All that a sanction may be against.
pub struct Writer<'a> {
    pub network: &'a Network,
    /// Under the key of bans.
    pub prints: [i64; 3],
    pub name: &'a str,
    /// As typed.
    pub email: &'a str,
}

impl Rules {
    /// The gravest in force.
    pub fn sanction(&self, of: &Writer<'_>, now: Millis) -> Option<Sanction> {
        let Writer { network, name, .. } = of;
        let of_network = match self.networks.is_empty() {
            true => None,
            false => self.networks.get(&network.to_string()),
        };
        let of_name = match self.names.is_empty() {
            true => Vec::new(),
            false => looks(name).iter().filter_map(|look| self.names.get(look)).collect(),
        };
        let email = match self.domains.is_empty() {
            true => None,
            false => newsroom::mail::address(of.email),
        };
        let domains = email.iter().flat_map(|email| domains(email)).filter_map(|d| self.domains.get(d));
        let prints = of.prints.iter().filter_map(|print| self.prints.get(print));
        let all = of_network.into_iter().chain(of_name).chain(domains).chain(prints).flatten();
        all.filter(|s| s.until > now).max_by_key(|s| (s.refuse, s.refuse || !s.wide, s.until)).cloned()
    }
}

/// Stories whose facts are kept.
const STORIES: usize = 20_000;

impl House {
    pub fn of(paper: &str) -> House {
        House { paper: paper.to_owned(), ..House::default() }
    }

    /// To be told of every commit, before its answer.
    pub fn touched(&self, touches: &[Touch]) {
        for touch in touches {
            match touch {
                Touch::Policy(id) => {
                    self.generation.fetch_add(1, Ordering::SeqCst);
                    self.stories.pin().retain(|_, facts| facts.id != *id);
                }
                Touch::Sanctions | Touch::Paper => {
                    self.generation.fetch_add(1, Ordering::SeqCst);
                    *self.rules.write().unwrap_or_else(PoisonError::into_inner) = None;
                    if *touch == Touch::Paper {
                        self.stories.pin().clear();
                        *self.sites.write().unwrap_or_else(PoisonError::into_inner) = None;
                        *self.reasons.write().unwrap_or_else(PoisonError::into_inner) = None;
                    }
                }
                _ => {}
            }
        }
    }

    /// Of the story at an address; `None` where there is none.
    pub async fn story(&self, store: &Store, address: &Address) -> Result<Option<Arc<StoryFacts>>, Fault> {
        if let Some(facts) = self.stories.pin().get(address) {
            return Ok(Some(facts.clone()));
        }
        let before = self.generation.load(Ordering::SeqCst);
        let Some(facts) = store.facts_at(address).await? else { return Ok(None) };
        let facts = Arc::new(facts);
        let stories = self.stories.pin();
        if stories.len() >= STORIES {
            stories.clear();
        }
        stories.insert(address.clone(), facts.clone());
        if self.generation.load(Ordering::SeqCst) != before {
            stories.remove(address);
        }
        Ok(Some(facts))
    }

    pub async fn rules(&self, store: &Store, now: Millis) -> Result<Arc<Rules>, Fault> {
        let kept = self.rules.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(rules) = kept {
            return Ok(rules);
        }
        let before = self.generation.load(Ordering::SeqCst);
        let mut rules = Rules::default();
        for sanction in store.sanctions_in_force(now).await? {
            let wide = matches!(sanction.against, Whom::Print(Reach::Wide, _));
            let kept = Sanction { refuse: sanction.refuse, until: sanction.until, wide };
            match sanction.against {
                Whom::Network(mask) => rules.networks.entry(mask).or_default(),
                Whom::Name(name) => rules.names.entry(name).or_default(),
                Whom::Domain(domain) => rules.domains.entry(domain).or_default(),
                Whom::Print(_, print) => rules.prints.entry(print).or_default(),
            }
            .push(kept);
        }
        let people = store.list_people().await?;
        rules.reserved = Reserved::of(&self.paper, people.iter().map(|p| p.name.as_str()));
        rules.accounts = store.has_readers().await?;
        let rules = Arc::new(rules);
        let mut kept = self.rules.write().unwrap_or_else(PoisonError::into_inner);
        if self.generation.load(Ordering::SeqCst) == before {
            *kept = Some(rules.clone());
        }
        Ok(rules)
    }

    /// Why comments are removed here.
    pub async fn reasons(&self, store: &Store) -> store::Result<Arc<Reasons>> {
        let kept = self.reasons.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(reasons) = kept {
            return Ok(reasons);
        }
        let before = self.generation.load(Ordering::SeqCst);
        let reasons = Arc::new(store.reasons().await?);
        let mut kept = self.reasons.write().unwrap_or_else(PoisonError::into_inner);
        if self.generation.load(Ordering::SeqCst) == before {
            *kept = Some(reasons.clone());
        }
        Ok(reasons)
    }

    /// The site of that key; `None` where there is none.
    pub async fn site(&self, store: &Store, key: &str) -> store::Result<Option<Arc<Site>>> {
        let kept = self.sites.read().unwrap_or_else(PoisonError::into_inner).clone();
        let sites = match kept {
            Some(sites) => sites,
            None => {
                let before = self.generation.load(Ordering::SeqCst);
                let sites: Arc<Vec<_>> =
                    Arc::new(store.list_sites().await?.into_iter().map(Arc::new).collect());
                let mut kept = self.sites.write().unwrap_or_else(PoisonError::into_inner);
                if self.generation.load(Ordering::SeqCst) == before {
                    *kept = Some(sites.clone());
                }
                sites
            }
        };
        Ok(sites.iter().find(|site| site.key == key).cloned())
    }
}
