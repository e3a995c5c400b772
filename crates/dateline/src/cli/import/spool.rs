//! An archive's comments on their way: put aside in a file without a name until the whole archive has shown
//! itself sound, and taken out again thread by thread, some at a time. Of each no more than its place is in memory.

use newsroom::{
    Millis,
    discussion::{Network, State},
    story::Copy,
};
use std::{
    collections::HashMap,
    fs::File,
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
};
use wire::archive::{OwnStory, Said};

/// Where a comment stands in the file, and how long it is.
pub type Spot = (u64, u32);

pub struct Spool {
    file: BufWriter<File>,
    end: u64,
    threads: HashMap<String, Vec<Spot>>,
}

/// A comment without its thread. No more of an address than its mask gets here.
type Record = (String, Option<String>, String, Option<String>, Option<String>, i64, String, String, bool);

/// Of a story what archives have: headline, standfirst, byline, body, section, topics; whether it is a draft.
type StoryRecord = (String, String, String, String, String, Vec<String>, bool);

impl Spool {
    pub fn new() -> io::Result<Spool> {
        let file = BufWriter::with_capacity(1 << 18, tempfile::tempfile()?);
        Ok(Spool { file, end: 0, threads: HashMap::new() })
    }

    pub fn put(&mut self, said: Said) -> io::Result<()> {
        let network = said.network.map(|n| n.to_string());
        let state = said.state.as_str().to_owned();
        let record: Record =
            (said.id, said.parent, said.name, said.writer, network, said.at.0, said.text, state, said.spam);
        let spot = self.append(&serde_json::to_vec(&record)?)?;
        self.threads.entry(said.thread).or_default().push(spot);
        Ok(())
    }

    pub fn put_story(&mut self, story: OwnStory) -> io::Result<Spot> {
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
        Ok(Spooled { file: BufReader::new(file), threads: self.threads })
    }
}

pub struct Spooled {
    file: BufReader<File>,
    threads: HashMap<String, Vec<Spot>>,
}

/// One thread's comments, in the archive's order; nothing of them in memory yet.
#[derive(Default)]
pub struct Spots(Vec<Spot>);

impl Spots {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn and(&mut self, more: Spots) {
        self.0.extend(more.0);
    }

    /// So many at a time.
    pub fn parts(&self, most: usize) -> impl Iterator<Item = &[Spot]> {
        self.0.chunks(most)
    }
}

impl Spooled {
    pub fn of(&mut self, thread: &str) -> Spots {
        Spots(self.threads.remove(thread).unwrap_or_default())
    }

    pub fn story(&mut self, (from, length): Spot) -> io::Result<OwnStory> {
        self.file.seek(SeekFrom::Start(from))?;
        let mut bytes = vec![0; length as usize];
        self.file.read_exact(&mut bytes)?;
        let (headline, standfirst, byline, body, section, topics, draft): StoryRecord =
            serde_json::from_slice(&bytes)?;
        let copy = Copy { headline, standfirst, byline, body, section, topics, ..Copy::default() };
        Ok(OwnStory { copy, draft })
    }

    /// Threads that nobody asked for, with the number of their comments.
    pub fn rest(&mut self) -> Vec<(String, usize)> {
        let mut rest: Vec<_> = self.threads.drain().map(|(key, spots)| (key, spots.len())).collect();
        rest.sort();
        rest
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
        let story = OwnStory { copy, draft: true };
        let spot = spool.put_story(story.clone()).unwrap();
        let mut spooled = spool.whole().unwrap();
        let bare = |n: usize| Said { thread: String::new(), ..all[n].clone() };
        let mut both = spooled.of("b");
        both.and(spooled.of("a"));
        assert!(spooled.of("a").is_empty() && !both.is_empty());
        assert_eq!(spooled.read(&both.0).unwrap(), [bare(1), bare(0), bare(2)]);
        assert_eq!(both.parts(2).map(<[Spot]>::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(spooled.story(spot).unwrap(), story);
        assert_eq!(spooled.rest(), [("c".to_owned(), 1)]);
    }
}
