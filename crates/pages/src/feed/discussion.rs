//! The feed of one discussion: its latest comments, as RSS 2.0.

use newsroom::{
    discussion::{Comment, State},
    paper::Paper,
    story::Story,
};

use super::{rfc2822, rss::NAMESPACES};
use crate::{
    markup,
    theme::{Fault, Theme},
    xml::Xml,
};

pub struct DiscussionFeed<'a> {
    pub paper: &'a Paper,
    pub story: &'a Story,
    /// Newest first; those not shown are left out.
    pub comments: &'a [Comment],
}

impl Theme {
    pub fn discussion_feed(&self, feed: &DiscussionFeed<'_>) -> Result<String, Fault> {
        let (paper, headline) = (feed.paper, &feed.story.copy.headline);
        let url = paper.url(&feed.story.path().unwrap_or_default());
        let mut xml = Xml::new();
        xml.open("rss", NAMESPACES);
        xml.open("channel", &[]);
        xml.leaf("title", &format!("Comments on {headline} – {}", paper.name));
        xml.leaf("link", &format!("{url}#comments"));
        xml.leaf("description", &format!("What readers of {} say about “{headline}”", paper.name));
        xml.leaf("language", &paper.language);
        let own = format!("{url}/comments.xml");
        xml.empty("atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &own)]);
        for comment in feed.comments.iter().filter(|c| c.state == State::Shown) {
            let link = format!("{url}/comments/{}#comment-{}", comment.root, comment.id);
            xml.open("item", &[]);
            xml.leaf("title", &format!("{}: {}", comment.name, markup::summary(&comment.text, 60)));
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
