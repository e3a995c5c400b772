//! Whether the paper can serve: checks that its parts register, asked by `/healthz`.

use std::sync::{Mutex, PoisonError};

type Check = Box<dyn Fn() -> Result<(), String> + Send + Sync>;

/// All checks, by name.
#[derive(Default)]
pub struct Health(Mutex<Vec<(&'static str, Check)>>);

impl Health {
    /// `check` says in words what is wrong. It runs on a serving thread: it looks at what is known already
    /// and waits for nothing.
    pub fn register(
        &self,
        name: &'static str,
        check: impl Fn() -> Result<(), String> + Send + Sync + 'static,
    ) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((name, Box::new(check)));
    }

    /// All that is wrong, in one line.
    pub fn ask(&self) -> Result<(), String> {
        let checks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wrong: Vec<String> = checks
            .iter()
            .filter_map(|(name, check)| check().err().map(|why| format!("{name}: {why}")))
            .collect();
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong_and_only_that() {
        let health = Health::default();
        assert_eq!(health.ask(), Ok(()));
        health.register("database", || Err("the disk is full".into()));
        health.register("search", || Ok(()));
        assert_eq!(health.ask(), Err("database: the disk is full".into()));
    }
}
