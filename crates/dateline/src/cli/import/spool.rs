//! An archive's comments on their way: put aside in a file without a name until the whole archive has shown
//! itself sound, and taken out again thread by thread, some at a time. Where each of them is stands in the ledger.

use super::ledger::Ledger;
use newsroom::{
    Millis,
    discussion::{Network, State},
    story::Copy,
};
use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
};
use wire::archive::{OwnStory, Said, Thread};

/// Where a comment stands in the file, and how long it is.
pub type Spot = (u64, u32);

pub struct Spool {
    file: BufWriter<File>,
    end: u64,
    pub ledger: Ledger,
}

/// A comment without its thread. No more of an address than its mask gets here.
type Record = (String, Option<String>, String, Option<String>, Option<String>, i64, String, String, bool);

/// A thread without its name and its story: address, title, time, whether it is closed.
type ThreadRecord = (String, String, Option<i64>, bool);

/// Of a story what archives have: headline, standfirst, byline, body, section, topics; whether it is a draft.
type StoryRecord = (String, String, String, String, String, Vec<String>, bool);

impl Spool {
    pub fn new() -> io::Result<Spool> {
        let file = BufWriter::with_capacity(1 << 18, tempfile::tempfile()?);
        Ok(Spool { file, end: 0, ledger: Ledger::new()? })
    }

    pub fn put(&mut self, said: Said) -> io::Result<()> {
        let network = said.network.map(|n| n.to_string());
        let state = said.state.as_str().to_owned();
        let record: Record =
            (said.id, said.parent, said.name, said.writer, network, said.at.0, said.text, state, said.spam);
        let spot = self.append(&serde_json::to_vec(&record)?)?;
        self.ledger.said(&said.thread, spot)
    }

    /// `address` is that of the page under which it comes to stand.
    pub fn put_thread(&mut self, mut thread: Thread, address: &str) -> io::Result<()> {
        let story = thread.story.take().map(|story| self.put_story(*story)).transpose()?;
        let at = thread.published_at.map(|at| at.0);
        let record: ThreadRecord = (thread.address, thread.title, at, thread.closed);
        self.ledger.thread(&thread.key, address, &serde_json::to_string(&record)?, story)
    }

    fn put_story(&mut self, story: OwnStory) -> io::Result<Spot> {
        let OwnStory { copy, draft } = story;
        let record: StoryRecord =
            (copy.headline, copy.standfirst, copy.byline, copy.body, copy.section, copy.topics, draft);
        self.append(&serde_json::to_vec(&record)?)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<Spot> {
        self.file.write_all(bytes)?;
        let length = u32::try_from(bytes.len()).map_err(|_| io::Error::other("a record is too long"))?;
        let spot = (self.end, length);
        self.end += u64::from(length);
        Ok(spot)
    }

    /// All of the file is written: now it can be read.
    pub fn whole(self) -> io::Result<Spooled> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Spooled { file: BufReader::new(file), ledger: self.ledger })
    }
}

pub struct Spooled {
    file: BufReader<File>,
    pub ledger: Ledger,
}

/// A thread, and the name under which its comments are.
pub struct Spun {
    pub thread: Thread,
    pub name: Option<i64>,
    /// Where its page is, as this thread has it.
    pub address: String,
    at: i64,
}

impl Spooled {
    /// The page's next thread after that one; its story too.
    pub fn next_thread(&mut self, page: i64, after: Option<&Spun>) -> io::Result<Option<Spun>> {
        let Some(entry) = self.ledger.next_thread(page, after.map_or(0, |spun| spun.at))? else {
            return Ok(None);
        };
        let (address, title, at, closed): ThreadRecord = serde_json::from_str(&entry.record)?;
        let story = entry.story.map(|spot| self.story(spot)).transpose()?.map(Box::new);
        let thread =
            Thread { key: String::new(), address, title, published_at: at.map(Millis), closed, story };
        Ok(Some(Spun { thread, name: entry.name, address: entry.address, at: entry.id }))
    }

    /// Whether there are comments of it.
    pub fn has_any(&self, spun: &Spun) -> io::Result<bool> {
        Ok(match spun.name {
            Some(name) => self.ledger.has_said(name)?,
            None => false,
        })
    }

    /// How many there are.
    pub fn count(&self, spun: &Spun) -> io::Result<u32> {
        spun.name.map_or(Ok(0), |name| self.ledger.count_said(name))
    }

    fn story(&mut self, (from, length): Spot) -> io::Result<OwnStory> {
        self.file.seek(SeekFrom::Start(from))?;
        let mut bytes = vec![0; length as usize];
        self.file.read_exact(&mut bytes)?;
        let (headline, standfirst, byline, body, section, topics, draft): StoryRecord =
            serde_json::from_slice(&bytes)?;
        let copy = Copy { headline, standfirst, byline, body, section, topics, ..Copy::default() };
        Ok(OwnStory { copy, draft })
    }

    pub fn read(&mut self, spots: &[Spot]) -> io::Result<Vec<Said>> {
        let mut all = Vec::with_capacity(spots.len());
        let mut bytes = Vec::new();
        let mut at = self.file.stream_position()?;
        for &(from, length) in spots {
            // Neighbours are in the buffer already.
            self.file.seek_relative(from.cast_signed() - at.cast_signed())?;
            bytes.resize(length as usize, 0);
            self.file.read_exact(&mut bytes)?;
            at = from + u64::from(length);
            let (id, parent, name, writer, network, moment, text, state, spam): Record =
                serde_json::from_slice(&bytes)?;
            let state = State::parse(&state).ok_or_else(|| io::Error::other("no state"))?;
            let network = network.as_deref().and_then(Network::parse);
            let at = Millis(moment);
            all.push(Said {
                thread: String::new(),
                id,
                parent,
                name,
                writer,
                network,
                at,
                text,
                state,
                spam,
            });
        }
        self.file.seek(SeekFrom::Start(at))?;
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out_by_threads() {
        let said = |thread: &str, id: u32, state| Said {
            thread: thread.into(),
            id: id.to_string(),
            parent: (id > 2).then(|| "1".into()),
            name: "Ann \u{1F600}".into(),
            writer: (id == 2).then(|| "w".into()),
            network: Network::parse("2001:db8:4a:1::7"),
            at: Millis(id.into()),
            text: "One\n\"two\"\0".repeat(id as usize),
            state,
            spam: id == 3,
        };
        let mut spool = Spool::new().unwrap();
        let all = [
            said("a", 1, State::Shown),
            said("b", 2, State::Held),
            said("a", 3, State::Removed),
            said("c", 4, State::Shown),
        ];
        all.iter().for_each(|one| spool.put(one.clone()).unwrap());
        let copy = Copy { headline: "The bell".into(), topics: vec!["Bells".into()], ..Copy::default() };
        let thread = |key: &str, title: &str, story| Thread {
            key: key.into(),
            address: format!("/{key}"),
            title: title.into(),
            published_at: Some(Millis(7)),
            closed: true,
            story,
        };
        let story = Some(Box::new(OwnStory { copy, draft: true }));
        // Two of one address, and one of a name that came before.
        spool.put_thread(thread("b", "One", story.clone()), "/here").unwrap();
        spool.put_thread(thread("a", "Two", None), "/here/#top").unwrap();
        spool.put_thread(thread("b", "Three", None), "/there").unwrap();
        spool.ledger.left("c", "it is a draft").unwrap();
        spool.ledger.writer("w", "Bo").unwrap();
        let mut spooled = spool.whole().unwrap();
        assert_eq!(spooled.ledger.pages(0).unwrap(), [1, 2]);
        let first = spooled.next_thread(1, None).unwrap().unwrap();
        let second = spooled.next_thread(1, Some(&first)).unwrap().unwrap();
        assert!(spooled.next_thread(1, Some(&second)).unwrap().is_none());
        let whole = Thread { key: String::new(), ..thread("b", "One", story) };
        assert_eq!((first.address.as_str(), second.address.as_str()), ("/here", "/here/#top"));
        assert_eq!((&first.thread, second.thread.title.as_str()), (&whole, "Two"));
        assert_eq!(
            spooled.next_thread(2, None).unwrap().unwrap().name,
            None,
            "its comments went with the first"
        );
        let bare = |n: usize| Said { thread: String::new(), ..all[n].clone() };
        let mut spots = spooled.ledger.said_in(first.name.unwrap(), None).unwrap();
        let a = spooled.ledger.said_in(second.name.unwrap(), None).unwrap();
        assert_eq!(spooled.ledger.said_in(second.name.unwrap(), Some(a[0])).unwrap(), a[1..]);
        spots.extend(a);
        assert_eq!(spooled.read(&spots).unwrap(), [bare(1), bare(0), bare(2)]);
        assert_eq!(spooled.ledger.writer_of("w").unwrap().as_deref(), Some("Bo"));
        let mut rest = Vec::new();
        spooled
            .ledger
            .rest(|key, many, why| rest.push((key.to_owned(), many, why.map(str::to_owned))))
            .unwrap();
        assert_eq!(rest, [("c".to_owned(), 1, Some("it is a draft".to_owned()))]);
    }
}
