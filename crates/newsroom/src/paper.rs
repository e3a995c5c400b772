//! The paper itself: what its masthead and its readers need to know of it.

use crate::{Zone, section::Section};

/// Settings of the paper that show on its pages.
#[derive(Clone, Debug)]
pub struct Paper {
    /// On the masthead: `The Norhaven Courier`.
    pub name: String,
    /// One line under it; may be empty.
    pub tagline: String,
    /// BCP 47 tag of the paper's own words: `en`, `ru`, `zh-Hans`.
    pub language: String,
    /// Where its days begin.
    pub zone: Zone,
    /// Scheme and host without a trailing slash, `https://courier.example`: canonical addresses are made with it.
    pub address: String,
    /// The sections in the order of the navigation.
    pub sections: Vec<Section>,
    /// Whether readers see the network a comment came from.
    pub networks: NetworkDisplay,
    /// Whom readers write to about the discussion; may be empty.
    pub contact: String,
}

/// What readers see of the address a comment came from. What is not shown is not stored either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum NetworkDisplay {
    /// `175.136.169.*`
    #[default]
    Mask,
    /// Nothing.
    Nothing,
}

impl Paper {
    /// An absolute address of a path that begins with `/`.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

/// Whether a language is written from right to left, by its primary tag.
pub fn right_to_left(language: &str) -> bool {
    let primary = language.split(['-', '_']).next().unwrap_or("").to_lowercase();
    ["ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"].contains(&primary.as_str())
}
