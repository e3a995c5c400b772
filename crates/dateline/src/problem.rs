//! What can go wrong with a request, in one enum with one reply: a problem document (RFC 9457) or a page
//! for the reader, and the true reason for the log.

use crate::work::Challenge;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// A failed request. The texts in it are safe to show, but for `truth`, which goes to the log alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No page there.
    NotFound,
    /// There was one, and it was withdrawn.
    Gone {
        detail: String,
    },
    /// The request is not understood; `field` names the culprit.
    BadRequest {
        detail: String,
        field: Option<&'static str>,
    },
    /// Understood and against a rule, with that rule's own stable code.
    Refused {
        code: &'static str,
        detail: String,
        field: Option<&'static str>,
    },
    /// The browser is to work for it first, and to send it again with the proof.
    ProofWanted {
        detail: String,
        challenge: Challenge,
    },
    /// Sign in, or show a token.
    SignIn {
        detail: String,
    },
    /// Signed in, and not allowed to.
    Forbidden {
        detail: String,
    },
    /// A writer appeals against what this one ruled: somebody else decides.
    OwnAppeal {
        detail: String,
    },
    /// A form sent from another site.
    ForeignOrigin,
    /// A page of an origin that its site does not name asks for a discussion.
    OriginNotAllowed {
        detail: String,
    },
    /// No site has that key.
    NoSite,
    Method,
    TooLarge {
        most: usize,
    },
    MediaType {
        detail: String,
    },
    /// Try again after so many seconds.
    TooMany {
        detail: String,
        wait: u32,
    },
    /// The request took too long to arrive.
    Slow,
    /// Something of ours is busy; worth trying again soon.
    Busy {
        truth: String,
    },
    /// Something of ours is broken.
    Broken {
        truth: String,
    },
}

/// RFC 9457, with a stable `code`.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Problem {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub code: &'static str,
    pub title: &'static str,
    pub status: u16,
    pub detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// What the browser is asked to work on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub challenge: Option<Challenge>,
}

impl Fault {
    pub fn broken(why: impl std::fmt::Display) -> Fault {
        Fault::Broken { truth: why.to_string() }
    }

    pub fn refused(code: &'static str, detail: impl Into<String>, field: Option<&'static str>) -> Fault {
        Fault::Refused { code, detail: detail.into(), field }
    }

    /// Status, stable code and title.
    fn heading(&self) -> (StatusCode, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            Fault::NotFound => (S::NOT_FOUND, "not-found", "There is nothing here"),
            Fault::Gone { .. } => (S::GONE, "gone", "This was withdrawn"),
            Fault::BadRequest { .. } => (S::BAD_REQUEST, "bad-request", "The request could not be read"),
            Fault::Refused { code, .. } => (S::UNPROCESSABLE_ENTITY, code, "This could not be accepted"),
            Fault::ProofWanted { .. } => {
                (S::UNPROCESSABLE_ENTITY, "proof-wanted", "Some work is asked for first")
            }
            Fault::SignIn { .. } => (S::UNAUTHORIZED, "sign-in", "Please sign in"),
            Fault::Forbidden { .. } => (S::FORBIDDEN, "forbidden", "This is not open to you"),
            Fault::OwnAppeal { .. } => (S::FORBIDDEN, "own-appeal", "Somebody else decides this"),
            Fault::ForeignOrigin => (S::FORBIDDEN, "foreign-origin", "Sent from another site"),
            Fault::OriginNotAllowed { .. } => {
                (S::FORBIDDEN, "origin-not-allowed", "This origin may not show the discussion")
            }
            Fault::NoSite => (S::NOT_FOUND, "no-such-site", "No site has this key"),
            Fault::Method => (S::METHOD_NOT_ALLOWED, "method", "This address takes other requests"),
            Fault::TooLarge { .. } => (S::PAYLOAD_TOO_LARGE, "too-large", "This is too large"),
            Fault::MediaType { .. } => {
                (S::UNSUPPORTED_MEDIA_TYPE, "media-type", "This form of content is not taken")
            }
            Fault::TooMany { .. } => (S::TOO_MANY_REQUESTS, "too-many", "Too many at once"),
            Fault::Slow => (S::REQUEST_TIMEOUT, "slow", "The request took too long"),
            Fault::Busy { .. } => (S::SERVICE_UNAVAILABLE, "busy", "Busy for a moment"),
            Fault::Broken { .. } => (S::INTERNAL_SERVER_ERROR, "broken", "Something went wrong on our side"),
        }
    }

    pub fn status(&self) -> StatusCode {
        self.heading().0
    }

    /// What the reader is told.
    pub fn problem(&self) -> Problem {
        let (status, code, title) = self.heading();
        let mut field = None;
        let detail = match self {
            Fault::NotFound => "The address may be mistyped, or the page may have moved.".into(),
            Fault::BadRequest { detail, field: f } | Fault::Refused { detail, field: f, .. } => {
                field = *f;
                detail.clone()
            }
            Fault::Gone { detail }
            | Fault::SignIn { detail }
            | Fault::ProofWanted { detail, .. }
            | Fault::Forbidden { detail }
            | Fault::OwnAppeal { detail }
            | Fault::OriginNotAllowed { detail }
            | Fault::MediaType { detail }
            | Fault::TooMany { detail, .. } => detail.clone(),
            Fault::ForeignOrigin => {
                "The form was sent from another site. Open the page here and send it again.".into()
            }
            Fault::NoSite => "`dateline site list` shows the keys of all sites.".into(),
            Fault::Method => "The address exists, but not for this kind of request.".into(),
            Fault::TooLarge { most } => format!("At most {most} bytes are taken here."),
            Fault::Slow => "The request did not arrive in time. Please try again.".into(),
            Fault::Busy { .. } => "The paper is busy. Please try again in a moment.".into(),
            Fault::Broken { .. } => "The fault has been noted. Please try again later.".into(),
        };
        let challenge = match self {
            Fault::ProofWanted { challenge, .. } => Some(challenge.clone()),
            _ => None,
        };
        Problem { kind: "about:blank", code, title, status: status.as_u16(), detail, field, challenge }
    }

    /// What happened, for the log: `None` where the reader is told all there is.
    pub fn truth(&self) -> Option<&str> {
        match self {
            Fault::Busy { truth } | Fault::Broken { truth } => Some(truth),
            _ => None,
        }
    }

    /// For replies that axum itself made, by their status.
    pub fn of_status(status: StatusCode, said: &str, most: usize) -> Fault {
        match status {
            StatusCode::NOT_FOUND => Fault::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Fault::Method,
            StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge { most },
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Fault::MediaType {
                detail: "Send it as a form, or in a format that this address takes.".into(),
            },
            status if status.is_client_error() => Fault::BadRequest {
                detail: "Something in the request is missing or malformed.".into(),
                field: None,
            },
            _ => Fault::Broken { truth: format!("answered {status}: {said}") },
        }
    }

    /// The reply, as a problem document or with the page that `page` makes of it.
    pub fn reply(&self, json: bool, page: &dyn Fn(&Problem) -> String) -> Response {
        let problem = self.problem();
        let (kind, body) = if json {
            let body = serde_json::to_string(&problem).expect("strings and numbers always serialise");
            ("application/problem+json", body)
        } else {
            ("text/html; charset=utf-8", page(&problem))
        };
        let mut reply = (self.status(), body).into_response();
        let headers = reply.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::VARY, HeaderValue::from_static("accept"));
        match self {
            Fault::TooMany { wait, .. } => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(*wait));
            }
            Fault::Busy { .. } => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(2));
            }
            Fault::SignIn { .. } if json => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            _ => {}
        }
        reply
    }
}

/// What no handler has a better word for.
impl From<store::Error> for Fault {
    fn from(e: store::Error) -> Fault {
        match e {
            store::Error::Busy(truth) => Fault::Busy { truth },
            store::Error::Gone(_) => Fault::NotFound,
            store::Error::Taken(what) => Fault::refused("taken", format!("Taken already: {what}."), None),
            e => Fault::broken(e),
        }
    }
}

impl From<pages::Fault> for Fault {
    fn from(e: pages::Fault) -> Fault {
        Fault::broken(e)
    }
}

/// Carried out of the handler; the outermost layer, which knows what the reader accepts, writes the reply.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut reply = self.status().into_response();
        reply.extensions_mut().insert(self);
        reply
    }
}

/// The page shown for a fault until a paper's own is given: plain, whole, and without any outside part.
pub fn plain_page(problem: &Problem) -> String {
    let escape = |t: &str| t.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title></head><body><main><h1>{title}</h1><p>{detail}</p><p><a href=\"/\">Front page</a></p></main></body></html>\n",
        title = escape(problem.title),
        detail = escape(&problem.detail),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_never_sees_the_truth() {
        let fault = Fault::broken("no such table: comment <b>");
        for json in [true, false] {
            let reply = fault.reply(json, &plain_page);
            assert_eq!(reply.status(), 500);
        }
        let told = serde_json::to_string(&fault.problem()).unwrap() + &plain_page(&fault.problem());
        assert!(!told.contains("table"), "{told}");
        assert_eq!(fault.truth(), Some("no such table: comment <b>"));
    }

    #[test]
    fn a_page_escapes_what_it_repeats() {
        let fault = Fault::refused("links", "<script>", Some("text"));
        assert!(!plain_page(&fault.problem()).contains("<script>"));
        assert_eq!(fault.problem().field, Some("text"));
    }
}
