//! What a reader sent, as form or JSON, read into the one type that a reader may set.

use crate::problem::Fault;
use axum::http::{HeaderMap, header};
use newsroom::discussion::admit::Draft;

/// Reads a body by its content type. Fields that are not ours are left aside; of a field sent twice the
/// first counts.
pub fn read(headers: &HeaderMap, body: &[u8]) -> Result<Draft, Fault> {
    // What inflates is not taken: the limit on a body is a limit on what it holds.
    if headers.get(header::CONTENT_ENCODING).is_some_and(|v| !v.as_bytes().eq_ignore_ascii_case(b"identity"))
    {
        return Err(Fault::MediaType { detail: "Send a comment without content encoding.".into() });
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    match kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase().as_str() {
        "application/x-www-form-urlencoded" => form(body),
        "application/json" => json(body),
        _ => Err(Fault::MediaType {
            detail: "Send a comment as application/x-www-form-urlencoded or application/json.".into(),
        }),
    }
}

/// The same of JSON alone: what a page of another origin sends, so that its browser asks first.
pub fn read_json(headers: &HeaderMap, body: &[u8]) -> Result<Draft, Fault> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    if !kind.split(';').next().unwrap_or("").trim().eq_ignore_ascii_case("application/json") {
        return Err(Fault::MediaType { detail: "Send a comment as application/json.".into() });
    }
    read(headers, body)
}

fn form(body: &[u8]) -> Result<Draft, Fault> {
    let (mut name, mut text, mut reply_to) = (None, None, None);
    let (mut email, mut answers, mut proof) = (None, None, None);
    for (key, value) in form_urlencoded::parse(body) {
        let slot = match &*key {
            "name" => &mut name,
            "text" => &mut text,
            "reply_to" => &mut reply_to,
            "email" => &mut email,
            "answers" => &mut answers,
            "proof" => &mut proof,
            _ => continue,
        };
        if slot.is_none() {
            *slot = Some(value.into_owned());
        }
    }
    let reply_to = match reply_to.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(id) => Some(id.parse().map_err(|_| bad_reply())?),
    };
    Ok(Draft {
        name: name.unwrap_or_default(),
        text: text.unwrap_or_default(),
        reply_to,
        email: email.unwrap_or_default(),
        answers: answers.is_some_and(|tick: String| !tick.is_empty()),
        proof,
    })
}

fn bad_reply() -> Fault {
    Fault::BadRequest { detail: "reply_to is the number of a comment.".into(), field: Some("reply_to") }
}

fn json(body: &[u8]) -> Result<Draft, Fault> {
    let bad = |detail: String, field| Fault::BadRequest { detail, field };
    let value: serde_json::Value =
        serde_json::from_slice(body).map_err(|e| bad(format!("The body is not JSON: {e}."), None))?;
    let object = value.as_object().ok_or_else(|| bad("The body is not a JSON object.".into(), None))?;
    let text = |field: &'static str| match object.get(field) {
        None | Some(serde_json::Value::Null) => Ok(String::new()),
        Some(serde_json::Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(bad(format!("{field} must be text."), Some(field))),
    };
    let reply_to = match object.get("reply_to") {
        None | Some(serde_json::Value::Null) => None,
        Some(id) => Some(id.as_i64().ok_or_else(bad_reply)?),
    };
    let answers = match object.get("answers") {
        None | Some(serde_json::Value::Null) => false,
        Some(tick) => {
            tick.as_bool().ok_or_else(|| bad("answers must be true or false.".into(), Some("answers")))?
        }
    };
    let proof = match object.get("proof") {
        None | Some(serde_json::Value::Null) => None,
        Some(_) => Some(text("proof")?),
    };
    Ok(Draft { name: text("name")?, text: text("text")?, reply_to, email: text("email")?, answers, proof })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(kind: &str, body: &str) -> Result<Draft, u16> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
        read(&headers, body.as_bytes()).map_err(|f| f.status().as_u16())
    }

    #[test]
    fn forms_and_json_alike() {
        let want = Draft {
            name: "Mette".into(),
            text: "At last.".into(),
            reply_to: Some(7),
            email: "a@b.example".into(),
            answers: true,
            proof: Some("7.x".into()),
        };
        let form = "name=Mette&text=At+last.&reply_to=7&email=a%40b.example&answers=yes&proof=7.x&name=Again";
        assert_eq!(sent("application/x-www-form-urlencoded; charset=UTF-8", form), Ok(want.clone()));
        let json = r#"{"name":"Mette","text":"At last.","reply_to":7,"state":"shown","email":"a@b.example","answers":true,"proof":"7.x"}"#;
        assert_eq!(sent("application/json", json), Ok(want));
    }

    #[test]
    fn what_is_neither_is_refused_in_kind() {
        assert_eq!(sent("text/plain", "name=a&text=b"), Err(415));
        assert_eq!(sent("application/json", "{\"name\":"), Err(400));
        assert_eq!(sent("application/json", "[]"), Err(400));
        assert_eq!(sent("application/json", r#"{"proof":5}"#), Err(400));
        assert_eq!(sent("application/json", r#"{"proof":null}"#).unwrap().proof, None, "it cannot work");
        assert_eq!(
            sent("application/json", r#"{"proof":""}"#).unwrap().proof.as_deref(),
            Some(""),
            "it would"
        );
        assert_eq!(sent("application/json", r#"{"name":5}"#), Err(400));
        assert_eq!(sent("application/x-www-form-urlencoded", "reply_to=x"), Err(400));
        assert_eq!(sent("application/json", r#"{"reply_to":"5"}"#), Err(400));
    }
}
