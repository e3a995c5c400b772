//! Feeds of comments, the latest first, as RSS 2.0: of one discussion, of those in a section, under an author's
//! stories, or of the whole paper.

use newsroom::{
    byline::Author,
    discussion::{Comment, State},
    paper::Paper,
    section::Section,
    story::Story,
};

use super::{rfc2822, rss::NAMESPACES};
use crate::{
    markup,
    theme::{Fault, Theme},
    words::{Words, fill},
    xml::Xml,
};

/// Whose comments a feed has.
#[derive(Clone, Copy)]
pub enum Talked<'a> {
    Under(&'a Story),
    In(&'a Section),
    Of(&'a Author),
    Anywhere,
}

impl Talked<'_> {
    /// The page it belongs to, and what it is called, `Comments on …`.
    fn page(self, words: &Words) -> (String, String) {
        match self {
            Talked::Under(story) => (
                story.path().unwrap_or_default(),
                fill(words.comments_on, &[("headline", &story.copy.headline)]),
            ),
            Talked::In(section) => {
                (format!("/section/{}", section.slug), fill(words.feed_in, &[("section", &section.name)]))
            }
            Talked::Of(author) => {
                (format!("/author/{}", author.slug), fill(words.feed_by, &[("name", &author.name)]))
            }
            Talked::Anywhere => (String::new(), words.feed_everywhere.into()),
        }
    }
}

pub struct DiscussionFeed<'a> {
    pub paper: &'a Paper,
    pub talked: Talked<'a>,
    /// Newest first, each with its story; those not shown are left out.
    pub comments: &'a [(&'a Story, &'a Comment)],
}

impl Theme {
    pub fn discussion_feed(&self, feed: &DiscussionFeed<'_>) -> Result<String, Fault> {
        let paper = feed.paper;
        let words = Words::of_paper(paper);
        let (path, about) = feed.talked.page(words);
        let one = matches!(feed.talked, Talked::Under(_));
        let mut xml = Xml::new();
        xml.open("rss", NAMESPACES);
        xml.open("channel", &[]);
        xml.leaf("title", &format!("{about} – {}", paper.name));
        xml.leaf("link", &paper.url(&if one { format!("{path}#comments") } else { format!("{path}/") }));
        xml.leaf("description", &fill(words.feed_said, &[("paper", &paper.name)]));
        xml.leaf("language", &paper.language);
        let own = paper.url(&format!("{path}/comments.xml"));
        xml.empty("atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &own)]);
        for (story, comment) in feed.comments.iter().filter(|(_, c)| c.state == State::Shown) {
            let url = paper.url(&story.path().unwrap_or_default());
            let link = format!("{url}/comments/{}#comment-{}", comment.root, comment.id);
            let mut title = format!("{}: {}", comment.name, markup::summary(&comment.text, 60));
            if !one {
                title = format!("{title} ({})", story.copy.headline);
            }
            xml.open("item", &[]);
            xml.leaf("title", &title);
            xml.leaf("link", &link);
            xml.leaf_with("guid", &[("isPermaLink", "false")], &format!("{url}#comment-{}", comment.id));
            xml.leaf("pubDate", &rfc2822(paper, comment.at));
            xml.leaf("dc:creator", &comment.name);
            xml.leaf("description", &markup::comment_html(&comment.text));
            xml.close("item");
        }
        xml.close("channel");
        xml.close("rss");
        Ok(xml.done())
    }
}
