//! A reader's address, kept in memory for one request, and what may outlive it: a mask and keyed prints.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use hmac::{Hmac, KeyInit, Mac};
use ipnet::IpNet;
use newsroom::discussion::{Network, Reach};
use sha2::Sha256;
use std::net::{IpAddr, SocketAddr};

use crate::problem::Fault;

/// An address that cannot be printed: no `Display`, no `Debug` of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ReaderAddress(IpAddr);

impl std::fmt::Debug for ReaderAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReaderAddress")
    }
}

impl ReaderAddress {
    pub fn new(address: IpAddr) -> ReaderAddress {
        ReaderAddress(address.to_canonical())
    }

    /// What may be kept as long as the key lives: a print of the whole IPv4 address, or of the /64 that one IPv6
    /// line is given.
    pub fn kept(self, key: &[u8]) -> String {
        let mut mac: Hmac<Sha256> = Hmac::new_from_slice(key).expect("HMAC takes keys of any length");
        match self.0 {
            IpAddr::V4(v4) => mac.update(&v4.octets()),
            IpAddr::V6(v6) => mac.update(&v6.octets()[..8]),
        }
        mac.finalize().into_bytes()[..12].iter().map(|b| format!("{b:02x}")).collect()
    }

    /// The same of the network around, for reports.
    pub fn kept_network(self, key: &[u8]) -> String {
        let key = Hmac::new_from_slice(key).expect("HMAC takes keys of any length");
        self.network_for("reported from ", &key)
    }

    /// Of the network around, as wide as the mask that readers see: for that purpose alone, so that what is kept for
    /// one is not joined with what is kept for another.
    pub fn network_for(self, purpose: &str, key: &Hmac<Sha256>) -> String {
        let mut mac = key.clone();
        mac.update(purpose.as_bytes());
        mac.update(self.network().to_string().as_bytes());
        mac.finalize().into_bytes()[..12].iter().map(|b| format!("{b:02x}")).collect()
    }

    /// A print of that much of it, as a number; worthless without the key.
    pub fn print(self, key: &Hmac<Sha256>, reach: Reach) -> i64 {
        let mut mac = key.clone();
        mac.update(reach.as_str().as_bytes());
        match self.0 {
            IpAddr::V4(v4) => {
                mac.update(b"4");
                mac.update(&v4.octets()[..reach.bits(false) / 8]);
            }
            IpAddr::V6(v6) => {
                mac.update(b"6");
                mac.update(&v6.octets()[..reach.bits(true) / 8]);
            }
        }
        let digest = mac.finalize().into_bytes();
        i64::from_be_bytes(digest[..8].try_into().expect("SHA-256 has 32 bytes"))
    }

    /// All of it that may be stored or shown.
    pub fn network(self) -> Network {
        Network::of(self.0)
    }
}

/// The front puts it in every request that reaches the router.
impl<S: Sync> FromRequestParts<S> for ReaderAddress {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        parts
            .extensions
            .get()
            .copied()
            .ok_or_else(|| Fault::broken("a request came without its peer's address"))
    }
}

/// Stands for an address or network in memory, for counting; worthless without this process's key.
pub type Print = u64;

/// Knows whose word to take for a reader's address, and the key of the prints.
pub struct Edge {
    trusted: Vec<IpNet>,
    key: Hmac<Sha256>,
}

impl Edge {
    /// With a key from the system's source, forgotten when the process ends.
    pub fn new(trusted: Vec<IpNet>) -> Result<Edge, getrandom::Error> {
        let mut key = [0; 32];
        getrandom::fill(&mut key)?;
        Ok(Edge::with_key(trusted, &key))
    }

    pub fn with_key(trusted: Vec<IpNet>, key: &[u8; 32]) -> Edge {
        Edge { trusted, key: Hmac::new_from_slice(key).expect("HMAC takes keys of any length") }
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|net| net.contains(&address))
    }

    /// Who is asking: the peer, or, where the peer is a trusted proxy, the nearest hop in
    /// `X-Forwarded-For` that is not one. An entry that is no address ends the search at the proxy that
    /// wrote it.
    pub fn reader(&self, peer: SocketAddr, headers: &HeaderMap) -> ReaderAddress {
        let mut nearest = peer.ip().to_canonical();
        if !self.trusts(nearest) {
            return ReaderAddress(nearest);
        }
        let lines: Vec<&str> =
            headers.get_all("x-forwarded-for").iter().map(|v| v.to_str().unwrap_or("?")).collect();
        for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')).map(str::trim).take(64) {
            let Some(address) = hop_address(hop) else { break };
            nearest = address.to_canonical();
            if !self.trusts(nearest) {
                break;
            }
        }
        ReaderAddress(nearest)
    }

    /// Of the reader alone: the whole IPv4 address, or the /64 that one IPv6 line is given.
    pub fn near(&self, reader: ReaderAddress) -> Print {
        match reader.0 {
            IpAddr::V4(v4) => self.print(b'4', &v4.octets()),
            IpAddr::V6(v6) => self.print(b'6', &v6.octets()[..8]),
        }
    }

    /// Of the networks around, for counting.
    pub fn around(&self, reader: ReaderAddress, reach: Reach) -> Print {
        reader.print(&self.key, reach) as Print
    }

    /// Of the network whose mask stands beside a comment: /24, or /48 of IPv6.
    pub fn masked(&self, reader: ReaderAddress) -> Print {
        match reader.0 {
            IpAddr::V4(v4) => self.print(b'n', &v4.octets()[..3]),
            IpAddr::V6(v6) => self.print(b'N', &v6.octets()[..6]),
        }
    }

    fn print(&self, kind: u8, bytes: &[u8]) -> Print {
        let mut mac = self.key.clone();
        mac.update(&[kind]);
        mac.update(bytes);
        let digest = mac.finalize().into_bytes();
        Print::from_be_bytes(digest[..8].try_into().expect("SHA-256 has 32 bytes"))
    }
}

/// `192.0.2.1`, `192.0.2.1:443`, `2001:db8::1` or `[2001:db8::1]:443`.
fn hop_address(hop: &str) -> Option<IpAddr> {
    hop.parse()
        .ok()
        .or_else(|| hop.parse::<SocketAddr>().ok().map(|a| a.ip()))
        .or_else(|| hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge() -> Edge {
        Edge::with_key(vec!["10.0.0.0/8".parse().unwrap(), "2001:db8:1::/48".parse().unwrap()], &[7; 32])
    }

    fn seen(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        edge().reader(SocketAddr::new(peer.parse().unwrap(), 1), &headers).0.to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(seen("203.0.113.9", &["192.0.2.1"]), "203.0.113.9");
        assert_eq!(seen("10.0.0.1", &["192.0.2.1"]), "192.0.2.1");
        assert_eq!(seen("::ffff:10.0.0.1", &["192.0.2.1:4711"]), "192.0.2.1");
        assert_eq!(seen("2001:db8:1::1", &["[2001:db8:2::5]:80"]), "2001:db8:2::5");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn the_nearest_stranger_counts_not_what_he_claims() {
        assert_eq!(seen("10.0.0.1", &["1.1.1.1, 192.0.2.1, 10.2.3.4"]), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", &["1.1.1.1", "192.0.2.1"]), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", &["192.0.2.1, unknown"]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &["10.0.0.2, 10.0.0.3"]), "10.0.0.2");
    }

    #[test]
    fn an_address_does_not_print() {
        let reader = ReaderAddress::new("192.0.2.77".parse().unwrap());
        assert_eq!(format!("{reader:?}"), "ReaderAddress");
        assert_eq!(reader.network().to_string(), "192.0.2.*");
    }

    #[test]
    fn prints_join_what_belongs_together() {
        let edge = edge();
        let of = |a: &str| ReaderAddress::new(a.parse().unwrap());
        assert_eq!(of("2001:db8::1").kept(b"k"), of("2001:db8::2").kept(b"k"));
        assert_ne!(of("192.0.2.1").kept(b"k"), of("192.0.2.2").kept(b"k"));
        assert_ne!(of("192.0.2.1").kept(b"k"), of("192.0.2.1").kept(b"l"), "nothing of it without the key");
        for (one, other, same) in [
            ("192.0.2.1", "192.0.2.99", true),
            ("192.0.2.1", "192.0.3.1", false),
            ("2001:db8:4a:11aa::1", "2001:db8:4a:22aa::1", true),
            ("2001:db8:4a::1", "2001:db8:4b::1", false),
        ] {
            assert_eq!(of(one).kept_network(b"k") == of(other).kept_network(b"k"), same, "{one} {other}");
        }
        assert_ne!(of("192.0.2.1").kept_network(b"k"), of("192.0.2.1").kept_network(b"l"));
        assert_eq!(edge.near(of("2001:db8::1")), edge.near(of("2001:db8::2")));
        assert_ne!(edge.near(of("2001:db8::1")), edge.near(of("2001:db8:0:1::1")));
        let around = |a: &str, reach| edge.around(of(a), reach);
        for (one, other, joined) in [
            ("192.0.2.1", "192.0.2.1", 3),
            ("192.0.2.1", "192.0.2.2", 2),
            ("192.0.2.1", "192.0.3.1", 1),
            ("192.0.2.1", "192.1.2.1", 0),
            ("2001:db8:4a:11aa::1", "2001:db8:4a:11aa:5::2", 3),
            ("2001:db8:4a:11aa::1", "2001:db8:4a:11bb::1", 2),
            ("2001:db8:4a:11aa::1", "2001:db8:4a:22aa::1", 1),
            ("2001:db8:4a:11aa::1", "2001:db8:4b:11aa::1", 0),
        ] {
            let same = Reach::ALL.map(|reach| around(one, reach) == around(other, reach));
            assert_eq!(same, [joined > 2, joined > 1, joined > 0], "{one} {other}");
        }
        assert_ne!(edge.near(of("192.0.2.1")), edge.near(of("192.0.2.2")));
        assert_ne!(edge.near(of("192.0.2.1")), Edge::with_key(vec![], &[8; 32]).near(of("192.0.2.1")));
    }
}
