//! Isso's own database, of which somebody else reads the rows: this crate opens no files.

use super::{
    LARGEST_RECORD, Row, Said, Sink, Thread,
    out::{Out, network},
};
use crate::Malformed;
use newsroom::{Millis, discussion::State};
use percent_encoding::percent_decode_str;

/// A row of `threads`.
#[derive(Clone, Debug, Default)]
pub struct IssoThread {
    pub id: i64,
    pub uri: String,
    pub title: String,
}

/// A row of `comments`.
#[derive(Clone, Debug, Default)]
pub struct IssoComment {
    pub tid: i64,
    pub id: i64,
    pub parent: Option<i64>,
    /// Seconds since 1970, with a fraction.
    pub created: f64,
    /// 1 shown, 2 waiting, 4 deleted where it was answered.
    pub mode: i64,
    pub remote_addr: String,
    pub text: String,
    pub author: String,
}

/// Takes rows, threads before their comments, and gives what every archive gives.
pub struct IssoRows<'a, 'b>(Out<'a, 'b>);

impl<'a, 'b> IssoRows<'a, 'b> {
    pub fn new(sink: &'a mut Sink<'b>, now: Millis) -> IssoRows<'a, 'b> {
        IssoRows(Out::new(sink, now))
    }

    pub fn thread(&mut self, row: IssoThread) -> Result<(), Malformed> {
        self.0.thread(Thread {
            key: row.id.to_string(),
            address: row.uri,
            title: title(&row.title),
            published_at: None,
            closed: false,
            story: None,
        })
    }

    pub fn comment(&mut self, row: IssoComment) -> Result<(), Malformed> {
        let place = format!("comments row {}", row.id);
        if row.text.len() > LARGEST_RECORD {
            let why = format!("is longer than {} MiB", LARGEST_RECORD >> 20);
            return self.0.row(Row::Refused { place, why });
        }
        let state = match row.mode {
            1 => State::Shown,
            2 => State::Held,
            4 => State::Removed,
            mode => {
                let why = format!("has the mode {mode}, which is none of Isso's");
                return self.0.row(Row::Refused { place, why });
            }
        };
        let said = Said {
            thread: row.tid.to_string(),
            id: row.id.to_string(),
            parent: row.parent.map(|id| id.to_string()),
            name: row.author,
            writer: None,
            network: network(&row.remote_addr),
            at: Millis(0),
            text: row.text,
            state,
            spam: false,
        };
        self.0.said(&place, said, &row.created.to_string())
    }

    /// A row that cannot be one.
    pub fn refuse(&mut self, place: String, why: String) -> Result<(), Malformed> {
        self.0.row(Row::Refused { place, why })
    }

    pub fn finish(self) -> Result<(), Malformed> {
        self.0.finish()
    }
}

/// As a reader would read it: some pages gave Isso their titles as they stand in an address, `Nat+%26+Miguel`.
pub(super) fn title(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    // A plus is a space only where it stands alone between words, and no space does: not in `C++`, `Google+`.
    let stands_for_space = |window: &[char]| window[1] != '+' || window[0] != '+' && window[2] != '+';
    let spaced = !text.contains(char::is_whitespace)
        && !text.starts_with('+')
        && !text.ends_with('+')
        && letters.windows(3).all(stands_for_space);
    let text = if spaced { text.replace('+', " ") } else { text.to_owned() };
    match percent_decode_str(&text).decode_utf8() {
        Ok(title) => title.into_owned(),
        Err(_) => text,
    }
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn titles_as_a_reader_reads_them() {
        for (kept, read) in [
            ("Nat+%26+Miguel", "Nat & Miguel"),
            ("Test+post", "Test post"),
            ("The%20ferry", "The ferry"),
            ("100 % + more", "100 % + more"),
            ("C++", "C++"),
            ("C++-Tutorial", "C++-Tutorial"),
            ("Google+", "Google+"),
            ("%ff", "%ff"),
            ("", ""),
        ] {
            assert_eq!(title(kept), read, "{kept}");
        }
    }
}
