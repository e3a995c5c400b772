//! A session's token: random, in the browser alone; the database knows only its digest.

use newsroom::clock::{DAY, HOUR};
use sha2::{Digest, Sha256};
use store::staff::Span;

/// A session unused for half a day is over, and after two weeks in any case.
pub const SPAN: Span = Span { idle: 12 * HOUR, absolute: 14 * DAY };

const NAME: &str = "dateline_session";
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// Letters of 32 bytes in base64url without padding.
const LENGTH: usize = 43;

/// 32 random bytes in base64url. It has no `Debug` or `Display` that shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// A new one from the system's source of chance.
    pub fn random() -> Result<SessionToken, getrandom::Error> {
        random_word().map(SessionToken)
    }

    /// As written in a link or a cookie; `None` when it cannot be one.
    pub fn parse(text: &str) -> Option<SessionToken> {
        let legal = text.len() == LENGTH && text.bytes().all(|b| LETTERS.contains(&b));
        legal.then(|| SessionToken(text.to_owned()))
    }

    /// Of a request's `Cookie` header.
    pub fn of_cookies(header: &str) -> Option<SessionToken> {
        SessionToken::of_cookie(header, NAME)
    }

    pub(super) fn of_cookie(header: &str, cookie: &str) -> Option<SessionToken> {
        header
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(name, _)| *name == cookie)
            .find_map(|(_, value)| SessionToken::parse(value))
    }

    /// What the database keeps: SHA-256 in lowercase hex.
    pub fn digest(&self) -> String {
        digest_of(&self.0)
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// The `Set-Cookie` that gives it to the browser. `secure` where the paper's address is https.
    pub fn cookie(&self, secure: bool) -> String {
        format!(
            "{NAME}={}; Path=/desk; HttpOnly; SameSite=Strict; Max-Age={}{}",
            self.0,
            SPAN.absolute / 1000,
            if secure { "; Secure" } else { "" }
        )
    }

    /// The `Set-Cookie` that takes it away.
    pub fn farewell(secure: bool) -> String {
        format!(
            "{NAME}=; Path=/desk; HttpOnly; SameSite=Strict; Max-Age=0{}",
            if secure { "; Secure" } else { "" }
        )
    }
}

/// 32 bytes of chance in base64url.
pub(crate) fn random_word() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(base64url(&bytes))
}

/// SHA-256 in lowercase hex.
pub(super) fn digest_of(word: &str) -> String {
    Sha256::digest(word.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// RFC 4648, section 5, without padding.
pub(super) fn base64url(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let n = chunk.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            out.push(char::from(LETTERS[(n >> (18 - 6 * place) & 63) as usize]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_among_other_cookies_and_nothing_else_taken_for_one() {
        let token = SessionToken::random().expect("chance");
        let header = format!("a=b; {NAME}={}; c", token.reveal());
        assert!(SessionToken::of_cookies(&header) == Some(token.clone()));
        assert!(SessionToken::of_cookies(&format!("{NAME}=short")).is_none());
        assert!(SessionToken::of_cookies(&format!("x{NAME}={}", token.reveal())).is_none());
        assert!(SessionToken::parse(&"é".repeat(LENGTH)).is_none());
        assert_eq!(token.digest().len(), 64);
        assert!(token != SessionToken::random().expect("chance"));
    }

    #[test]
    fn kept_from_scripts_and_other_sites() {
        let cookie = SessionToken::random().expect("chance").cookie(true);
        for part in ["HttpOnly", "SameSite=Strict", "Path=/desk", "; Secure"] {
            assert!(cookie.contains(part), "{part}");
        }
        assert!(!SessionToken::random().expect("chance").cookie(false).contains("Secure"));
    }

    #[test]
    fn base64url_of_the_rfc() {
        for (plain, coded) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64url(plain.as_bytes()), coded);
        }
        assert_eq!(base64url(&[0xfb, 0xff]), "-_8");
    }
}
