//! A photo on a page: its renditions, its caption, and its credit apart from the caption.

use newsroom::photo::Photo;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Figure {
    /// Whether there is a picture, or only what the wire said of it.
    pub ready: bool,
    pub src: String,
    /// `path widthw, …`, ascending.
    pub srcset: String,
    pub width: u32,
    pub height: u32,
    pub alt: String,
    pub caption: String,
    /// Without brackets; empty where none is known.
    pub credit: String,
    /// Taller than wide: it is not given the whole width of a page.
    pub tall: bool,
}

/// The rendition that a browser without `srcset` gets is the largest up to this width.
const PLAIN_WIDTH: u32 = 960;

impl Figure {
    pub fn of(photo: &Photo) -> Figure {
        let plain = photo.renditions.iter().rev().find(|w| **w <= PLAIN_WIDTH).or(photo.renditions.first());
        let srcset: Vec<String> =
            photo.renditions.iter().map(|w| format!("{} {w}w", photo.path(*w))).collect();
        Figure {
            ready: photo.is_ready(),
            src: plain.map(|w| photo.path(*w)).unwrap_or_default(),
            srcset: srcset.join(", "),
            width: plain.copied().unwrap_or_default(),
            height: plain.map(|w| photo.height_at(*w)).unwrap_or_default(),
            alt: if photo.alt.is_empty() { photo.caption.clone() } else { photo.alt.clone() },
            caption: photo.caption.clone(),
            credit: photo.credit.to_string(),
            tall: photo.height > photo.width,
        }
    }
}
