//! Whether a form came from a page of this site, by what browsers say of it.

use crate::problem::Fault;
use axum::http::{HeaderMap, header};

/// Where a post came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A page of this site.
    Same,
    /// A page of another site, or one that hides which.
    Foreign,
    /// Nothing said: no browser of this decade, or a program. Fine where nobody is signed in.
    Unsaid,
}

/// `address` is the paper's own, `https://courier.example`; the `Host` asked for counts as well, since a
/// paper may be tried under another name before its own is set up.
pub fn origin(headers: &HeaderMap, address: &str) -> Origin {
    let text = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or("?"));
    if let Some(site) = text("sec-fetch-site")
        && !site.eq_ignore_ascii_case("same-origin")
        && !site.eq_ignore_ascii_case("none")
    {
        return Origin::Foreign;
    }
    let Some(from) = text(header::ORIGIN.as_str()) else {
        return if headers.contains_key("sec-fetch-site") { Origin::Same } else { Origin::Unsaid };
    };
    let host = from.strip_prefix("https://").or_else(|| from.strip_prefix("http://"));
    let asked = text(header::HOST.as_str());
    let same = from.eq_ignore_ascii_case(address)
        || matches!((host, asked), (Some(h), Some(a)) if h.eq_ignore_ascii_case(a));
    if same { Origin::Same } else { Origin::Foreign }
}

/// Refuses a form that was sent from a page of another site.
pub fn from_here(headers: &HeaderMap, address: &str) -> Result<(), Fault> {
    match origin(headers, address) {
        Origin::Foreign => Err(Fault::ForeignOrigin),
        Origin::Same | Origin::Unsaid => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judged_by_what_browsers_say() {
        for (pairs, want) in [
            (&[][..], Origin::Unsaid),
            (&[("origin", "https://courier.example")], Origin::Same),
            (&[("origin", "https://COURIER.example"), ("host", "10.0.0.1")], Origin::Same),
            (&[("origin", "http://localhost:8080"), ("host", "localhost:8080")], Origin::Same),
            (&[("origin", "http://localhost:8081"), ("host", "localhost:8080")], Origin::Foreign),
            (&[("origin", "null"), ("host", "null")], Origin::Foreign),
            (&[("origin", "https://courier.example.evil.example")], Origin::Foreign),
            (&[("sec-fetch-site", "same-origin")], Origin::Same),
            (&[("sec-fetch-site", "none")], Origin::Same),
            (&[("sec-fetch-site", "same-site")], Origin::Foreign),
            (&[("sec-fetch-site", "cross-site"), ("origin", "https://courier.example")], Origin::Foreign),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            assert_eq!(origin(&headers, "https://courier.example"), want, "{pairs:?}");
        }
    }
}
