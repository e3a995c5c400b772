//! The one-time link by which the first admin of an empty paper makes their account. Kept in memory: it
//! is void when used and when the process ends.

use super::session::SessionToken;
use std::sync::{Mutex, PoisonError};

/// Open once, by one token.
#[derive(Default)]
pub struct SetUpLink(Mutex<Option<String>>);

impl SetUpLink {
    /// Opens it; the path to print for whoever started the paper.
    pub fn open(&self) -> Result<String, getrandom::Error> {
        let token = SessionToken::random()?;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.digest());
        Ok(format!("/desk/set-up/{}", token.reveal()))
    }

    /// Whether this is its token, and it is still open.
    pub fn fits(&self, token: &str) -> bool {
        let digest = SessionToken::parse(token).map(|t| t.digest());
        digest.is_some() && *self.0.lock().unwrap_or_else(PoisonError::into_inner) == digest
    }

    /// Void from now on.
    pub fn close(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_for_its_token_until_closed() {
        let link = SetUpLink::default();
        assert!(!link.fits("") && !link.fits(&"A".repeat(43)));
        let path = link.open().expect("chance");
        let token = path.strip_prefix("/desk/set-up/").expect("path");
        assert!(link.fits(token) && !link.fits(&token.to_lowercase().replace(char::is_numeric, "x")));
        link.close();
        assert!(!link.fits(token));
    }
}
