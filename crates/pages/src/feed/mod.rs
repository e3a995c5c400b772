//! Feeds of the paper, a section or a discussion: RSS 2.0, Atom and JSON Feed, with the full text.

mod atom;
mod discussion;
mod json;
mod rss;
#[cfg(test)]
mod tests;

use newsroom::{Millis, paper::Paper, photo::Photo, section::Section, story::Story};

pub use discussion::{DiscussionFeed, Talked};

use crate::{
    markup,
    words::{Words, fill},
};

/// The latest stories, newest first.
pub struct Feed<'a> {
    pub paper: &'a Paper,
    /// `None` for the whole paper.
    pub section: Option<&'a Section>,
    pub items: &'a [FeedItem<'a>],
}

/// A published story in a feed.
#[derive(Clone, Copy)]
pub struct FeedItem<'a> {
    pub story: &'a Story,
    /// Comments shown.
    pub comments: u32,
}

impl Feed<'_> {
    fn title(&self) -> String {
        match self.section {
            Some(section) => format!("{} – {}", self.paper.name, section.name),
            None => self.paper.name.clone(),
        }
    }

    fn description(&self) -> String {
        let words = Words::of_paper(self.paper);
        match (self.section, self.paper.tagline.as_str()) {
            (Some(section), _) => {
                fill(words.feed_section, &[("section", &section.name), ("paper", &self.paper.name)])
            }
            (None, "") => fill(words.feed_latest, &[("paper", &self.paper.name)]),
            (None, tagline) => tagline.to_owned(),
        }
    }

    fn home(&self) -> String {
        match self.section {
            Some(section) => self.paper.url(&format!("/section/{}", section.slug)),
            None => self.paper.url("/"),
        }
    }

    /// Its own address, for a file such as `feed.xml`.
    fn own(&self, file: &str) -> String {
        match self.section {
            Some(section) => self.paper.url(&format!("/section/{}/{file}", section.slug)),
            None => self.paper.url(&format!("/{file}")),
        }
    }

    /// When anything in it last changed; the beginning of time where it is empty.
    fn updated(&self) -> Millis {
        self.items.iter().map(|i| touched(i.story)).max().unwrap_or_default()
    }

    /// What can be shown: published stories with an address, never any other.
    fn shown(&self) -> impl Iterator<Item = (&FeedItem<'_>, String)> {
        self.items.iter().filter_map(|i| {
            let published = i.story.status == newsroom::story::Status::Published;
            Some((i, self.paper.url(&i.story.path().filter(|_| published)?)))
        })
    }
}

fn published(story: &Story) -> Millis {
    story.published_at.unwrap_or(story.created_at)
}

fn touched(story: &Story) -> Millis {
    story.changed_at.unwrap_or(published(story))
}

/// RFC 2822, as RSS wants it, in the paper's zone.
fn rfc2822(paper: &Paper, at: Millis) -> String {
    paper.zone.format(at, "%a, %d %b %Y %H:%M:%S %z")
}

/// The whole story as HTML that a reader program can show by itself, addresses absolute.
fn content(paper: &Paper, story: &Story) -> String {
    let copy = &story.copy;
    let mut html = String::new();
    if !copy.standfirst.is_empty() {
        html.push_str(&format!("<p><strong>{}</strong></p>\n", markup::escape(&copy.standfirst)));
    }
    let mut photos = story.photos.iter().filter_map(|p| figure(paper, p));
    html.extend(photos.next());
    html.push_str(&markup::body_html_with_dateline(&copy.body, Some(&copy.dateline)));
    html.extend(photos);
    if !copy.agency.is_empty() {
        html.push_str(&format!("<p>{}</p>\n", markup::escape(&copy.agency)));
    }
    for notice in &story.notices {
        if !notice.text.is_empty() {
            let day = Words::of_paper(paper).day(&paper.zone, notice.at);
            html.push_str(&format!("<p><em>{day}: {}</em></p>\n", markup::escape(&notice.text)));
        }
    }
    html
}

fn figure(paper: &Paper, photo: &Photo) -> Option<String> {
    let width = widest(photo)?;
    let caption = match (photo.caption.is_empty(), photo.credit.is_empty()) {
        (_, true) => markup::escape(&photo.caption),
        (true, false) => format!("({})", markup::escape(&photo.credit.to_string())),
        _ => format!("{} ({})", markup::escape(&photo.caption), markup::escape(&photo.credit.to_string())),
    };
    Some(format!(
        "<figure><img src=\"{}\" width=\"{width}\" height=\"{}\" alt=\"{}\"><figcaption>{caption}</figcaption></figure>\n",
        markup::escape(&paper.url(&photo.path(width))),
        photo.height_at(width),
        markup::escape(if photo.alt.is_empty() { &photo.caption } else { &photo.alt }),
    ))
}

/// The largest rendition up to 960 pixels, else the smallest.
fn widest(photo: &Photo) -> Option<u32> {
    photo.renditions.iter().rev().find(|w| **w <= 960).or(photo.renditions.first()).copied()
}

fn summary(story: &Story) -> String {
    match story.copy.standfirst.trim() {
        "" => markup::summary(&story.copy.body, 300),
        standfirst => standfirst.to_owned(),
    }
}

/// Who a feed names as the writer: the people, else the agency.
fn creators(story: &Story) -> Vec<String> {
    let mut names: Vec<String> = story.authors().into_iter().map(|a| a.name).collect();
    if names.is_empty() && !story.copy.agency.is_empty() {
        names.push(story.copy.agency.clone());
    }
    names
}
