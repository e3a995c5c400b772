//! Atom 1.0 (RFC 4287), with comment counts by its threading extension (RFC 4685).

use super::{Feed, content, creators, published, summary, touched, widest};
use crate::{
    theme::{Fault, Theme},
    xml::Xml,
};

impl Theme {
    pub fn atom(&self, feed: &Feed<'_>) -> Result<String, Fault> {
        let paper = feed.paper;
        let mut xml = Xml::new();
        xml.open(
            "feed",
            &[
                ("xmlns", "http://www.w3.org/2005/Atom"),
                ("xmlns:media", "http://search.yahoo.com/mrss/"),
                ("xmlns:thr", "http://purl.org/syndication/thread/1.0"),
                ("xml:lang", &paper.language),
            ],
        );
        let own = feed.own("atom.xml");
        xml.leaf("id", &own);
        xml.leaf("title", &feed.title());
        xml.leaf("subtitle", &feed.description());
        xml.leaf("updated", &feed.updated().rfc3339());
        xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.home())]);
        xml.open("author", &[]);
        xml.leaf("name", &paper.name);
        xml.close("author");
        for (item, url) in feed.shown() {
            let story = item.story;
            let language =
                if story.copy.language.is_empty() { &paper.language } else { &story.copy.language };
            xml.open("entry", &[("xml:lang", language)]);
            xml.leaf("id", &url);
            xml.leaf("title", &story.copy.headline);
            xml.leaf("published", &published(story).rfc3339());
            xml.leaf("updated", &touched(story).rfc3339());
            xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &url)]);
            for name in creators(story) {
                xml.open("author", &[]);
                xml.leaf("name", &name);
                xml.close("author");
            }
            xml.empty("category", &[("term", story.section.slug.as_str()), ("label", &story.section.name)]);
            for topic in &story.topics {
                xml.empty("category", &[("term", topic.slug.as_str()), ("label", &topic.name)]);
            }
            xml.leaf("summary", &summary(story));
            xml.leaf_with("content", &[("type", "html")], &content(paper, story));
            for photo in &story.photos {
                let Some(width) = widest(photo) else { continue };
                let address = paper.url(&photo.path(width));
                xml.open("media:content", &[("url", &address), ("type", "image/jpeg"), ("medium", "image")]);
                xml.leaf_with("media:description", &[("type", "plain")], &photo.caption);
                xml.leaf("media:credit", &photo.credit.to_string());
                xml.close("media:content");
            }
            let (comments, count) = (format!("{url}/comments.xml"), item.comments.to_string());
            xml.empty(
                "link",
                &[
                    ("rel", "replies"),
                    ("type", "application/rss+xml"),
                    ("href", &comments),
                    ("thr:count", &count),
                ],
            );
            xml.close("entry");
        }
        xml.close("feed");
        Ok(xml.done())
    }
}
