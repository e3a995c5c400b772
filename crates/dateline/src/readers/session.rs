//! The cookies of a reader who has signed in; nobody else gets one.

use crate::staff::SessionToken;
use axum::http::{HeaderMap, header};
use newsroom::clock::DAY;
use store::staff::Span;

/// A session unused for three months is over, and after a year in any case.
pub const SPAN: Span = Span { idle: 90 * DAY, absolute: 365 * DAY };

/// Says to the reader's script that asking who is signed in is worth it. It names nobody.
const MARK: &str = "dateline_account=1";

/// How cookies are named and bound, by the paper's own address.
#[derive(Clone, Copy)]
pub struct Cookies {
    https: bool,
}

impl Cookies {
    pub fn of(address: &str) -> Cookies {
        Cookies { https: address.starts_with("https://") }
    }

    /// `__Host-` binds it to this very host; browsers take it with `Secure` alone.
    fn name(self) -> &'static str {
        if self.https { "__Host-dateline_reader" } else { "dateline_reader" }
    }

    fn secure(self) -> &'static str {
        if self.https { "; Secure" } else { "" }
    }

    pub fn token(self, headers: &HeaderMap) -> Option<SessionToken> {
        SessionToken::parse(value(headers, self.name())?)
    }

    /// The `Set-Cookie` lines of a session that begins.
    pub fn welcome(self, token: &SessionToken) -> [String; 2] {
        let (name, secure, age) = (self.name(), self.secure(), SPAN.absolute / 1000);
        [
            format!("{name}={}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}", token.reveal()),
            format!("{MARK}; Path=/; Max-Age={age}; SameSite=Lax{secure}"),
        ]
    }

    /// Those that take it away.
    pub fn farewell(self) -> [String; 2] {
        let (name, secure) = (self.name(), self.secure());
        [
            format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}"),
            format!("{MARK}; Path=/; Max-Age=0; SameSite=Lax{secure}"),
        ]
    }

    fn flow_name(self) -> &'static str {
        if self.https { "__Host-dateline_way" } else { "dateline_way" }
    }

    /// What a browser carries while its reader is at a provider.
    pub fn flow(self, headers: &HeaderMap) -> Option<&str> {
        value(headers, self.flow_name())
    }

    /// Empty takes it away.
    pub fn set_flow(self, flow: &str, seconds: i64) -> String {
        let (name, secure) = (self.flow_name(), self.secure());
        let age = if flow.is_empty() { 0 } else { seconds };
        format!("{name}={flow}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}")
    }
}

fn value<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bound_to_the_host_where_it_can_be() {
        let token = SessionToken::random().expect("chance");
        let [secret, mark] = Cookies::of("https://courier.example").welcome(&token);
        for part in ["__Host-dateline_reader=", "; Path=/;", "HttpOnly", "SameSite=Lax", "; Secure"] {
            assert!(secret.contains(part), "{secret}");
        }
        assert!(!mark.contains("HttpOnly") && !mark.contains(token.reveal()), "{mark}");
        let plain = Cookies::of("http://127.0.0.1:8080");
        let [secret, _] = plain.welcome(&token);
        assert!(!secret.contains("Secure") && !secret.contains("__Host-"), "{secret}");
        let mut headers = HeaderMap::new();
        let line = format!("a=b; dateline_reader={}", token.reveal());
        headers.insert(header::COOKIE, line.parse().expect("a header"));
        assert!(plain.token(&headers) == Some(token));
        assert!(Cookies::of("https://courier.example").token(&headers).is_none(), "another name");
    }
}
