//! What tells the browser that was asked for a passkey from all others: a random word in a cookie of the door.

use super::session::SessionToken;

const NAME: &str = "dateline_asked";

/// Like a session's token, and opens nothing.
pub struct AskedToken(SessionToken);

impl AskedToken {
    pub fn random() -> Result<AskedToken, getrandom::Error> {
        SessionToken::random().map(AskedToken)
    }

    /// Of a request's `Cookie` header.
    pub fn of_cookies(header: &str) -> Option<AskedToken> {
        SessionToken::of_cookie(header, NAME).map(AskedToken)
    }

    /// What the database keeps.
    pub fn digest(&self) -> String {
        self.0.digest()
    }

    /// The `Set-Cookie` that gives it to the browser, below `path`, for `seconds`. `secure` where the paper's address is https.
    pub fn cookie(&self, path: &str, seconds: i64, secure: bool) -> String {
        format!(
            "{NAME}={}; Path={path}; HttpOnly; SameSite=Strict; Max-Age={seconds}{}",
            self.0.reveal(),
            if secure { "; Secure" } else { "" }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_no_such_word_nor_it_a_session() {
        let asked = AskedToken::random().expect("chance");
        let cookie = asked.cookie("/desk/sign-in", 300, true);
        let pair = cookie.split(';').next().expect("a pair");
        assert_eq!(AskedToken::of_cookies(pair).map(|a| a.digest()), Some(asked.digest()));
        assert!(SessionToken::of_cookies(pair).is_none());
        assert!(AskedToken::of_cookies(&SessionToken::random().expect("chance").cookie(true)).is_none());
        for part in ["HttpOnly", "SameSite=Strict", "Path=/desk/sign-in", "Max-Age=300", "; Secure"] {
            assert!(cookie.contains(part), "{part}");
        }
    }
}
