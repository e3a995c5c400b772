//! JSON Feed 1.1, with what it has no member for under `_dateline`.

use serde_json::{Value, json};

use super::{Feed, content, creators, published, summary, touched, widest};
use crate::theme::{Fault, Theme};

impl Theme {
    pub fn json_feed(&self, feed: &Feed<'_>) -> Result<String, Fault> {
        let paper = feed.paper;
        let items: Vec<Value> = feed
            .shown()
            .map(|(item, url)| {
                let story = item.story;
                let image = story.photos.iter().find_map(|p| Some(paper.url(&p.path(widest(p)?))));
                let authors: Vec<Value> =
                    creators(story).into_iter().map(|name| json!({ "name": name })).collect();
                let tags: Vec<&str> = std::iter::once(story.section.name.as_str())
                    .chain(story.topics.iter().map(|t| t.name.as_str()))
                    .collect();
                let photos: Vec<Value> = (story.photos.iter())
                    .filter_map(|p| {
                        let url = paper.url(&p.path(widest(p)?));
                        Some(json!({ "url": url, "caption": p.caption, "credit": p.credit.to_string() }))
                    })
                    .collect();
                let language =
                    if story.copy.language.is_empty() { &paper.language } else { &story.copy.language };
                let mut entry = json!({
                    "id": url,
                    "url": url,
                    "title": story.copy.headline,
                    "summary": summary(story),
                    "content_html": content(paper, story),
                    "date_published": paper.zone.rfc3339(published(story)),
                    "date_modified": paper.zone.rfc3339(touched(story)),
                    "authors": authors,
                    "tags": tags,
                    "language": language,
                    "_dateline": { "about": "https://www.jsonfeed.org/version/1.1/#extensions",
                        "comments": item.comments, "comments_url": format!("{url}#comments"), "photos": photos },
                });
                if let Some(image) = image {
                    entry["image"] = image.into();
                }
                entry
            })
            .collect();
        let feed = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title(),
            "home_page_url": feed.home(),
            "feed_url": feed.own("feed.json"),
            "description": feed.description(),
            "language": paper.language,
            "items": items,
        });
        Ok(feed.to_string())
    }
}
