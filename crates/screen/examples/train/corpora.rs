//! Reads the corpora of `../shared/corpora/screen`, each as its source publishes it, gzipped.

use screen::model::sentences;
use std::{
    collections::HashMap,
    fmt, fs,
    path::{Path, PathBuf},
};

/// A file that could not be read, and why.
#[derive(Debug)]
pub struct Fault {
    file: PathBuf,
    what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.file.display(), self.what)
    }
}

impl std::error::Error for Fault {}

/// A comment of Civil Comments, or one sentence of it, with the part of its annotators, 0 to 1, that marked
/// something in it.
pub struct Civil {
    pub comment: u64,
    pub text: String,
    pub insult: f32,
    /// An attack on people for what they are.
    pub identity: f32,
    /// Anything at all.
    pub any: f32,
}

/// A text, and whether its source calls it what it is about.
pub struct Labelled {
    pub text: String,
    pub is: bool,
}

fn gunzip(file: &Path) -> Result<String, Fault> {
    let fault = |what: &dyn fmt::Display| Fault { file: file.to_path_buf(), what: what.to_string() };
    let packed = fs::read(file).map_err(|e| fault(&e))?;
    let size = packed.last_chunk::<4>().map_or(0, |four| u32::from_le_bytes(*four) as usize);
    if size > 1 << 28 {
        return Err(fault(&"says it is larger than any corpus"));
    }
    let mut plain = vec![0; size];
    libdeflater::Decompressor::new().gzip_decompress(&packed, &mut plain).map_err(|e| fault(&e))?;
    let text = String::from_utf8(plain).map_err(|e| fault(&e))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// The rows of a table, each as its fields in the order of `columns`.
fn rows(file: &Path, delimiter: u8, columns: &[&str]) -> Result<Vec<Vec<String>>, Fault> {
    let fault = |what: String| Fault { file: file.to_path_buf(), what };
    let text = gunzip(file)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(delimiter == b',')
        .from_reader(text.as_bytes());
    let names = reader.headers().map_err(|e| fault(e.to_string()))?.clone();
    let places = columns
        .iter()
        .map(|c| names.iter().position(|n| n == *c).ok_or_else(|| fault(format!("no column {c}"))))
        .collect::<Result<Vec<usize>, Fault>>()?;
    reader
        .records()
        .map(|row| {
            let row = row.map_err(|e| fault(e.to_string()))?;
            Ok(places.iter().map(|&p| row.get(p).unwrap_or("").to_owned()).collect())
        })
        .collect()
}

/// The comments of Civil Comments whole, and cut into sentences.
pub fn civil(folder: &Path) -> Result<(Vec<Civil>, Vec<Civil>), Fault> {
    let folder = folder.join("civil-toxic-spans");
    let mut marked: HashMap<String, Vec<(String, usize, usize)>> = HashMap::new();
    for row in rows(&folder.join("spans.csv.gz"), b',', &["annotation", "type", "start", "end"])? {
        let [annotation, kind, start, end] = &row[..] else { continue };
        let (Ok(start), Ok(end)) = (start.parse(), end.parse()) else { continue };
        marked.entry(annotation.clone()).or_default().push((kind.clone(), start, end));
    }
    /// What each annotator of one comment marked: kind, from, to in characters.
    type Marks = Vec<Vec<(String, usize, usize)>>;
    let mut of_comment: HashMap<String, Marks> = HashMap::new();
    for row in rows(&folder.join("annotations.csv.gz"), b',', &["annotation", "comment_id"])? {
        let marks = marked.remove(&row[0]).unwrap_or_default();
        of_comment.entry(row[1].clone()).or_default().push(marks);
    }
    let (mut whole, mut cut) = (Vec::new(), Vec::new());
    for row in rows(&folder.join("comments.csv.gz"), b',', &["comment_id", "comment_text"])? {
        let [id, text] = &row[..] else { continue };
        let (Some(annotators), Ok(comment)) = (of_comment.get(id), id.parse()) else { continue };
        let judge = |from: usize, to: usize, text: &str| {
            let part = |is: &dyn Fn(&str) -> bool| {
                let those = annotators
                    .iter()
                    .filter(|marks| marks.iter().any(|(kind, a, b)| is(kind) && *a < to && *b > from));
                those.count() as f32 / annotators.len() as f32
            };
            Civil {
                comment,
                text: text.to_owned(),
                insult: part(&|k| k == "Insult"),
                identity: part(&|k| k == "Identity based Attack"),
                any: part(&|_| true),
            }
        };
        let silent = annotators.iter().filter(|m| m.is_empty()).count() as f32 / annotators.len() as f32;
        whole.push(judge(0, usize::MAX, text));
        // Where half of them marked no place, a sentence without a mark is not therefore a clean one.
        if silent >= 0.5 {
            continue;
        }
        for range in sentences(text) {
            let from = text[..range.start].chars().count();
            let to = from + text[range.clone()].chars().count();
            cut.push(judge(from, to, &text[range]));
        }
    }
    Ok((whole, cut))
}

/// Talk pages of Wikipedia: toxic or not.
pub fn wikipedia(folder: &Path) -> Result<Vec<Labelled>, Fault> {
    let mut found = Vec::new();
    for file in ["gc.csv.gz", "gn.csv.gz"] {
        for row in rows(&folder.join("wikipedia-context-20k").join(file), b',', &["text", "label"])? {
            found.push(Labelled { text: row[0].clone(), is: row[1] == "1" });
        }
    }
    Ok(found)
}

/// Tweets: 0 hate, 1 offensive, 2 neither.
pub fn davidson(folder: &Path) -> Result<Vec<(u8, String)>, Fault> {
    let rows = rows(&folder.join("davidson/labeled_data.csv.gz"), b',', &["class", "tweet"])?;
    Ok(rows.into_iter().map(|row| (row[0].parse().unwrap_or(2), tweet(&row[1]))).collect())
}

/// Without the marks of a tweet, which would tell the source and not the kind.
fn tweet(text: &str) -> String {
    let text = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&#8220;", "\"");
    text.split_whitespace()
        .filter(|w| {
            !w.starts_with("http") && !w.starts_with("&#") && !w.contains('@') && *w != "RT" && *w != "\""
        })
        .collect::<Vec<_>>()
        .join(" ")
}

pub fn sms(folder: &Path) -> Result<Vec<Labelled>, Fault> {
    let rows = rows(&folder.join("sms-spam/SMSSpamCollection.tsv.gz"), b'\t', &["SMS", "Label"])?;
    Ok(rows.into_iter().map(|row| Labelled { text: row[0].clone(), is: row[1] == "spam" }).collect())
}

/// Comments under three videos. To measure with, never to train with: see the model card.
pub fn youtube(folder: &Path) -> Result<Vec<(&'static str, Vec<Labelled>)>, Fault> {
    ["Youtube01-Psy", "Youtube02-KatyPerry", "Youtube03-LMFAO"]
        .into_iter()
        .map(|video| {
            let file = folder.join("youtube-spam").join(format!("{video}.csv.gz"));
            let rows = rows(&file, b',', &["CONTENT", "CLASS"])?;
            let said = rows.into_iter().map(|row| Labelled { text: row[0].clone(), is: row[1] == "1" });
            Ok((video, said.collect()))
        })
        .collect()
}

/// Chinese, offensive or not, about region, race and gender: for training, and for measuring.
pub fn cold(folder: &Path) -> Result<(Vec<Labelled>, Vec<Labelled>), Fault> {
    let read = |file: &str| {
        let rows = rows(&folder.join("cold-zh").join(file), b',', &["TEXT", "label"])?;
        Ok(rows.into_iter().map(|row| Labelled { text: row[0].clone(), is: row[1] == "1" }).collect())
    };
    Ok((read("train.csv.gz")?, read("dev.csv.gz")?))
}
