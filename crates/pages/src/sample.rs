//! Samples that every template is rendered with: by the tests, by `dateline check` for a paper's own
//! theme, and by the gallery for the eye.

use crate::theme::{Fault, Theme};

/// One page of the gallery.
pub struct Sample {
    /// Name of the file that the gallery writes.
    pub file: &'static str,
    pub render: fn(&Theme) -> Result<String, Fault>,
}

const READER: &[Sample] = &[Sample { file: "error.html", render: error }];

/// All samples.
pub fn all() -> impl Iterator<Item = &'static Sample> {
    READER.iter()
}

fn paper() -> newsroom::paper::Paper {
    use newsroom::{Zone, paper, section::Section};
    paper::Paper {
        name: "The Norhaven Courier".into(),
        tagline: "News of the northern coast since 1871".into(),
        language: "en".into(),
        zone: Zone::named("Europe/Oslo").unwrap_or_default(),
        address: "https://courier.example".into(),
        sections: ["World", "Business", "Culture", "Sport"].map(Section::named).to_vec(),
        networks: paper::NetworkDisplay::Mask,
    }
}

fn error(theme: &Theme) -> Result<String, Fault> {
    theme.error(&crate::ErrorPage {
        paper: &paper(),
        status: 404,
        title: "Page not found",
        what: "There is nothing at this address.",
        advice: "It may have been mistyped, or the page may have moved.",
    })
}
