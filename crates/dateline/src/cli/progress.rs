//! A counter on standard error where somebody watches.

use std::io::{IsTerminal, Write};

/// Rewrites one line; silent where standard error is no terminal.
pub struct Progress {
    done: usize,
    of: usize,
    watched: bool,
}

impl Progress {
    pub fn over(of: usize) -> Progress {
        Progress { done: 0, of, watched: of > 20 && std::io::stderr().is_terminal() }
    }

    pub fn step(&mut self) {
        self.to(self.done + 1);
    }

    pub fn to(&mut self, done: usize) {
        let before = self.done * 200 / self.of.max(1);
        self.done = done;
        if self.watched && (self.done * 200 / self.of.max(1) != before || self.done == self.of) {
            let _ = write!(std::io::stderr(), "\r{} of {}", self.done, self.of);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.watched {
            let _ = writeln!(std::io::stderr());
        }
    }
}
