//! Where a story stands in the paper: its section and its topics.

use crate::slug::Slug;

/// A part of the paper: `World`, `Business`. A story stands in exactly one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub slug: Slug,
    pub name: String,
}

/// What a story is about; it may have several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    pub slug: Slug,
    pub name: String,
}

/// Topics kept per story; the wire sometimes sends dozens.
pub const MOST_TOPICS: usize = 12;

impl Section {
    /// A section of that name, its slug made of it. Names are cut at 60 characters.
    pub fn named(name: &str) -> Section {
        let name: String = name.trim().chars().take(60).collect();
        Section { slug: Slug::of(&name, "news"), name: if name.is_empty() { "News".into() } else { name } }
    }
}

impl Topic {
    /// A topic of that name, or `None` where the name is empty.
    pub fn named(name: &str) -> Option<Topic> {
        let name: String = name.trim().chars().take(60).collect();
        (!name.is_empty()).then(|| Topic { slug: Slug::of(&name, "topic"), name })
    }

    /// Topics of a comma-separated line, each once, at most [`MOST_TOPICS`].
    pub fn list(line: &str) -> Vec<Topic> {
        let mut topics: Vec<Topic> = Vec::new();
        for topic in line.split(',').filter_map(Topic::named) {
            if topics.len() < MOST_TOPICS && topics.iter().all(|t| t.slug != topic.slug) {
                topics.push(topic);
            }
        }
        topics
    }
}
