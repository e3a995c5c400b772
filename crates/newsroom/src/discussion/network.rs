//! The network a comment came from: all of a reader's address that is ever stored or shown.

use std::{fmt, net::IpAddr};

/// `175.136.169.*` or `2001:db8:4a::*`: the first 24 bits of an IPv4 address, the first 48 of an IPv6 one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Network {
    V4([u8; 3]),
    V6([u16; 3]),
}

impl Network {
    /// Of a full address. An IPv4 address inside IPv6 (`::ffff:0:0/96`) is unwrapped first.
    pub fn of(address: IpAddr) -> Network {
        match address.to_canonical() {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                Network::V4([a, b, c])
            }
            IpAddr::V6(v6) => {
                let [a, b, c, ..] = v6.segments();
                Network::V6([a, b, c])
            }
        }
    }

    /// Reads a mask, or a full address, which is masked on the way in. `None` when it is neither.
    pub fn parse(text: &str) -> Option<Network> {
        let text = text.trim();
        if let Ok(address) = text.parse::<IpAddr>() {
            return Some(Network::of(address));
        }
        let stem = text.strip_suffix('*')?;
        if let Some(stem) = stem.strip_suffix("::") {
            return format!("{stem}::").parse().ok().map(|a| Network::of(IpAddr::V6(a)));
        }
        let mut octets = stem.strip_suffix('.')?.split('.').map(|part| {
            (part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u8>().ok())?
        });
        let network = Network::V4([octets.next()??, octets.next()??, octets.next()??]);
        octets.next().is_none().then_some(network)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Network::V4([a, b, c]) => write!(f, "{a}.{b}.{c}.*"),
            Network::V6([a, 0, 0]) => write!(f, "{a:x}::*"),
            Network::V6([a, b, 0]) => write!(f, "{a:x}:{b:x}::*"),
            Network::V6([a, b, c]) => write!(f, "{a:x}:{b:x}:{c:x}::*"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masked() {
        for (address, mask) in [
            ("175.136.169.77", "175.136.169.*"),
            ("::ffff:175.136.169.77", "175.136.169.*"),
            ("2001:db8:4a:1:2:3:4:5", "2001:db8:4a::*"),
            ("2001:db8::5", "2001:db8::*"),
            ("::1", "0::*"),
        ] {
            let network = Network::of(address.parse().expect("address"));
            assert_eq!(network.to_string(), mask);
            assert_eq!(Network::parse(mask), Some(network));
            assert_eq!(Network::parse(address), Some(network), "a full address is masked on the way in");
        }
        for not in ["", "*", "1.2.*", "1.2.3.4.*", "1.2.300.*", "+1.2.3.*", "<b>.*", "1.2.3.*x", "::*:"] {
            assert_eq!(Network::parse(not), None, "{not}");
        }
    }
}
