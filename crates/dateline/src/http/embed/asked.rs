//! Which page of which site is meant, by a query or by a JSON body.

use crate::problem::Fault;
use newsroom::site::{self, OutsidePage, PageFault};
use store::site::Site;

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub id: String,
    pub url: String,
    pub title: String,
    pub language: String,
}

impl Asked {
    /// `?url=…&id=…`; of a name given twice the first counts.
    pub fn of_query(query: Option<&str>) -> Asked {
        let mut asked = Asked::default();
        for (name, value) in form_urlencoded::parse(query.unwrap_or("").as_bytes()) {
            let slot = match &*name {
                "id" => &mut asked.id,
                "url" => &mut asked.url,
                "title" => &mut asked.title,
                "language" => &mut asked.language,
                _ => continue,
            };
            if slot.is_empty() {
                *slot = value.into_owned();
            }
        }
        asked
    }

    /// `{"url":…,"id":…,"title":…,"language":…}`; other members are for others.
    pub fn of_json(body: &[u8]) -> Result<Asked, Fault> {
        let bad = |detail: String, field| Fault::BadRequest { detail, field };
        let value: serde_json::Value =
            serde_json::from_slice(body).map_err(|e| bad(format!("The body is not JSON: {e}."), None))?;
        let text = |field: &'static str| match value.get(field) {
            None | Some(serde_json::Value::Null) => Ok(String::new()),
            Some(serde_json::Value::String(text)) => Ok(text.clone()),
            Some(_) => Err(bad(format!("{field} must be text."), Some(field))),
        };
        Ok(Asked { id: text("id")?, url: text("url")?, title: text("title")?, language: text("language")? })
    }

    pub fn page(&self, site: &Site) -> Result<OutsidePage, Fault> {
        site::page(&self.id, &self.url, &site.origins).map_err(fault)
    }

    /// One clean line; the page's address where it says none.
    pub fn title(&self, page: &OutsidePage) -> Result<String, Fault> {
        site::title(&self.title, page).map_err(fault)
    }

    /// Empty where it is no language tag.
    pub fn language(&self) -> &str {
        site::language(&self.language)
    }
}

fn fault(fault: PageFault) -> Fault {
    Fault::refused(fault.code(), fault.words(), Some(fault.field()))
}

/// Where a page's discussion is read on the paper before anybody said anything.
pub fn hosted_path(site: &Site, asked: &Asked) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in
        [("url", &asked.url), ("id", &asked.id), ("title", &asked.title), ("language", &asked.language)]
    {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    format!("/embed/{}?{}", site.key, query.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_query_and_by_body_alike() {
        let want = Asked { id: "7".into(), url: "https://a.example/b".into(), ..Asked::default() };
        assert_eq!(Asked::of_query(Some("url=https%3A%2F%2Fa.example%2Fb&id=7&id=8&z=1")), want);
        assert_eq!(
            Asked::of_json(br#"{"url":"https://a.example/b","id":"7","title":null,"text":"x"}"#),
            Ok(want)
        );
        assert!(Asked::of_json(br#"{"id":7}"#).is_err() && Asked::of_json(b"{").is_err());
        assert_eq!(Asked::of_json(b"[]"), Ok(Asked::default()));
    }
}
