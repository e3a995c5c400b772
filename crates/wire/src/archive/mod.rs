//! Other systems' archives: the threads and comments of Disqus, WordPress, Isso, Remark42, Commento,
//! Comentario, Artalk and Waline, row by row, so that a file of any length needs the memory of one record.
//!
//! Nothing of a writer's address gets out of here but its mask; e-mail addresses are not read at all.

mod artrans;
mod commento;
mod disqus;
mod form;
mod halves;
mod isso;
mod isso_json;
mod json;
mod metered;
mod out;
mod remark42;
mod waline;
mod when;
mod words;
mod wxr;
mod xml;

pub use form::Archived;
pub use isso::{IssoComment, IssoRows, IssoThread};
pub use metered::LARGEST_RECORD;

use crate::Malformed;
use newsroom::{
    Millis,
    discussion::{Network, State},
    story::Copy,
};
use out::Out;
use std::io::BufRead;

/// One page of another site, or one story of another paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// By which its comments name it within the file.
    pub key: String,
    /// As the file has it: a URL, or a path.
    pub address: String,
    pub title: String,
    pub published_at: Option<Millis>,
    pub closed: bool,
    /// The story itself, where the archive has it.
    pub story: Option<Box<OwnStory>>,
}

/// A story that came whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnStory {
    pub copy: Copy,
    /// Not published where it comes from.
    pub draft: bool,
}

/// One comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub thread: String,
    pub id: String,
    pub parent: Option<String>,
    /// Empty where `writer` says it, or nobody does.
    pub name: String,
    /// A key of [`Row::Writer`].
    pub writer: Option<String>,
    pub network: Option<Network>,
    pub at: Millis,
    /// In the small markup.
    pub text: String,
    pub state: State,
    /// Removed as advertising.
    pub spam: bool,
}

/// What is read, in the file's own order: a comment may come before its thread, its parent or its writer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    Thread(Thread),
    /// A thread that is not taken, and so none of its comments.
    Left {
        key: String,
        why: String,
    },
    Writer {
        key: String,
        name: String,
    },
    Said(Said),
    /// A comment that is not taken.
    Refused {
        place: String,
        why: String,
    },
    Note(String),
}

/// Takes the rows as they are read; its fault ends the reading.
pub type Sink<'a> = dyn FnMut(Row) -> Result<(), Malformed> + 'a;

/// Reads an archive. A file that is broken anywhere gives a fault, with rows before it: whoever takes them
/// must keep them back until the end. `now` bounds what can be the time of a comment.
pub fn read(
    form: Archived,
    input: &mut dyn BufRead,
    now: Millis,
    sink: &mut Sink<'_>,
) -> Result<(), Malformed> {
    let mut out = Out::new(sink, now);
    let input = metered::Metered::new(input);
    match form {
        Archived::Disqus => disqus::read(input, &mut out)?,
        Archived::WordPress => wxr::read(input, &mut out)?,
        Archived::Isso => {
            let what = "is a database; whoever opens it gives its rows to `IssoRows`".into();
            return Err(Malformed { where_: "file".into(), what });
        }
        Archived::IssoJson => isso_json::read(input, &mut out)?,
        Archived::Remark42 => remark42::read(input, &mut out)?,
        Archived::Commento => commento::read(input, &mut out)?,
        Archived::Artrans => artrans::read(input, &mut out)?,
        Archived::Waline => waline::read(input, &mut out)?,
    }
    out.finish()
}
