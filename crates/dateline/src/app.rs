//! What every handler can reach: made once when serving begins, shared by all threads.

use crate::{
    clock,
    config::Config,
    edge::{Crowd, Edge, Flood, Print},
    failure::Failure,
    house::House,
    http::security,
    letters::PostOffice,
    live::Live,
    media::Shelf,
    observe::{Figures, Health},
    outside::Trust,
    passkey::{NoPasskeys, RelyingParty},
    prints::PrintKeys,
    readers::{Provider, read_providers},
    ready::{ReadyPages, Settings},
    receipts::Receipts,
    screening::{Screening, read_lists},
    staff::{Passwords, SetUpLink, TriesOf},
};
use axum::http::HeaderMap;
use newsroom::{
    Language, Millis,
    discussion::{Policy, Reasons},
    paper::Paper,
    passkey::Passkeys,
    story::{Status, Story, StoryId},
    touch::Touch,
};
use pages::{Theme, Voice, Words};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{OnCommit, Place, Store, site::Site};

/// What every handler can reach.
pub struct App {
    pub config: Config,
    /// The data directory.
    pub data: PathBuf,
    pub paper: Paper,
    pub policy: Policy,
    pub store: Store,
    pub theme: Theme,
    pub media: Arc<Shelf>,
    pub ready: Arc<ReadyPages>,
    pub house: Arc<House>,
    /// Readers who are told of new comments.
    pub live: Arc<Live>,
    /// Sends letters; `None` where the paper sends none.
    pub post: Option<PostOffice>,
    /// Whose certificates are believed outside.
    pub trust: Trust,
    /// Signs the addresses of receipts.
    pub receipts: Receipts,
    /// Signs what lets somebody in or acts for them, and soon ends; its key is in no copy of the paper.
    pub doors: Receipts,
    pub edge: Edge,
    /// Comments, by print.
    pub comments: Flood,
    /// Comments, by the networks around.
    pub crowd: Crowd,
    /// By what an address is known again.
    pub prints: PrintKeys,
    /// Since when this node has counted.
    pub since: Millis,
    /// Votes for comments, by print.
    pub votes: Flood,
    /// Reports and appeals, by print.
    pub complaints: Flood,
    /// Comments in slowed discussions, by print and story.
    pub slowed: Flood<(Print, StoryId)>,
    pub screening: Screening,
    /// With which readers sign in, besides letters.
    pub providers: Vec<Provider>,
    /// Sign-in tries.
    pub sign_ins: Flood<TriesOf>,
    pub figures: Figures,
    pub health: Health,
    /// On every reply that does not set its own.
    pub security: HeaderMap,
    /// Under which name browsers keep its passkeys, or why they keep none.
    pub passkeys: Result<RelyingParty, NoPasskeys>,
    /// Questions for passkeys, by print.
    pub asked: Flood,
    /// Checks staff's passwords, few at a time.
    pub passwords: Passwords,
    /// Open until the first account is made.
    pub set_up: SetUpLink,
}

/// The state of the router.
pub type AppState = Arc<App>;

/// Acts remembered for flood limits; some 50 bytes each.
const REMEMBERED: usize = 200_000;

impl App {
    /// Opens what is stored under `data`, or in the database that the configuration names.
    pub async fn open(config: Config, paper: Paper, data: &Path) -> Result<App, Failure> {
        let theme = theme_of(data)?;
        let security = security::headers(&[theme.style().to_owned()], paper.address.starts_with("https://"));
        let ready = Arc::new(ReadyPages::new(Settings {
            most_bytes: config.limits.cache_bytes,
            base: security::for_readers(&security),
            clock: clock::now,
        }));
        let house = Arc::new(House::of(&paper.name));
        let live = Arc::new(Live::new(config.limits.live));
        let told = (ready.clone(), house.clone(), live.clone());
        let on_commit = Arc::new(move |touches: &[Touch]| {
            told.1.touched(touches);
            told.0.invalidate(touches);
            // Last: whoever is told reads the page anew.
            told.2.touched(touches);
        });
        let store = open_store(&config, data, on_commit).await?;
        store.fold_names_anew().await.map_err(|e| Failure(e.to_string()))?;
        store.begin_discussions(store::Beginning {
            mode: config.discussion.mode,
            sections: config.discussion.sections.clone(),
        });
        let chance = |e| Failure(format!("the system gives no random numbers: {e}"));
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(chance)?;
        let key = store.secret("receipts", key).await.map_err(|e| Failure(e.to_string()))?;
        let (mut bans, mut doors) = ([0; 32], [0; 32]);
        getrandom::fill(&mut bans).map_err(chance)?;
        getrandom::fill(&mut doors).map_err(chance)?;
        let bans = store.ban_key(bans).await.map_err(|e| Failure(e.to_string()))?;
        let doors = store.door_key(doors).await.map_err(|e| Failure(e.to_string()))?;
        let folder = data.join("media");
        let media = Shelf::open(&folder).map_err(|e| Failure(format!("{}: {e}", folder.display())))?;
        let trust = Trust::read(&config.outside.authorities)?;
        let post = PostOffice::open(&config.letters, &paper, &trust)?;
        crate::scorer::read_url(&config.scorer).map_err(|why| Failure(format!("scorer.url: {why}")))?;
        let passkeys = RelyingParty::of(&paper.address, &paper.name);
        if let (Err(why), Passkeys::Required) = (&passkeys, config.staff.passkeys) {
            return Err(Failure(format!(
                "staff.passkeys is required, and nobody could add one. {}",
                why.words()
            )));
        }
        if let (Err(why), true) = (&passkeys, config.identity.passkeys) {
            return Err(Failure(format!(
                "identity.passkeys is on, and nobody could have one. {}",
                why.words()
            )));
        }
        let providers = read_providers(&config.identity, &trust).map_err(Failure)?;
        Ok(App {
            passkeys,
            asked: Flood::new(REMEMBERED / 4),
            post,
            trust,
            providers,
            media: Arc::new(media),
            figures: Figures::new(ready.clone(), live.clone()),
            health: Health::default(),
            comments: Flood::new(REMEMBERED),
            crowd: Crowd::default(),
            prints: PrintKeys::new(&bans, config.discussion.print_days as i64),
            since: clock::now(),
            votes: Flood::new(REMEMBERED / 4),
            complaints: Flood::new(REMEMBERED / 4),
            slowed: Flood::new(REMEMBERED / 4),
            screening: Screening::new(
                config.discussion.screen,
                read_lists(data)?,
                config.discussion.learned_hold_at,
            ),
            sign_ins: Flood::new(REMEMBERED / 4),
            edge: Edge::new(config.proxy.trusted.clone()).map_err(chance)?,
            policy: config.policy(),
            house,
            live,
            receipts: Receipts::new(&key),
            doors: Receipts::new(&doors),
            passwords: Passwords::default(),
            set_up: SetUpLink::default(),
            config,
            data: data.to_owned(),
            paper,
            store,
            theme,
            ready,
            security,
        })
    }
}

impl App {
    /// The paper's words.
    pub fn words(&self) -> &'static Words {
        Words::of_paper(&self.paper)
    }

    /// Those of another site's page: in its language where there are words in it, else in the site's.
    pub fn words_on(&self, site: &Site, language: &str) -> &'static Words {
        Language::of(language).or(site.own.language).map_or_else(|| self.words(), Words::of)
    }

    /// Those in which writers under a story are spoken to: those of the page where it is another site's.
    pub async fn words_under(&self, story: &Story) -> store::Result<&'static Words> {
        if story.status != Status::Outside {
            return Ok(self.words());
        }
        if let Some(language) = Language::of(&story.copy.language) {
            return Ok(Words::of(language));
        }
        let site = match self.store.outside_of(story.id).await? {
            Some(outside) => self.house.site(&self.store, &outside.site_key).await?,
            None => None,
        };
        Ok(site.map_or(self.words(), |site| self.words_on(&site, "")))
    }

    /// In which the paper speaks, with its reasons as `house` has them.
    pub fn voice<'a>(&self, reasons: &'a Reasons) -> Voice<'a> {
        Voice { words: self.words(), reasons }
    }

    /// What every commit, of this node or another, makes stale here.
    pub fn touched(&self, touches: &[Touch]) {
        self.house.touched(touches);
        self.ready.invalidate(touches);
        self.live.touched(touches);
    }
}

/// The database of a data directory.
pub async fn open_store(config: &Config, data: &Path, on_commit: OnCommit) -> Result<Store, Failure> {
    let place = match &config.database.url {
        Some(url) => Place::Postgres(url.clone()),
        None => Place::Sqlite(data.join("paper.sqlite")),
    };
    let mut node = [0; 8];
    getrandom::fill(&mut node).map_err(|e| Failure(format!("the system gives no random numbers: {e}")))?;
    // Positive, and small enough to be read in a log.
    let node = i64::from_be_bytes(node) & 0xffff_ffff;
    Store::open(&place, node, on_commit).await.map_err(|e| {
        Failure(match e {
            store::Error::Busy(why) | store::Error::Broken(why) => {
                format!("the paper cannot be opened: {why}")
            }
            e => format!("the paper in {} cannot be opened: {e}", data.display()),
        })
    })
}

/// The built-in theme, with the templates of the folder `theme` in their place where there are any.
pub(crate) fn theme_of(data: &Path) -> Result<Theme, Failure> {
    let folder = data.join("theme");
    let mut own = Vec::new();
    if folder.is_dir() {
        for name in Theme::names() {
            let file = folder.join(name);
            match std::fs::read_to_string(&file) {
                Ok(source) => own.push((name.to_owned(), source)),
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                Err(e) => return Err(Failure(format!("{}: {e}", file.display()))),
            }
        }
    }
    Theme::with(own).map_err(|e| Failure(format!("the theme in {}: {e}", folder.display())))
}
