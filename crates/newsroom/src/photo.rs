//! A photo, its caption and its credit, which are different facts with different owners.

use std::fmt;

/// Who made a photo and who sells it, as printed: `(Northwire/Tomas Riel)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credit {
    /// The agency, or empty.
    pub agency: String,
    /// The photographer, or empty.
    pub photographer: String,
}

impl Credit {
    pub fn is_empty(&self) -> bool {
        self.agency.is_empty() && self.photographer.is_empty()
    }
}

/// Agency and photographer with a slash, or whichever is known; without brackets.
impl fmt::Display for Credit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.agency.is_empty(), self.photographer.is_empty()) {
            (false, false) => write!(f, "{}/{}", self.agency, self.photographer),
            (false, true) => f.write_str(&self.agency),
            _ => f.write_str(&self.photographer),
        }
    }
}

/// A photo of a story. Its bytes are kept apart, under their digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    pub id: i64,
    /// SHA-256 of the bytes received, lowercase hex: the name under which they are stored. Empty when the
    /// wire named a photo but never sent it: caption and credit are kept all the same.
    pub digest: String,
    /// Pixels of the original as shown (after its EXIF turn); 0 when there are no bytes.
    pub width: u32,
    pub height: u32,
    /// Widths in pixels of the renditions that are ready, ascending; empty until the job has run.
    pub renditions: Vec<u32>,
    /// What it shows, without the credit.
    pub caption: String,
    /// For those who cannot see it; empty means that the caption must do.
    pub alt: String,
    pub credit: Credit,
}

impl Photo {
    /// Whether there is a picture to show, or only its caption.
    pub fn is_ready(&self) -> bool {
        !self.renditions.is_empty()
    }

    /// Path of a rendition: `/media/{digest}-{width}.jpg`. It never changes, so it may be cached for ever.
    pub fn path(&self, width: u32) -> String {
        format!("/media/{}-{width}.jpg", self.digest)
    }

    /// Height in pixels of the rendition of that width.
    pub fn height_at(&self, width: u32) -> u32 {
        (u64::from(width) * u64::from(self.height)).div_ceil(u64::from(self.width.max(1))).max(1) as u32
    }
}

/// Widths in pixels in which photos are made ready, where the original is as wide.
pub const RENDITION_WIDTHS: [u32; 4] = [320, 640, 960, 1440];
