//! Why a file was refused, said to the person who can mend it.

use std::fmt;

/// What is wrong, and where: `headlines[0].value: must be text, not a number`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The field's path in JSON, `line 4` in a text, or `file` for the whole.
    pub where_: String,
    pub what: String,
}

impl Malformed {
    pub(crate) fn at(where_: impl Into<String>, what: impl Into<String>) -> Malformed {
        Malformed { where_: where_.into(), what: what.into() }
    }

    pub(crate) fn file(what: impl Into<String>) -> Malformed {
        Malformed::at("file", what)
    }

    /// By the line's number, counted from one.
    pub(crate) fn line(number: usize, what: impl Into<String>) -> Malformed {
        Malformed::at(format!("line {number}"), what)
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.where_, self.what)
    }
}

impl std::error::Error for Malformed {}
