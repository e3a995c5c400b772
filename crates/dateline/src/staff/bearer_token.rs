//! The token by which a machine shows who it is: random, printed once, kept as a digest.

use super::session::{digest_of, random_word};

/// Marks it for whoever finds one where it should not be.
const MARK: &str = "dateline_";

/// `dateline_` and 32 random bytes in base64url. It has no `Debug` or `Display` that shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct BearerToken(String);

impl BearerToken {
    /// A new one from the system's source of chance.
    pub fn random() -> Result<BearerToken, getrandom::Error> {
        Ok(BearerToken(format!("{MARK}{}", random_word()?)))
    }

    /// Of an `Authorization` header: `Bearer dateline_…`. `None` when it cannot be one.
    pub fn of_authorization(header: &str) -> Option<BearerToken> {
        let (scheme, token) = header.trim().split_once(' ')?;
        let token = token.trim();
        let legal = scheme.eq_ignore_ascii_case("bearer") && token.starts_with(MARK) && token.len() < 100;
        legal.then(|| BearerToken(token.to_owned()))
    }

    /// What the database keeps: SHA-256 in lowercase hex.
    pub fn digest(&self) -> String {
        digest_of(&self.0)
    }

    /// To be printed once, for whoever it is made for.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_back_from_a_header_and_from_nothing_else() {
        let token = BearerToken::random().expect("chance");
        let read = |header: &str| BearerToken::of_authorization(header).map(|t| t.digest());
        assert_eq!(read(&format!("bearer  {} ", token.reveal())), Some(token.digest()));
        for header in ["", "Bearer", "Bearer x", &format!("Basic {}", token.reveal()), token.reveal()] {
            assert_eq!(read(header), None, "{header}");
        }
    }
}
