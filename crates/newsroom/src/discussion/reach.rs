//! How much around an address a print stands for.

/// The three prefixes of an address that prints are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// A whole IPv4 address, or the /64 that one IPv6 line is given.
    Address,
    /// /24 or /56: a house, an office, a street.
    Network,
    /// /16 or /48: a provider's part of a town, or a whole campus.
    Wide,
}

impl Reach {
    pub const ALL: [Reach; 3] = [Reach::Address, Reach::Network, Reach::Wide];

    pub fn as_str(self) -> &'static str {
        match self {
            Reach::Address => "address",
            Reach::Network => "network",
            Reach::Wide => "wide",
        }
    }

    /// For moderators.
    pub fn words(self) -> &'static str {
        match self {
            Reach::Address => "this address",
            Reach::Network => "the network around it",
            Reach::Wide => "the wide network around it",
        }
    }

    /// In a list of sanctions.
    pub fn kind(self) -> &'static str {
        match self {
            Reach::Address => "an address",
            Reach::Network => "a network (/24, /56)",
            Reach::Wide => "a wide network (/16, /48)",
        }
    }

    pub fn parse(text: &str) -> Option<Reach> {
        Reach::ALL.into_iter().find(|r| r.as_str() == text)
    }

    /// How many bits of an address are looked at.
    pub fn bits(self, v6: bool) -> usize {
        match (self, v6) {
            (Reach::Address, false) => 32,
            (Reach::Network, false) => 24,
            (Reach::Wide, false) => 16,
            (Reach::Address, true) => 64,
            (Reach::Network, true) => 56,
            (Reach::Wide, true) => 48,
        }
    }
}
