//! The head of a story for those who show a link to it: OpenGraph and its kin.

use newsroom::{paper::Paper, story::Story};

use crate::{frame::Meta, story::description};

pub(crate) fn of_story(paper: &Paper, story: &Story) -> Vec<Meta> {
    let copy = &story.copy;
    let language = if copy.language.is_empty() { &paper.language } else { &copy.language };
    let mut meta = vec![
        Meta::property("og:type", "article"),
        Meta::property("og:title", &copy.headline),
        Meta::property("og:description", description(story)),
        Meta::property("og:url", paper.url(&story.path().unwrap_or_default())),
        Meta::property("og:site_name", &paper.name),
        Meta::property("og:locale", language.replace('-', "_")),
        Meta::property("article:section", &story.section.name),
    ];
    if let Some(at) = story.published_at {
        meta.push(Meta::property("article:published_time", at.rfc3339()));
    }
    if let Some(at) = story.changed_at {
        meta.push(Meta::property("article:modified_time", at.rfc3339()));
    }
    meta.extend(story.topics.iter().map(|t| Meta::property("article:tag", &t.name)));
    let lead = story.photos.iter().find(|p| p.is_ready());
    if let Some((photo, &width)) = lead.and_then(|p| p.renditions.last().map(|w| (p, w))) {
        meta.push(Meta::property("og:image", paper.url(&photo.path(width))));
        meta.push(Meta::property("og:image:width", width.to_string()));
        meta.push(Meta::property("og:image:height", photo.height_at(width).to_string()));
        let alt = if photo.alt.is_empty() { &photo.caption } else { &photo.alt };
        if !alt.is_empty() {
            meta.push(Meta::property("og:image:alt", alt));
        }
    }
    meta.push(Meta::name("twitter:card", if lead.is_some() { "summary_large_image" } else { "summary" }));
    meta
}
