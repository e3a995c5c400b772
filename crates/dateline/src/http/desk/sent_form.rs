//! A form as a browser sent it: every field in its order, read leniently.

use crate::problem::Fault;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::header,
};
use pages::desk::Carried;

/// The fields of a post, in the order of the page. A field may come several times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentForm(Vec<(String, String)>);

/// Most fields read; a story with fifty photos has some three hundred.
const MOST_FIELDS: usize = 2_000;

impl SentForm {
    /// Of a body in `application/x-www-form-urlencoded`. Invalid UTF-8 becomes replacement characters.
    pub fn read(body: &[u8]) -> SentForm {
        let fields = form_urlencoded::parse(body).take(MOST_FIELDS);
        SentForm(fields.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// The first field of that name; empty where it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(n, _)| n == name)
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        self.text(name).trim().parse().ok()
    }

    /// All of it but the proof, passwords and what a passkey answered, to be sent again after a sign-in.
    pub fn carried(&self) -> Vec<Carried> {
        let secret = ["csrf", "password", "current", "passkey"];
        let fields = self.0.iter().filter(|(name, _)| !secret.contains(&name.as_str()));
        fields.map(|(name, value)| Carried { name: name.clone(), value: value.clone() }).collect()
    }

    /// What a sign-in form carried, its names stripped of their mark.
    pub fn uncarried(&self) -> Vec<Carried> {
        let fields = self.0.iter().filter_map(|(name, value)| Some((name.strip_prefix("carry.")?, value)));
        fields.map(|(name, value)| Carried { name: name.to_owned(), value: value.clone() }).collect()
    }
}

impl<S: Send + Sync> FromRequest<S> for SentForm {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<SentForm, Fault> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
        let is_form = kind
            .split(';')
            .next()
            .is_some_and(|k| k.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"));
        // A button without any field sends no body, and programs then leave the type off.
        if !is_form && !kind.is_empty() {
            return Err(Fault::MediaType { detail: "The desk takes forms only.".into() });
        }
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|refused| Fault::of_status(refused.status(), &refused.body_text(), 0))?;
        Ok(SentForm::read(&body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_in_order_with_repeats_and_broken_bytes() {
        let form = SentForm::read(b"tick=3&tick=5&text=a%20b%0D%0A+c&bad=%ff&flag");
        assert_eq!(form.all("tick").collect::<Vec<_>>(), ["3", "5"]);
        assert_eq!(form.text("text"), "a b\r\n c");
        assert_eq!(form.text("bad"), "\u{fffd}");
        assert!(form.has("flag") && !form.has("none") && form.text("none").is_empty());
        assert_eq!(form.number("tick"), Some(3));
    }

    #[test]
    fn secrets_are_not_carried() {
        let form = SentForm::read(b"csrf=x&password=y&current=z&passkey=p&headline=A&carry.body=B");
        let names: Vec<String> = form.carried().into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["headline", "carry.body"]);
        assert_eq!(form.uncarried(), [Carried { name: "body".into(), value: "B".into() }]);
    }
}
