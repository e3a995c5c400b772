//! Which form of a page a request gets: `Accept-Encoding`, `If-None-Match`, `HEAD`.

use super::page::{Encoding, Form, Page};
use axum::http::{HeaderMap, Method, Response, StatusCode, header};
use bytes::Bytes;

/// A reply as bytes, but for its status line and date.
pub struct Sent<'a> {
    pub status: StatusCode,
    pub wire: &'a Bytes,
    /// Bytes of `wire` to send: without the body for HEAD.
    pub length: usize,
}

impl Page {
    /// The reply to this request; its body is shared, not copied.
    pub fn answer(&self, method: &Method, asked: &HeaderMap) -> Response<Bytes> {
        let known = || asked.get_all(header::IF_NONE_MATCH).iter().any(|v| self.knows(v.as_bytes()));
        if self.status == StatusCode::OK && asked.contains_key(header::IF_NONE_MATCH) && known() {
            return reply(StatusCode::NOT_MODIFIED, self.unchanged.headers.clone(), Bytes::new());
        }
        let form = self.form(asked);
        let body = if *method == Method::HEAD { Bytes::new() } else { form.body.clone() };
        reply(self.status, form.headers.clone(), body)
    }

    /// The same for a handler behind the router.
    pub fn respond(&self, method: &Method, asked: &HeaderMap) -> axum::response::Response {
        self.answer(method, asked).map(axum::body::Body::from)
    }

    /// The same as bytes, for a request whose headers need not be kept.
    pub fn sent(&self, head_only: bool, encodings: Option<&[u8]>, known: Option<&[u8]>) -> Sent<'_> {
        if self.status == StatusCode::OK && known.is_some_and(|listed| self.knows(listed)) {
            let wire = &self.unchanged.wire;
            return Sent { status: StatusCode::NOT_MODIFIED, wire, length: wire.len() };
        }
        let form = encodings.map_or(&self.identity, |header| self.encoded(header));
        let length = form.wire.len() - if head_only { form.body.len() } else { 0 };
        Sent { status: self.status, wire: &form.wire, length }
    }

    fn form(&self, asked: &HeaderMap) -> &Form {
        let mut lines = asked.get_all(header::ACCEPT_ENCODING).iter();
        let (Some(first), None) = (lines.next(), lines.next()) else {
            return &self.identity;
        };
        self.encoded(first.as_bytes())
    }

    fn encoded(&self, header: &[u8]) -> &Form {
        match choose(header, self.gzip.is_some(), self.brotli.is_some()) {
            Encoding::Gzip => self.gzip.as_ref().unwrap_or(&self.identity),
            Encoding::Brotli => self.brotli.as_ref().unwrap_or(&self.identity),
            Encoding::Identity => &self.identity,
        }
    }

    /// Whether the visitor holds this very content, in whichever encoding.
    fn knows(&self, listed: &[u8]) -> bool {
        listed
            .split(|b| *b == b',')
            .map(<[u8]>::trim_ascii)
            .any(|tag| tag == b"*" || tag.strip_prefix(b"W/").unwrap_or(tag).starts_with(self.tag.as_bytes()))
    }
}

fn reply(status: StatusCode, headers: HeaderMap, body: Bytes) -> Response<Bytes> {
    let mut reply = Response::new(body);
    *reply.status_mut() = status;
    *reply.headers_mut() = headers;
    reply
}

/// The best of what there is, by RFC 9110: brotli before gzip at equal weight, nothing that has `q=0`.
/// A header that refuses even identity gets identity all the same: a page is better than a 406.
pub(super) fn choose(header: &[u8], gzip: bool, brotli: bool) -> Encoding {
    let (mut weigh_gzip, mut weigh_brotli, mut any, mut identity) = (None, None, None, None);
    for part in header.split(|b| *b == b',') {
        let mut pieces = part.split(|b| *b == b';');
        let name = pieces.next().unwrap_or_default().trim_ascii();
        let weight = pieces
            .map(<[u8]>::trim_ascii)
            .find_map(|p| p.strip_prefix(b"q=").or_else(|| p.strip_prefix(b"Q=")))
            .map_or(1000, thousandths);
        if name.eq_ignore_ascii_case(b"gzip") || name.eq_ignore_ascii_case(b"x-gzip") {
            weigh_gzip = Some(weight);
        } else if name.eq_ignore_ascii_case(b"br") {
            weigh_brotli = Some(weight);
        } else if name.eq_ignore_ascii_case(b"identity") {
            identity = Some(weight);
        } else if name == b"*" {
            any = Some(weight);
        }
    }
    let weight = |exists: bool, own: Option<u32>| if exists { own.or(any).unwrap_or(0) } else { 0 };
    let (gzip, brotli) = (weight(gzip, weigh_gzip), weight(brotli, weigh_brotli));
    let best = gzip.max(brotli);
    if best == 0 || identity.is_some_and(|w| w > best) {
        Encoding::Identity
    } else if brotli >= gzip {
        Encoding::Brotli
    } else {
        Encoding::Gzip
    }
}

/// `0.5` as 500; what is no weight counts as none.
fn thousandths(text: &[u8]) -> u32 {
    std::str::from_utf8(text)
        .ok()
        .and_then(|t| t.parse::<f32>().ok())
        .filter(|q| (0.0..=1.0).contains(q))
        .map_or(0, |q| (q * 1000.0) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_respected() {
        use Encoding::*;
        for (header, want) in [
            ("gzip", Gzip),
            ("gzip, deflate, br, zstd", Brotli),
            ("GZIP;q=1.0", Gzip),
            ("br;q=0, gzip", Gzip),
            ("gzip;q=0", Identity),
            ("gzip;q=0.000, br;q=0", Identity),
            ("*", Brotli),
            ("*;q=0", Identity),
            ("gzip;q=0, *", Brotli),
            ("gzip;q=0.5, br;q=0.1", Gzip),
            ("identity, gzip;q=0.5", Identity),
            ("gzip;q=nonsense", Identity),
            ("gzipped", Identity),
            ("", Identity),
        ] {
            assert_eq!(choose(header.as_bytes(), true, true), want, "{header}");
        }
        assert_eq!(choose(b"br, gzip", true, false), Gzip);
        assert_eq!(choose(b"br", true, false), Identity);
    }

    proptest::proptest! {
        #[test]
        fn no_header_panics(header in proptest::collection::vec(proptest::num::u8::ANY, 0..80)) {
            choose(&header, true, true);
        }
    }
}
