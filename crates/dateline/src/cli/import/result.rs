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
    /// The first of them.
    pub refused: Vec<Refused>,
    /// Refused beyond those.
    #[serde(skip_serializing_if = "is_none")]
    pub refused_more: usize,
    /// Comments in refused threads; each such thread is one of the refused.
    #[serde(skip_serializing_if = "is_none")]
    pub refused_comments: usize,
    pub notes: Vec<Note>,
    #[serde(skip_serializing_if = "is_none")]
    pub notes_more: usize,
}

fn is_none(count: &usize) -> bool {
    *count == 0
}

/// Refusals told, and notes: an archive of a million comments may have one mistake in each.
const MOST_TOLD: usize = 1_000;

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
        match self.refused.len() < MOST_TOLD {
            true => self.refused.push(Refused { path: shown(path), place: place.to_owned(), why }),
            false => self.refused_more += 1,
        }
    }

    /// With all its comments.
    pub fn refuse_thread(&mut self, path: &Path, address: &str, comments: u32, why: &str) {
        self.refused_comments += comments as usize;
        let why = match comments {
            0 => why.to_owned(),
            n => format!("{}: {why}", counted(n as usize, "comment", "comments")),
        };
        self.refuse(path, &format!("thread {address}"), why);
    }

    pub fn note(&mut self, path: &Path, why: String) {
        match self.notes.len() < MOST_TOLD {
            true => self.notes.push(Note { path: shown(path), why }),
            false => self.notes_more += 1,
        }
    }

    /// Stories and comments that were counted as new, and that another import had brought by then.
    pub fn leave_out(&mut self, path: &Path, (stories, comments): (usize, usize)) {
        self.stories -= stories.min(self.stories);
        self.comments -= comments.min(self.comments);
        self.unchanged += comments;
        if comments > 0 {
            let many = counted(comments, "comment was", "comments were");
            self.note(path, format!("{many} brought by another import already."));
        }
    }

    /// Told and not told.
    pub fn count_refused(&self) -> usize {
        self.refused.len() + self.refused_more
    }

    /// What another tally refused and noted, as far as there is room.
    pub fn and(&mut self, more: Tally) {
        let room = MOST_TOLD - self.refused.len().min(MOST_TOLD);
        self.refused_more += more.refused_more + more.refused.len().saturating_sub(room);
        self.refused.extend(more.refused.into_iter().take(room));
        self.refused_comments += more.refused_comments;
        let room = MOST_TOLD - self.notes.len().min(MOST_TOLD);
        self.notes_more += more.notes_more + more.notes.len().saturating_sub(room);
        self.notes.extend(more.notes.into_iter().take(room));
    }

    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("numbers and texts are always JSON")
    }

    /// Notes and refusals, a line each.
    pub fn told(&self) -> String {
        let mut out = String::new();
        for note in &self.notes {
            out.push_str(&format!("{}: {}\n", plain(&note.path), plain(&note.why)));
        }
        if self.notes_more > 0 {
            out.push_str(&format!("… and {}\n", counted(self.notes_more, "more note", "more notes")));
        }
        for r in &self.refused {
            out.push_str(&format!("{}: refused: {}: {}\n", plain(&r.path), plain(&r.place), plain(&r.why)));
        }
        if self.refused_more > 0 {
            out.push_str(&format!("… and {} more refused\n", self.refused_more));
        }
        out
    }

    pub fn words(&self, dry: bool) -> String {
        let mut out = self.told();
        out.push_str(&format!(
            "{}{} new or changed, {}, {}; {} unchanged, {} refused",
            if dry { "Would take in " } else { "" },
            counted(self.stories, "story", "stories"),
            counted(self.comments, "comment", "comments"),
            counted(self.photos, "photo", "photos"),
            self.unchanged,
            self.count_refused(),
        ));
        if self.refused_comments > 0 {
            let many = counted(self.refused_comments, "comment", "comments");
            out.push_str(&format!(" ({many} in refused threads)"));
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_refusals_are_counted_and_a_thousand_told() {
        let (mut all, mut more) = (Tally::default(), Tally::default());
        for n in 0..600 {
            all.refuse(Path::new("a"), &format!("comment {n}"), "is empty".into());
            all.note(Path::new("a"), "Odd.".into());
        }
        for n in 0..1_500 {
            more.refuse(Path::new("b"), &format!("comment {n}"), "is empty".into());
        }
        all.and(more);
        assert_eq!((all.refused.len(), all.refused_more, all.count_refused()), (1_000, 1_100, 2_100));
        assert_eq!((all.notes.len(), all.notes_more), (600, 0));
        let words = all.words(false);
        assert!(words.contains("b: refused: comment 399: is empty\n… and 1100 more refused\n"), "{words}");
        assert!(words.ends_with("2100 refused"), "{words}");
    }
}
