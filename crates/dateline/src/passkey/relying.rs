//! Under which name browsers keep the paper's passkeys, and from which origin an answer must come.

use url::{Host, Url};
use webauthn_rp::request::{AsciiDomain, RpId};

/// The paper, as browsers know it.
pub struct RelyingParty {
    pub(super) id: RpId,
    /// As browsers write it: `https://courier.example`.
    pub(super) origin: String,
    pub(super) name: String,
}

/// Why a paper can have no passkeys, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPasskeys {
    /// Browsers keep none for a bare address.
    NoName,
    NotHttps,
}

impl NoPasskeys {
    pub fn words(self) -> &'static str {
        match self {
            NoPasskeys::NoName => {
                "Passkeys need a paper.address with a name: browsers keep none for an IP address."
            }
            NoPasskeys::NotHttps => "Passkeys need a paper.address that begins with https.",
        }
    }
}

impl RelyingParty {
    /// Of the paper's own address. One that listens on this machine alone is `localhost`, whatever its number.
    pub fn of(address: &str, name: &str) -> Result<RelyingParty, NoPasskeys> {
        let url = Url::parse(address).map_err(|_| NoPasskeys::NoName)?;
        let port = url.port().map(|p| format!(":{p}")).unwrap_or_default();
        let (id, origin) = match url.host() {
            Some(Host::Domain(host)) if url.scheme() == "https" || at_home(host) => {
                (host.to_owned(), url.origin().ascii_serialization())
            }
            Some(Host::Domain(_)) => return Err(NoPasskeys::NotHttps),
            Some(Host::Ipv4(ip)) if ip.is_loopback() => {
                ("localhost".into(), format!("http://localhost{port}"))
            }
            Some(Host::Ipv6(ip)) if ip.is_loopback() => {
                ("localhost".into(), format!("http://localhost{port}"))
            }
            _ => return Err(NoPasskeys::NoName),
        };
        let id = AsciiDomain::try_from(id).map_err(|_| NoPasskeys::NoName)?;
        Ok(RelyingParty { id: RpId::Domain(id), origin, name: name.to_owned() })
    }

    /// Where a browser must be for its passkeys of the paper.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// Browsers trust these without TLS.
fn at_home(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_papers_own_name_or_localhost() {
        let of = |address: &str| {
            RelyingParty::of(address, "Courier").map(|p| (p.id.as_ref().to_owned(), p.origin))
        };
        let is = |id: &str, origin: &str| Ok((id.to_owned(), origin.to_owned()));
        assert_eq!(of("https://courier.example"), is("courier.example", "https://courier.example"));
        assert_eq!(of("https://Courier.example:8443"), is("courier.example", "https://courier.example:8443"));
        assert_eq!(of("https://почта.example"), is("xn--80a1acny.example", "https://xn--80a1acny.example"));
        assert_eq!(of("http://localhost:8080"), is("localhost", "http://localhost:8080"));
        assert_eq!(of("http://127.0.0.1:8080"), is("localhost", "http://localhost:8080"));
        assert_eq!(of("http://[::1]:8080"), is("localhost", "http://localhost:8080"));
        assert_eq!(of("http://courier.example"), Err(NoPasskeys::NotHttps));
        assert_eq!(of("https://192.0.2.7"), Err(NoPasskeys::NoName));
        assert_eq!(of("http://0.0.0.0:8080"), Err(NoPasskeys::NoName));
        assert_eq!(of("courier"), Err(NoPasskeys::NoName));
    }
}
