//! Structured data after schema.org, for search engines and other machines.

use newsroom::{
    discussion::{Comment, State, Thread},
    paper::Paper,
    photo::Photo,
    story::{NoticeKind, Story},
};
use serde_json::{Map, Value, json};

use crate::{markup, story::description};

/// JSON ready to stand inside a script element: nothing in it can end that element or a line of it.
pub(crate) fn script(data: &Value) -> String {
    let text = data.to_string();
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        out.push_str(&rest[..at]);
        let mut after = rest[at..].chars();
        for c in after.by_ref().take(1) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        }
        rest = after.as_str();
    }
    out.push_str(rest);
    out
}

/// A schema.org object from which empty members are left out.
struct Thing(Map<String, Value>);

impl Thing {
    fn new(kind: &str) -> Thing {
        let mut map = Map::new();
        map.insert("@type".into(), kind.into());
        Thing(map)
    }

    fn with(mut self, key: &str, value: impl Into<Value>) -> Thing {
        let value = value.into();
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        if !empty {
            self.0.insert(key.into(), value);
        }
        self
    }

    fn done(self) -> Value {
        Value::Object(self.0)
    }
}

fn organisation(name: &str) -> Value {
    Thing::new("Organization").with("name", name).done()
}

/// The story as a NewsArticle, with the comments of the page it stands on.
pub(crate) fn news_article(paper: &Paper, story: &Story, comments: Option<(u32, &[Thread])>) -> Value {
    let copy = &story.copy;
    let url = paper.url(&story.path().unwrap_or_default());
    let authors: Vec<Value> = story
        .authors()
        .iter()
        .map(|a| {
            let page = paper.url(&format!("/author/{}", a.slug));
            Thing::new("Person").with("name", a.name.as_str()).with("url", page).done()
        })
        .collect();
    let agency = if copy.agency.is_empty() { Value::Null } else { organisation(&copy.agency) };
    // Somebody must answer for it: its writers, else the agency, else the paper.
    let author = match (authors.is_empty(), agency.is_null()) {
        (false, _) => Value::Array(authors),
        (true, false) => agency.clone(),
        (true, true) => Thing::new("NewsMediaOrganization").with("name", paper.name.as_str()).done(),
    };
    let images: Vec<Value> = story.photos.iter().filter_map(|p| image(paper, p)).collect();
    let keywords: Vec<Value> = story.topics.iter().map(|t| t.name.as_str().into()).collect();
    let language = if copy.language.is_empty() { &paper.language } else { &copy.language };
    let publisher = Thing::new("NewsMediaOrganization")
        .with("name", paper.name.as_str())
        .with("url", paper.url("/"))
        .done();
    let corrections: Vec<Value> = story
        .notices
        .iter()
        .filter(|n| n.kind == NoticeKind::Correction)
        .map(|n| {
            let text = n.text.as_str();
            Thing::new("CorrectionComment").with("text", text).with("datePublished", n.at.rfc3339()).done()
        })
        .collect();
    let mut article = Thing(Map::from_iter([("@context".into(), "https://schema.org".into())]))
        .with("@type", "NewsArticle")
        .with("mainEntityOfPage", url.as_str())
        .with("url", url.as_str())
        .with("headline", copy.headline.as_str())
        .with("alternativeHeadline", copy.kicker.as_str())
        .with("description", description(story))
        .with("datePublished", story.published_at.map(|at| paper.zone.rfc3339(at)))
        .with("dateModified", story.changed_at.or(story.published_at).map(|at| paper.zone.rfc3339(at)))
        .with("dateline", copy.dateline.render())
        .with("author", author)
        .with("sourceOrganization", agency)
        .with("publisher", publisher)
        .with("image", images)
        .with("articleSection", story.section.name.as_str())
        .with("keywords", keywords)
        .with("inLanguage", language.as_str())
        .with("isAccessibleForFree", true)
        .with("correction", corrections);
    if let Some((shown, threads)) = comments {
        let here: Vec<Value> = threads
            .iter()
            .flat_map(|t| std::iter::once(&t.root).chain(&t.replies))
            .filter(|c| c.state == State::Shown)
            .map(|c| comment(paper, &url, c))
            .collect();
        article = article.with("commentCount", shown).with("comment", here);
    }
    article.done()
}

fn comment(paper: &Paper, url: &str, comment: &Comment) -> Value {
    json!({
        "@type": "Comment",
        "url": format!("{url}#comment-{}", comment.id),
        "dateCreated": paper.zone.rfc3339(comment.at),
        "author": { "@type": "Person", "name": comment.name },
        "text": markup::plain(&comment.text),
    })
}

fn image(paper: &Paper, photo: &Photo) -> Option<Value> {
    let &width = photo.renditions.last()?;
    let mut credit = Value::Null;
    if !photo.credit.is_empty() {
        credit = photo.credit.to_string().into();
    }
    let creator = match (photo.credit.photographer.as_str(), photo.credit.agency.as_str()) {
        ("", "") => Value::Null,
        ("", agency) => organisation(agency),
        (name, _) => Thing::new("Person").with("name", name).done(),
    };
    let image = Thing::new("ImageObject")
        .with("url", paper.url(&photo.path(width)))
        .with("width", width)
        .with("height", photo.height_at(width))
        .with("caption", photo.caption.as_str())
        .with("creditText", credit)
        .with("creator", creator);
    Some(image.done())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_script_element() {
        let data = json!({ "a": "</script><!-- & \u{2028}" });
        let text = script(&data);
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("json"), data);
    }
}
