//! Other systems' archives: each thread under the story of its address, or as a page of a site, or, where the
//! archive has the stories themselves, with a story of its own.

use super::{
    isso,
    result::Tally,
    spool::{Spool, Spooled, Spots},
    threads,
};
use crate::{app::AppState, cli::progress::Progress, clock, failure::Failure};
use flate2::read::MultiGzDecoder;
use newsroom::{
    discussion::{
        Mode, Proof, State,
        admit::{Door, Draft, Facts, Parent, Verdict, admit},
        suspicion::Pace,
    },
    moves,
    paper::NetworkDisplay,
    section::Section,
    site,
    slug::Slug,
    story::{Address, Status, Story, StoryId},
};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    fs::File,
    io::{BufReader, Read},
    path::Path,
};
use store::site::{NewOutside, Site};
use wire::{
    Malformed,
    archive::{Archived, IssoRows, OwnStory, Row, Said, Thread},
};

/// What an archive is recognised by, in bytes.
const HEAD: usize = 8_192;
/// A gzipped archive unpacks to so many bytes at most: what a small bomb becomes must not fill the memory.
const MOST_UNPACKED: u64 = 4 << 30;
/// What stands for a removed comment whose text the archive does not have, for moderators.
const NO_TEXT: &str = "(The archive has no text of it.)";

/// Where old addresses lead.
pub struct Old {
    site: Option<String>,
    map: Vec<(String, String)>,
}

impl Old {
    pub fn read(site: Option<String>, map: &[String]) -> Result<Old, Failure> {
        let rule = |rule: &String| {
            let (from, to) = rule.split_once('=')?;
            (!from.is_empty()).then(|| (from.to_owned(), to.to_owned()))
        };
        let read = |one: &String| rule(one).ok_or_else(|| Failure(format!("--map {one} is not FROM=TO")));
        Ok(Old { site, map: map.iter().map(read).collect::<Result<_, _>>()? })
    }

    fn address(&self, address: &str) -> String {
        let rule = self.map.iter().find_map(|(from, to)| Some((to, address.strip_prefix(from.as_str())?)));
        rule.map_or_else(|| address.to_owned(), |(to, rest)| format!("{to}{rest}"))
    }
}

/// As which archive a file is read; `None` where it is no archive.
pub fn form_of(path: &Path, named: Option<Archived>, other: bool) -> Option<Archived> {
    if named.is_some() || other {
        return named;
    }
    let mut head = Vec::new();
    open(path).ok()?.take(HEAD as u64).read_to_end(&mut head).ok()?;
    Archived::sniff(&head)
}

fn open(path: &Path) -> std::io::Result<Box<dyn Read>> {
    let mut first = [0; 2];
    let zipped = File::open(path)?.read_exact(&mut first).is_ok() && first == [0x1f, 0x8b];
    let file = BufReader::new(File::open(path)?);
    Ok(if zipped { Box::new(MultiGzDecoder::new(file).take(MOST_UNPACKED)) } else { Box::new(file) })
}

/// All of a file, held back until it has shown itself whole to the end.
struct Whole {
    /// In the file's order.
    threads: Vec<Thread>,
    left: HashMap<String, String>,
    writers: HashMap<String, String>,
    said: Spooled,
    refused: Vec<(String, String)>,
    notes: Vec<String>,
}

pub async fn take(
    app: &AppState,
    path: &Path,
    form: Archived,
    old: &Old,
    dry: bool,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let mut whole = match read(path, form) {
        Ok(whole) => whole,
        Err(fault) => {
            tally.refuse(path, &fault.where_, fault.what);
            return Ok(());
        }
    };
    for note in std::mem::take(&mut whole.notes) {
        tally.note(path, note);
    }
    for (place, why) in std::mem::take(&mut whole.refused) {
        tally.refuse(path, &place, why);
    }
    let sites = app.store.list_sites().await.map_err(failed)?;
    let site = match &old.site {
        None => None,
        Some(name) => Some(sites.iter().find(|s| s.name == *name).ok_or_else(|| {
            Failure(format!("there is no site {name}: `dateline site list` names those there are"))
        })?),
    };
    let mut places: Vec<(String, Place, Spots)> = Vec::new();
    // Two threads of one address are one.
    let mut by_address: HashMap<String, usize> = HashMap::new();
    for thread in whole.threads {
        let comments = whole.said.of(&thread.key);
        let mut address = old.address(&thread.address);
        // Some systems keep no more than the path.
        if address.starts_with('/')
            && let Some(origin) = site.and_then(|s| s.origins.first())
        {
            address.insert_str(0, origin.as_str());
        }
        if let Some(at) = by_address.get(&address) {
            places[*at].2.and(comments);
            continue;
        }
        if comments.is_empty() && thread.story.is_none() {
            continue;
        }
        match place(app, form, &address, &thread, site, dry).await? {
            Ok(found) => {
                tally.stories += usize::from(found.new);
                by_address.insert(address.clone(), places.len());
                places.push((address, found, comments));
            }
            Err(why) => tally.refuse(path, &format!("thread {}", thread.address), why),
        }
    }
    for (key, comments) in whole.said.rest() {
        let why = whole.left.get(&key).map_or("its thread is not in the file", String::as_str);
        tally.refuse(path, &format!("thread {key}"), format!("{comments} comments: {why}"));
    }
    let mut progress = Progress::over(places.len());
    for (address, place, spots) in places {
        let comments = whole.said.read(spots).map_err(|e| Failure(aside(&e)))?;
        let of = Of { app, path, form, address: &address, writers: &whole.writers, dry };
        of.bring(&place, comments, tally).await?;
        progress.step();
    }
    Ok(())
}

fn failed(e: store::Error) -> Failure {
    Failure(format!(
        "the archive could not be taken in: {e}; run the same import again, what came before it stays"
    ))
}

fn read(path: &Path, form: Archived) -> Result<Whole, Malformed> {
    let broken = |e: std::io::Error| Malformed { where_: "file".into(), what: aside(&e) };
    let mut spool = Spool::new().map_err(broken)?;
    let (mut threads, mut left, mut writers) = (Vec::new(), HashMap::new(), HashMap::new());
    let (mut refused, mut notes) = (Vec::new(), Vec::new());
    let mut sink = |row: Row| {
        match row {
            Row::Thread(thread) => threads.push(thread),
            Row::Left { key, why } => {
                left.insert(key, why);
            }
            Row::Writer { key, name } => {
                writers.insert(key, name);
            }
            Row::Said(said) => spool.put(said).map_err(broken)?,
            Row::Refused { place, why } => refused.push((place, why)),
            Row::Note(note) => notes.push(note),
        }
        Ok(())
    };
    if form == Archived::Isso {
        let mut rows = IssoRows::new(&mut sink, clock::now());
        isso::read(path, &mut rows)?;
        rows.finish()?;
    } else {
        let file = open(path)
            .map_err(|e| Malformed { where_: "file".into(), what: format!("cannot be read: {e}") })?;
        wire::archive::read(form, &mut BufReader::new(file), clock::now(), &mut sink)?;
    }
    let said = spool.whole().map_err(broken)?;
    Ok(Whole { threads, left, writers, said, refused, notes })
}

/// Of the file in the temporary folder where comments wait.
fn aside(e: &std::io::Error) -> String {
    format!("the comments cannot be put aside in {}: {e}", std::env::temp_dir().display())
}

/// The story under which a thread comes to stand.
struct Place {
    story: StoryId,
    new: bool,
}

async fn place(
    app: &AppState,
    form: Archived,
    address: &str,
    thread: &Thread,
    site: Option<&Site>,
    dry: bool,
) -> Result<Result<Place, String>, Failure> {
    let now = clock::now();
    let known = |story| Ok(Ok(Place { story, new: false }));
    let own_path = address.strip_prefix(&app.paper.address).unwrap_or(address);
    let path = own_path.split(['?', '#']).next().unwrap_or_default();
    if let Some(address) = crate::http::site::path::story_address(path)
        && let Some(facts) = app.store.facts_at(&address).await.map_err(failed)?
    {
        return known(facts.id);
    }
    let digest = digest(&[form.as_str(), "thread", address]);
    if let Some(id) = app.store.brought(digest).await.map_err(failed)?
        && app.store.facts_of(id).await.map_err(failed)?.is_some()
    {
        return known(id);
    }
    if let Some(own) = &thread.story {
        let new = match story_of(app, own, thread) {
            Ok(Some(story)) => story,
            Ok(None) => return Ok(Err("it was not published there; it is not taken".into())),
            Err(why) => return Ok(Err(why)),
        };
        if dry {
            return Ok(Ok(Place { story: 0, new: true }));
        }
        let mut story = new;
        story.id = app.store.next_id().await.map_err(failed)?;
        if let Some(wanted) = story.address.take() {
            story.address = Some(app.store.free_address(&wanted).await.map_err(failed)?);
        }
        // The note first: without its story it counts for nothing, and no story is made twice.
        app.store.note_brought(digest, story.id).await.map_err(failed)?;
        app.store
            .save_story(None, &story, "import", "brought it from an archive", now)
            .await
            .map_err(failed)?;
        close(app, thread, story.id, now).await?;
        return Ok(Ok(Place { story: story.id, new: true }));
    }
    let Some(site) = site else {
        return Ok(Err(
            "no story here has that address: name the site whose page it is (--site), or map its address (--map)"
                .into(),
        ));
    };
    let page = match site::page("", address, &site.origins) {
        Ok(page) => page,
        Err(fault) => return Ok(Err(fault.words())),
    };
    if let Some(there) = app.store.outside(&site.key, &page.key).await.map_err(failed)? {
        return known(there.story);
    }
    if dry {
        return Ok(Ok(Place { story: 0, new: true }));
    }
    let title = match site::title(&thread.title, &page) {
        Ok(title) => title,
        Err(fault) => return Ok(Err(fault.words())),
    };
    let at = thread.published_at.unwrap_or(now).min(now);
    let wanted = Address { day: app.paper.zone.day(at), slug: Slug::of(&title, "page") };
    let story = app.store.next_id().await.map_err(failed)?;
    let address = app.store.free_address(&wanted).await.map_err(failed)?;
    let new =
        NewOutside { story, site, page: &page, title: &title, language: "", address: &address, now: at };
    app.store.add_outside(&new).await.map_err(failed)?;
    close(app, thread, story, now).await?;
    Ok(Ok(Place { story, new: true }))
}

async fn close(
    app: &AppState,
    thread: &Thread,
    story: StoryId,
    now: newsroom::Millis,
) -> Result<(), Failure> {
    if !thread.closed {
        return Ok(());
    }
    match app.store.set_mode(story, Mode::Closed, "import", now).await {
        Ok(()) | Err(store::Error::Gone(_)) => Ok(()),
        Err(e) => Err(failed(e)),
    }
}

/// The story as published at its own time; `None` where it never was.
fn story_of(app: &AppState, own: &OwnStory, thread: &Thread) -> Result<Option<Story>, String> {
    let Some(at) = thread.published_at.filter(|_| !own.draft) else { return Ok(None) };
    let section = app.paper.sections.iter().find(|s| s.name == own.copy.section).cloned();
    let section = section.or(app.paper.sections.first().cloned()).unwrap_or_else(|| Section::named("News"));
    let draft = Story {
        id: 0,
        edition: 1,
        status: Status::Draft,
        copy: own.copy.clone(),
        topics: newsroom::section::Topic::list(&own.copy.topics.join(",")),
        section,
        photos: vec![],
        address: None,
        created_at: at,
        published_at: None,
        changed_at: None,
        embargo_until: None,
        scheduled_for: None,
        urgency: 5,
        slugline: Default::default(),
        ednote: Default::default(),
        usage_terms: String::new(),
        source: None,
        notices: vec![],
    };
    moves::publish(&draft, at, &app.paper.zone).map(Some).map_err(|not| not.words(&app.paper.zone))
}

/// Of one thread.
struct Of<'a> {
    app: &'a AppState,
    path: &'a Path,
    form: Archived,
    address: &'a str,
    writers: &'a HashMap<String, String>,
    dry: bool,
}

impl Of<'_> {
    async fn bring(&self, place: &Place, said: Vec<Said>, tally: &mut Tally) -> Result<(), Failure> {
        let mut before: HashMap<String, (i64, i64)> = HashMap::new();
        let mut fresh = Vec::with_capacity(said.len());
        let mut seen = std::collections::HashSet::new();
        let answered: std::collections::HashSet<String> =
            said.iter().filter_map(|s| s.parent.clone()).collect();
        let mut textless = 0u64;
        for mut one in said {
            let digest = digest(&[self.form.as_str(), self.address, &one.id]);
            if !seen.insert(digest) {
                tally.refuse(self.path, &format!("comment {}", one.id), "has the number of another".into());
                continue;
            }
            // A story that is new has none of them.
            if !place.new
                && let Some(id) = self.app.store.brought(digest).await.map_err(failed)?
            {
                let root = self.app.store.comment(id).await.map_err(failed)?.map_or(id, |c| c.root);
                before.insert(one.id, (id, root));
                tally.unchanged += 1;
                continue;
            }
            if let Some(name) = one.writer.as_ref().and_then(|w| self.writers.get(w)) {
                one.name.clone_from(name);
            }
            if one.name.is_empty() {
                one.name = "Anonymous".into();
            }
            // Deleted ones often come without their text: one that is answered stays as a stub.
            if one.state == State::Removed && one.text.trim().is_empty() {
                if !answered.contains(&one.id) {
                    textless += 1;
                    continue;
                }
                one.text = NO_TEXT.into();
            }
            match self.admitted(&one) {
                Ok((name, text)) => {
                    one.name = name;
                    fresh.push((one, text, digest));
                }
                Err(why) => tally.refuse(self.path, &format!("comment {}", one.id), why),
            }
        }
        if textless > 0 {
            let why =
                format!("{}: {textless} deleted without text or answer were passed over.", self.address);
            tally.note(self.path, why);
        }
        tally.comments += fresh.len();
        if self.dry || fresh.is_empty() {
            return Ok(());
        }
        let masks = self.app.paper.networks == NetworkDisplay::Mask;
        let network = |one: &Said| match one.network {
            Some(network) if masks => network.to_string(),
            _ => String::new(),
        };
        let first = self.app.store.numbers(fresh.len()).await.map_err(failed)?;
        let thread = threads::grow(fresh, first, network, &before);
        for note in thread.notes {
            tally.note(self.path, format!("{}: {note}", self.address));
        }
        let now = clock::now();
        // In one transaction: a root's replies are counted once, whenever the import ends.
        self.app.store.bring(place.story, &thread.comments, &thread.grown, now).await.map_err(failed)
    }

    /// By the rule of every comment.
    fn admitted(&self, one: &Said) -> Result<(String, String), String> {
        let facts = Facts {
            door: Door::Import,
            status: Status::Published,
            published_at: one.at,
            mode: Mode::Open,
            parent: Parent::None,
            said_before: false,
            last_minute: 0,
            last_hour: 0,
            last_day: 0,
            network: Pace::default(),
            wide: Pace::default(),
            proof: Proof::None,
            echoes: false,
            last_here: None,
            shown_before: 0,
            sanction: None,
            reserved: &[],
            staff: false,
            taken: false,
            regard: None,
        };
        let draft = Draft { name: one.name.clone(), text: one.text.clone(), ..Draft::default() };
        match admit(&draft, &facts, &[], &self.app.policy, one.at) {
            Verdict::Shown(clean) | Verdict::Held(clean, _) => Ok((clean.name, clean.text)),
            Verdict::Refused(why) => Err(why.words()),
        }
    }
}

/// The beginning of a SHA-256, by which a thing of an archive is known again.
fn digest(parts: &[&str]) -> i64 {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let bytes: [u8; 8] = hasher.finalize()[..8].try_into().expect("SHA-256 has 32 bytes");
    i64::from_be_bytes(bytes)
}
