//! An export's folder: what `paper.json` says of it, its tables line by line, its photos.

use super::{
    super::export::rows,
    files::{read_bounded, words},
    result::Tally,
};
use crate::{failure::Failure, media};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};
use store::{
    tables::{self, Table},
    value::Value,
};

/// `paper.json`; what only other programs read is passed over.
#[derive(Deserialize)]
struct Said {
    format: String,
    version: u32,
    exported_at: String,
    #[serde(default)]
    export: String,
    name: String,
    tagline: String,
    language: String,
    #[serde(default)]
    schema: usize,
    #[serde(default)]
    next_id: i64,
    #[serde(default)]
    keys: bool,
    /// Rows, by table.
    #[serde(default)]
    tables: BTreeMap<String, u64>,
}

pub struct Folder {
    path: PathBuf,
    said: Said,
    mark: String,
}

const MOST_SAID: usize = 1 << 20;
/// An item as received, in base64, is the longest.
const MOST_LINE: usize = 2 * wire::MOST_BYTES;
/// Rows written at once, and bytes of their lines.
const BATCH: usize = 1_000;
const BATCH_BYTES: usize = 4 << 20;
/// Faults told; one program's mistake is on every line.
const MOST_FAULTS: usize = 100;

impl Folder {
    pub fn is_one(path: &Path) -> bool {
        let Ok(bytes) = read_bounded(&path.join("paper.json"), MOST_SAID) else { return false };
        serde_json::from_slice::<serde_json::Value>(&bytes)
            .is_ok_and(|said| said["format"] == "dateline-export")
    }

    pub fn open(path: &Path) -> Result<Folder, Failure> {
        let file = path.join("paper.json");
        let fail = |why: String| Failure(format!("{}: {why}", file.display()));
        let bytes = read_bounded(&file, MOST_SAID).map_err(fail)?;
        let said: Said = serde_json::from_slice(&bytes)
            .map_err(|e| fail(format!("is not what an export says of itself: {e}")))?;
        if said.format != "dateline-export" || said.version != 1 {
            let (format, version) = (&said.format, said.version);
            return Err(fail(format!(
                "says {format:?}, version {version}; this program reads \"dateline-export\", version 1"
            )));
        }
        if said.tables.is_empty() {
            return Err(fail("names no tables: an older dateline wrote it for other programs only".into()));
        }
        if said.schema > store::SCHEMA_VERSION {
            let knows = store::SCHEMA_VERSION;
            return Err(fail(format!(
                "is of schema {}, written by a newer dateline; this one knows {knows}",
                said.schema
            )));
        }
        let unknown = said.tables.keys().find(|name| tables::all().iter().all(|t| t.name != name.as_str()));
        match unknown {
            Some(name) => Err(fail(format!("names the table {name:?}, which there is not"))),
            None => {
                let mark = format!("{} ({})", said.exported_at, said.export);
                Ok(Folder { path: path.to_owned(), said, mark })
            }
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Which export this is.
    pub fn mark(&self) -> &str {
        &self.mark
    }

    /// The version of the database that it was written from.
    pub fn schema(&self) -> usize {
        self.said.schema
    }

    pub fn next_id(&self) -> i64 {
        self.said.next_id
    }

    pub fn name(&self) -> &str {
        &self.said.name
    }

    pub fn tagline(&self) -> &str {
        &self.said.tagline
    }

    pub fn language(&self) -> &str {
        &self.said.language
    }

    pub fn has_keys(&self) -> bool {
        self.said.keys
    }

    pub fn tables(&self) -> impl Iterator<Item = &'static Table> {
        tables::all().iter().filter(|table| self.said.tables.contains_key(table.name))
    }

    pub fn count(&self, table: &Table) -> u64 {
        self.said.tables.get(table.name).copied().unwrap_or_default()
    }

    /// Of all tables.
    pub fn rows(&self) -> usize {
        self.said.tables.values().fold(0u64, |sum, n| sum.saturating_add(*n)) as usize
    }

    pub fn file(&self, table: &Table) -> PathBuf {
        self.path.join("tables").join(format!("{}.jsonl", table.name))
    }

    /// Reads everything, writes nothing, and names what is wrong.
    pub fn look_through(&self, tally: &mut Tally) {
        for table in self.tables() {
            let path = self.file(table);
            let mut lines = match Lines::open(&path) {
                Ok(lines) => lines,
                Err(why) => {
                    tally.refuse(&path, "file", why);
                    continue;
                }
            };
            while let Some(line) = lines.next() {
                if let Err(why) = line.and_then(|line| rows::read(table, line)) {
                    tally.refuse(&path, &format!("line {}", lines.number), why);
                    if tally.refused.len() >= MOST_FAULTS {
                        return tally.refuse(
                            &path,
                            "file",
                            "there may be more; the rest was not looked at".into(),
                        );
                    }
                    if lines.broken {
                        break;
                    }
                }
            }
            let (said, there) = (self.count(table), lines.number);
            if said != there && !lines.broken {
                tally.refuse(&path, "file", format!("has {there} lines; paper.json says {said}"));
            }
        }
        match self.photos() {
            Ok(photos) => photos.iter().for_each(|photo| look_at(photo, tally)),
            Err(why) => tally.refuse(&self.path.join("media"), "file", why.0),
        }
    }

    /// The table's rows in their order, some at a time.
    pub async fn each_batch(
        &self,
        table: &'static Table,
        mut take: impl AsyncFnMut(Vec<Vec<Value>>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let path = self.file(table);
        let mut lines = Lines::open(&path).map_err(|why| Failure(format!("{}: {why}", path.display())))?;
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while let Some(line) = lines.next() {
            let row = line.and_then(|line| {
                bytes += line.len();
                rows::read(table, line)
            });
            // It was looked through before; it may have changed since.
            let number = lines.number;
            batch.push(row.map_err(|why| Failure(format!("{}: line {number}: {why}", path.display())))?);
            if batch.len() == BATCH || bytes > BATCH_BYTES {
                take(std::mem::take(&mut batch)).await?;
                bytes = 0;
            }
        }
        if !batch.is_empty() {
            take(batch).await?;
        }
        Ok(())
    }

    pub fn photos(&self) -> Result<Vec<PathBuf>, Failure> {
        let folder = self.path.join("media");
        let fail = |e: std::io::Error| Failure(format!("{}: {}", folder.display(), words(&e)));
        let entries = fs::read_dir(&folder).map_err(fail)?;
        let mut photos =
            entries.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>().map_err(fail)?;
        photos.sort();
        Ok(photos)
    }
}

/// A photo's name is its digest: it has the bytes that it had, or is refused.
fn look_at(photo: &Path, tally: &mut Tally) {
    match read_bounded(photo, media::MOST_BYTES) {
        Ok(bytes) if photo.file_stem().is_some_and(|stem| *stem == *media::digest(&bytes)) => {}
        Ok(_) => tally.refuse(photo, "file", "has not the bytes that its name is the SHA-256 of".into()),
        Err(why) => tally.refuse(photo, "file", why),
    }
}

/// Lines of bounded length.
struct Lines {
    file: BufReader<File>,
    line: Vec<u8>,
    number: u64,
    /// What follows cannot be told apart any more.
    broken: bool,
}

impl Lines {
    fn open(path: &Path) -> Result<Lines, String> {
        match fs::metadata(path) {
            Err(e) => Err(words(&e)),
            Ok(kind) if !kind.is_file() => Err("is no ordinary file".into()),
            Ok(_) => {
                let file = File::open(path).map_err(|e| words(&e))?;
                Ok(Lines {
                    file: BufReader::with_capacity(1 << 16, file),
                    line: Vec::new(),
                    number: 0,
                    broken: false,
                })
            }
        }
    }

    fn next(&mut self) -> Option<Result<&[u8], String>> {
        if self.broken {
            return None;
        }
        self.line.clear();
        let read = self.file.by_ref().take(MOST_LINE as u64 + 1).read_until(b'\n', &mut self.line);
        match read {
            Ok(0) => return None,
            Ok(n) if n > MOST_LINE => {
                self.number += 1;
                self.broken = true;
                return Some(Err(format!("is longer than {} MiB", MOST_LINE >> 20)));
            }
            Ok(_) => self.number += 1,
            Err(e) => {
                self.broken = true;
                return Some(Err(words(&e)));
            }
        }
        Some(Ok(self.line.strip_suffix(b"\n").unwrap_or(&self.line)))
    }
}
