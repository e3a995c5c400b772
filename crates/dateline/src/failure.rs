//! Why a command failed: one sentence for standard error that says what to do.

/// Ends a command with exit code 1.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failure(pub String);

impl From<crate::config::BadConfig> for Failure {
    fn from(bad: crate::config::BadConfig) -> Failure {
        Failure(bad.0)
    }
}
