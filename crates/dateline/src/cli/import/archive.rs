//! Other systems' archives: each thread under the story of its address, or as a page of a site, or, where the
//! archive has the stories themselves, with a story of its own.

use super::{
    bring::{Of, Page},
    isso,
    looked::Looked,
    onto::Onto,
    place::place,
    result::Tally,
    spool::{Spool, Spooled},
};
use crate::{app::AppState, cli::progress::Progress, clock, failure::Failure};
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{BufReader, Read},
    path::Path,
};
use store::site::Site;
use wire::{
    Malformed,
    archive::{Archived, IssoRows, Row, Sink},
};

/// What an archive is recognised by, in bytes.
const HEAD: usize = 8_192;
/// A gzipped archive unpacks to so many bytes at most: what a small bomb becomes must not fill the memory.
const MOST_UNPACKED: u64 = 4 << 30;

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

    /// Some systems keep no more than the path: then it is one of the site.
    fn address(&self, address: &str, site: Option<&Site>) -> String {
        let rule = self.map.iter().find_map(|(from, to)| Some((to, address.strip_prefix(from.as_str())?)));
        let mut address = rule.map_or_else(|| address.to_owned(), |(to, rest)| format!("{to}{rest}"));
        if address.starts_with('/')
            && let Some(origin) = site.and_then(|s| s.origins.first())
        {
            address.insert_str(0, origin.as_str());
        }
        address
    }
}

/// As which archive a file is read; `None` where it is no archive.
pub fn form_of(path: &Path, named: Option<Archived>, other: bool) -> Option<Archived> {
    if named.is_some() || other {
        return named;
    }
    let mut head = Vec::new();
    open(path, false).ok()?.take(HEAD as u64).read_to_end(&mut head).ok()?;
    Archived::sniff(&head)
}

/// Its bytes, unpacked; somebody who watches is told how many MiB of the file were read.
fn open(path: &Path, told: bool) -> std::io::Result<Box<dyn Read>> {
    let mut first = [0; 2];
    let zipped = File::open(path)?.read_exact(&mut first).is_ok() && first == [0x1f, 0x8b];
    let file = File::open(path)?;
    let progress = told.then(|| Progress::over(file.metadata().map_or(0, |m| (m.len() >> 20) as usize)));
    let file = Watched { file: BufReader::new(file), read: 0, progress };
    Ok(if zipped {
        Box::new(MultiGzDecoder::new(BufReader::new(file)).take(MOST_UNPACKED))
    } else {
        Box::new(file)
    })
}

struct Watched {
    file: BufReader<File>,
    read: u64,
    progress: Option<Progress>,
}

impl Read for Watched {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let some = self.file.read(into)?;
        self.read += some as u64;
        if let Some(progress) = &mut self.progress {
            progress.to((self.read >> 20) as usize);
        }
        Ok(some)
    }
}

/// Where somebody only looks, with what was looked at before.
pub async fn take(
    app: &AppState,
    path: &Path,
    form: Archived,
    old: &Old,
    looked: Option<&mut Looked>,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let sites = app.store.list_sites().await.map_err(failed)?;
    let site = match &old.site {
        None => None,
        Some(name) => Some(sites.iter().find(|s| s.name == *name).ok_or_else(|| {
            Failure(format!("there is no site {name}: `dateline site list` names those there are"))
        })?),
    };
    let mut told = Tally::default();
    let mut said = match read(path, form, &|address| old.address(address, site), &mut told) {
        Ok(said) => said,
        Err(fault) => {
            tally.refuse(path, &fault.where_, fault.what);
            return Ok(());
        }
    };
    tally.and(told);
    let broken = |e: std::io::Error| Failure(aside(&e));
    let mut progress = Progress::over(said.ledger.count_pages().map_err(broken)?);
    let mut onto = Onto::new(app, looked);
    let mut last = 0;
    loop {
        let pages = said.ledger.pages(last).map_err(broken)?;
        let Some(end) = pages.last() else { break };
        last = *end;
        for page in pages {
            let mut found: Option<Page<'_>> = None;
            let mut next = said.next_thread(page, None).map_err(broken)?;
            while let Some(spun) = next {
                if found.is_none() && (spun.thread.story.is_some() || said.has_any(&spun).map_err(broken)?) {
                    match place(app, form, &spun.address, &spun.thread, site, &mut onto).await? {
                        Ok(place) => {
                            tally.stories += usize::from(place.new);
                            let of = Of { app, path, form, address: spun.address.clone() };
                            found = Some(Page::new(of, place, &said)?);
                        }
                        Err(why) => {
                            let comments = said.count(&spun).map_err(broken)?;
                            tally.refuse_thread(path, &spun.thread.address, comments, &why);
                        }
                    }
                }
                if let (Some(found), Some(name)) = (&mut found, spun.name) {
                    found.gather(name, &spun.address, &mut said, &onto, tally).await?;
                }
                next = said.next_thread(page, Some(&spun)).map_err(broken)?;
            }
            if let Some(found) = found {
                found.write(&mut said, &mut onto, tally).await?;
            }
            progress.step();
        }
    }
    rest(path, &said, tally).map_err(broken)?;
    tally.leave_out(path, onto.end().await?);
    Ok(())
}

pub fn failed(e: store::Error) -> Failure {
    Failure(format!(
        "the archive could not be taken in: {e}; run the same import again, what came before it stays"
    ))
}

/// Comments whose threads did not come.
pub fn rest(path: &Path, said: &Spooled, tally: &mut Tally) -> std::io::Result<()> {
    said.ledger.rest(|key, comments, left| {
        tally.refuse_thread(path, key, comments, left.unwrap_or("its thread is not in the file"));
    })
}

/// All of a file, held back until it has shown itself whole to the end.
pub fn read(
    path: &Path,
    form: Archived,
    address: &dyn Fn(&str) -> String,
    told: &mut Tally,
) -> Result<Spooled, Malformed> {
    let broken = |e: std::io::Error| Malformed { where_: "file".into(), what: aside(&e) };
    let mut spool = Spool::new().map_err(broken)?;
    let mut sink = |row: Row| {
        match row {
            Row::Thread(thread) => {
                let address = address(&thread.address);
                spool.put_thread(thread, &address).map_err(broken)?;
            }
            Row::Left { key, why } => spool.ledger.left(&key, &why).map_err(broken)?,
            Row::Writer { key, name } => spool.ledger.writer(&key, &name).map_err(broken)?,
            Row::Said(said) => spool.put(said).map_err(broken)?,
            Row::Refused { place, why } => told.refuse(path, &place, why),
            Row::Note(note) => told.note(path, note),
        }
        Ok(())
    };
    rows(path, form, &mut sink)?;
    spool.whole().map_err(broken)
}

fn rows(path: &Path, form: Archived, sink: &mut Sink<'_>) -> Result<(), Malformed> {
    if form == Archived::Isso {
        let mut rows = IssoRows::new(sink, clock::now());
        isso::read(path, &mut rows)?;
        return rows.finish();
    }
    let file = open(path, true)
        .map_err(|e| Malformed { where_: "file".into(), what: format!("cannot be read: {e}") })?;
    wire::archive::read(form, &mut BufReader::new(file), clock::now(), sink)
}

/// Of the file in the temporary folder where comments wait.
pub fn aside(e: &std::io::Error) -> String {
    format!("the comments cannot be put aside in {}: {e}", std::env::temp_dir().display())
}

/// The beginning of a SHA-256, by which a thing of an archive is known again.
pub fn digest(parts: &[&str]) -> i64 {
    beginning(parts) as i64
}

/// By which a comment of a page is known again. Those of one page lie side by side, and those that are numbered in
/// their numbers' order: anywhere at random, each would touch a leaf of the index of its own, and a million comments
/// write gigabytes. 16 bits are the page's; of a number its last 24, so that no two of the usual archive meet; the
/// rest is of the whole.
pub fn digest_within(page: &[&str], id: &str) -> i64 {
    let whole = beginning(&[page, &[id]].concat());
    let place = beginning(page) >> 48 << 48;
    let number = (id.len() < 18 && id.bytes().all(|b| b.is_ascii_digit())).then(|| id.parse::<u64>().ok());
    let rest = match number.flatten() {
        Some(number) => (number & 0xff_ffff) << 24 | whole >> 40,
        None => whole >> 16,
    };
    (place | rest) as i64
}

fn beginning(parts: &[&str]) -> u64 {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let bytes: [u8; 8] = hasher.finalize()[..8].try_into().expect("SHA-256 has 32 bytes");
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn comments_are_known_again_and_those_of_a_page_lie_together() {
        let page = ["disqus", "https://blog.example/one"];
        let known: Vec<i64> = (1_000..6_000).map(|n| digest_within(&page, &n.to_string())).collect();
        assert!(known.is_sorted(), "by number");
        assert_eq!(known, (1_000..6_000).map(|n| digest_within(&page, &n.to_string())).collect::<Vec<_>>());
        let names =
            |page: &[&str]| (0..500).map(|n| digest_within(page, &format!("c-{n}"))).collect::<Vec<_>>();
        let other = ["disqus", "https://blog.example/two"];
        let numbers = (1_000..6_000).map(|n| digest_within(&other, &n.to_string()));
        let all: HashSet<i64> =
            known.iter().copied().chain(names(&page)).chain(names(&other)).chain(numbers).collect();
        assert_eq!(all.len(), 11_000, "no two alike");
        let place = known[0] >> 48;
        assert!(known.iter().chain(&names(&page)).all(|one| one >> 48 == place));
        assert!(names(&other).iter().all(|one| one >> 48 != place));
        // A number that is none, too long, or written otherwise is another comment.
        let odd = ["", "7", "07", "99999999999999999", "9999999999999999999999", "-7", "７"];
        assert_eq!(
            odd.map(|id| digest_within(&page, id)).into_iter().collect::<HashSet<_>>().len(),
            odd.len()
        );
    }
}
