//! What an import did: the promised object, or the same in words.

use serde::Serialize;
use std::path::Path;

/// Printed by `--json` as it stands: a promise to scripts.
#[derive(Default, Serialize)]
pub struct Tally {
    /// New or changed.
    pub stories: usize,
    pub comments: usize,
    pub photos: usize,
    pub unchanged: usize,
    pub refused: Vec<Refused>,
    pub notes: Vec<Note>,
}

#[derive(Serialize)]
pub struct Refused {
    path: String,
    /// A field, a line, or `file`.
    #[serde(rename = "where")]
    place: String,
    why: String,
}

#[derive(Serialize)]
pub struct Note {
    path: String,
    why: String,
}

impl Tally {
    pub fn refuse(&mut self, path: &Path, place: &str, why: String) {
        self.refused.push(Refused { path: shown(path), place: place.to_owned(), why });
    }

    pub fn note(&mut self, path: &Path, why: String) {
        self.notes.push(Note { path: shown(path), why });
    }

    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("numbers and texts are always JSON")
    }

    pub fn words(&self, dry: bool) -> String {
        let mut out = String::new();
        for note in &self.notes {
            out.push_str(&format!("{}: {}\n", plain(&note.path), plain(&note.why)));
        }
        for r in &self.refused {
            out.push_str(&format!("{}: refused: {}: {}\n", plain(&r.path), plain(&r.place), plain(&r.why)));
        }
        out.push_str(&format!(
            "{}{} new or changed, {}, {}; {} unchanged, {} refused",
            if dry { "Would take in " } else { "" },
            counted(self.stories, "story", "stories"),
            counted(self.comments, "comment", "comments"),
            counted(self.photos, "photo", "photos"),
            self.unchanged,
            self.refused.len(),
        ));
        out
    }
}

pub fn counted(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A name from outside must not move the terminal's cursor.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
