//! An input of which one record can take so much and no more: the bound of the memory that reading needs.

use std::{
    cell::Cell,
    io::{self, BufRead, Read},
    rc::Rc,
};

/// Bytes of one comment, or of a story without its comments.
pub const LARGEST_RECORD: usize = 8 << 20;
/// What a parser may have read ahead.
const SLACK: usize = 64 << 10;

/// What is left for the record that is being read.
#[derive(Clone)]
pub(super) struct Allowance(Rc<Cell<usize>>);

impl Allowance {
    /// A record has ended.
    pub fn renew(&self) {
        self.0.set(LARGEST_RECORD + SLACK);
    }
}

pub(super) struct Metered<'a> {
    inner: &'a mut dyn BufRead,
    left: Allowance,
}

impl<'a> Metered<'a> {
    pub fn new(inner: &'a mut dyn BufRead) -> Metered<'a> {
        Metered { inner, left: Allowance(Rc::new(Cell::new(LARGEST_RECORD + SLACK))) }
    }

    pub fn allowance(&self) -> Allowance {
        self.left.clone()
    }
}

impl Read for Metered<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let some = self.fill_buf()?;
        let count = some.len().min(into.len());
        into[..count].copy_from_slice(&some[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Metered<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = self.left.0.get();
        let some = self.inner.fill_buf()?;
        if left == 0 && !some.is_empty() {
            let most = LARGEST_RECORD >> 20;
            return Err(io::Error::other(format!("one record is larger than {most} MiB")));
        }
        Ok(&some[..some.len().min(left)])
    }

    fn consume(&mut self, count: usize) {
        self.left.0.set(self.left.0.get().saturating_sub(count));
        self.inner.consume(count);
    }
}
