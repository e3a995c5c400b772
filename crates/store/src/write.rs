//! A write as data: statements with their arguments, all or none of which take effect.
//!
//! Because a write is a value and not a closure, the same value can wait in SQLite's group commit or be
//! sent to PostgreSQL. Conditions stand in the SQL; a step says how many rows it must change.

use crate::{error::Error, value::Value};
use newsroom::touch::Touch;

/// What a step must have done for the whole write to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expect {
    Anything,
    /// At least one row; else the write fails as taken, with this word for what.
    Free(&'static str),
    /// At least one row; else the write fails as gone, with this word for what.
    There(&'static str),
}

#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub sql: &'static str,
    pub args: Vec<Value>,
    pub expect: Expect,
}

/// One transaction to be.
#[derive(Clone, Debug, Default)]
pub struct Write {
    pub(crate) steps: Vec<Step>,
    pub(crate) touches: Vec<Touch>,
}

/// What came of each step: the first column of the first row it returned, where it returned one.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub returned: Vec<Option<i64>>,
    /// Rows changed by each step.
    pub rows: Vec<u64>,
}

impl Write {
    pub fn new() -> Write {
        Write::default()
    }

    pub(crate) fn step(&mut self, sql: &'static str, args: Vec<Value>) -> &mut Write {
        self.push(sql, args, Expect::Anything)
    }

    pub(crate) fn must(&mut self, sql: &'static str, args: Vec<Value>, gone: &'static str) -> &mut Write {
        self.push(sql, args, Expect::There(gone))
    }

    pub(crate) fn unless_taken(
        &mut self,
        sql: &'static str,
        args: Vec<Value>,
        taken: &'static str,
    ) -> &mut Write {
        self.push(sql, args, Expect::Free(taken))
    }

    fn push(&mut self, sql: &'static str, args: Vec<Value>, expect: Expect) -> &mut Write {
        self.steps.push(Step { sql, args, expect });
        self
    }

    /// Names what this write makes stale.
    pub fn touch(&mut self, touches: impl IntoIterator<Item = Touch>) -> &mut Write {
        for touch in touches {
            if !self.touches.contains(&touch) {
                self.touches.push(touch);
            }
        }
        self
    }

    /// Joins another write to this one: both happen or neither.
    pub fn and(&mut self, other: Write) -> &mut Write {
        self.steps.extend(other.steps);
        self.touch(other.touches)
    }

    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

impl Step {
    /// Whether the number of rows it changed or returned is what it must be.
    pub(crate) fn judge(&self, rows: u64) -> Result<(), Error> {
        match self.expect {
            Expect::Free(what) if rows == 0 => Err(Error::Taken(what)),
            Expect::There(what) if rows == 0 => Err(Error::Gone(what)),
            _ => Ok(()),
        }
    }
}
