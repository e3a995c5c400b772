//! RSS 2.0 with the modules that readers know: full text, media credit, comment counts.

use super::{Feed, content, creators, published, rfc2822, summary, widest};
use crate::{
    theme::{Fault, Theme},
    xml::Xml,
};

/// Namespaces of the modules, on the root element.
pub(super) const NAMESPACES: &[(&str, &str)] = &[
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:media", "http://search.yahoo.com/mrss/"),
    ("xmlns:slash", "http://purl.org/rss/1.0/modules/slash/"),
    ("xmlns:wfw", "http://wellformedweb.org/CommentAPI/"),
];

impl Theme {
    pub fn rss(&self, feed: &Feed<'_>) -> Result<String, Fault> {
        let paper = feed.paper;
        let mut xml = Xml::new();
        xml.open("rss", NAMESPACES);
        xml.open("channel", &[]);
        xml.leaf("title", &feed.title());
        xml.leaf("link", &feed.home());
        xml.leaf("description", &feed.description());
        xml.leaf("language", &paper.language);
        let own = feed.own("feed.xml");
        xml.empty("atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &own)]);
        if !feed.items.is_empty() {
            xml.leaf("lastBuildDate", &rfc2822(paper, feed.updated()));
        }
        for (item, url) in feed.shown() {
            let story = item.story;
            xml.open("item", &[]);
            xml.leaf("title", &story.copy.headline);
            xml.leaf("link", &url);
            xml.leaf_with("guid", &[("isPermaLink", "true")], &url);
            xml.leaf("pubDate", &rfc2822(paper, published(story)));
            for name in creators(story) {
                xml.leaf("dc:creator", &name);
            }
            xml.leaf("category", &story.section.name);
            for topic in &story.topics {
                xml.leaf("category", &topic.name);
            }
            xml.leaf("description", &summary(story));
            xml.leaf("content:encoded", &content(paper, story));
            for photo in &story.photos {
                let Some(width) = widest(photo) else { continue };
                let (address, width_text, height) =
                    (paper.url(&photo.path(width)), width.to_string(), photo.height_at(width).to_string());
                xml.open(
                    "media:content",
                    &[
                        ("url", &address),
                        ("type", "image/jpeg"),
                        ("medium", "image"),
                        ("width", &width_text),
                        ("height", &height),
                    ],
                );
                xml.leaf_with("media:description", &[("type", "plain")], &photo.caption);
                let role = if photo.credit.photographer.is_empty() { "provider" } else { "photographer" };
                xml.leaf_with("media:credit", &[("role", role)], &photo.credit.to_string());
                xml.close("media:content");
            }
            xml.leaf("comments", &format!("{url}#comments"));
            xml.leaf("slash:comments", &item.comments.to_string());
            xml.leaf("wfw:commentRss", &format!("{url}/comments.xml"));
            xml.close("item");
        }
        xml.close("channel");
        xml.close("rss");
        Ok(xml.done())
    }
}
