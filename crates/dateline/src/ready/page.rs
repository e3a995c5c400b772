//! One page as bytes, in each encoding it has, with the headers of each made beforehand.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use bytes::Bytes;
use newsroom::{Millis, touch::Touch};
use std::{
    hash::{DefaultHasher, Hasher},
    sync::atomic::{AtomicBool, Ordering},
};

/// What a handler hands over.
#[derive(Clone, Debug)]
pub struct Rendered {
    pub status: StatusCode,
    pub content_type: &'static str,
    pub body: Vec<u8>,
    /// Beyond the usual ones, which they replace: a `Location`, a `Cache-Control`, a policy of its own.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// All that the page was made of. A page without any is answered and not kept.
    pub touches: Vec<Touch>,
    /// From this moment on the page is no longer true by itself: a discussion closes, an embargo ends.
    pub stale_at: Option<Millis>,
}

impl Rendered {
    /// A page of HTML that depends on `touches`.
    pub fn html(body: impl Into<Vec<u8>>, touches: Vec<Touch>) -> Rendered {
        Rendered::of("text/html; charset=utf-8", body, touches)
    }

    /// A 200 of any type.
    pub fn of(content_type: &'static str, body: impl Into<Vec<u8>>, touches: Vec<Touch>) -> Rendered {
        Rendered {
            status: StatusCode::OK,
            content_type,
            body: body.into(),
            headers: Vec::new(),
            touches,
            stale_at: None,
        }
    }

    /// A permanent redirect, kept like any page.
    pub fn moved(to: &str, touches: Vec<Touch>) -> Rendered {
        let mut moved = Rendered::of("text/plain; charset=utf-8", Vec::new(), touches);
        moved.status = StatusCode::PERMANENT_REDIRECT;
        match HeaderValue::try_from(to) {
            Ok(to) => moved.headers.push((header::LOCATION, to)),
            Err(_) => moved.status = StatusCode::NOT_FOUND,
        }
        moved
    }
}

/// How a form of the page is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Identity,
    Gzip,
    Brotli,
}

/// The page in one encoding.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub headers: HeaderMap,
    /// Headers as they are sent, the empty line, and the body, in one piece: all of a reply but its status
    /// line and date.
    pub wire: Bytes,
    /// The body: the end of `wire`.
    pub body: Bytes,
}

/// A page ready to be sent.
#[derive(Debug)]
pub struct Page {
    pub(super) status: StatusCode,
    pub(super) identity: Form,
    pub(super) gzip: Option<Form>,
    pub(super) brotli: Option<Form>,
    /// A 304.
    pub(super) unchanged: Form,
    /// `"{hash}-`: what the ETags of all its forms begin with.
    pub(super) tag: String,
    pub(super) touches: Vec<Touch>,
    /// `i64::MAX` where it never goes stale by itself.
    pub(super) stale_at: i64,
    /// Which rendering this is: improved forms keep the number, a new rendering has its own.
    pub(super) serial: u64,
    pub(super) made_at: Millis,
    pub(super) improved: bool,
    /// Set by a hit, cleared when the clock hand passes: a page asked for since is not thrown out.
    pub(super) asked: AtomicBool,
}

/// Gzip level for a page that somebody waits for. By libdeflate, on a page of 15.7 kB, level 1 takes 32 µs
/// for 4.9 kB and level 6 takes 58 µs for 4.8: the difference is left to [`Page::improve`].
const AT_ONCE: i32 = 1;
/// Smaller than this, compressing only costs.
const WORTH_COMPRESSING: usize = 512;

impl Page {
    pub(super) fn make(rendered: Rendered, base: &HeaderMap, serial: u64, now: Millis) -> Page {
        let mut hasher = DefaultHasher::new();
        hasher.write(&rendered.body);
        hasher.write(rendered.content_type.as_bytes());
        let tag = format!("\"{:016x}-", hasher.finish());

        let mut shared = base.clone();
        shared.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        shared.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        for (name, value) in rendered.headers {
            shared.insert(name, value);
        }
        let mut unchanged = shared.clone();
        unchanged.insert(header::ETAG, etag(&tag, "i"));
        shared.insert(header::CONTENT_TYPE, HeaderValue::from_static(rendered.content_type));

        let gzip = (compresses(rendered.content_type) && rendered.body.len() >= WORTH_COMPRESSING)
            .then(|| gzip(&rendered.body, AT_ONCE))
            .flatten()
            .map(|body| form(&shared, &tag, "g", Some("gzip"), body));
        Page {
            status: rendered.status,
            identity: form(&shared, &tag, "i", None, rendered.body),
            gzip,
            brotli: None,
            unchanged: whole(unchanged, Vec::new()),
            tag,
            touches: rendered.touches,
            stale_at: rendered.stale_at.map_or(i64::MAX, |at| at.0),
            serial,
            made_at: now,
            improved: false,
            asked: AtomicBool::new(false),
        }
    }

    /// The same page with the smallest forms that patience can make; takes milliseconds.
    pub(super) fn improve(&self) -> Page {
        let mut shared = self.identity.headers.clone();
        shared.remove(header::CONTENT_LENGTH);
        let whole = &self.identity.body;
        let smaller = |new: Option<Vec<u8>>, than: usize| new.filter(|body| body.len() < than);
        let (mut gzipped, mut brotli) = (self.gzip.clone(), None);
        if let Some(old) = &self.gzip {
            if let Some(body) = smaller(gzip(whole, 12), old.body.len()) {
                gzipped = Some(form(&shared, &self.tag, "g2", Some("gzip"), body));
            }
            let least = gzipped.as_ref().map_or(whole.len(), |f| f.body.len());
            brotli = smaller(compress_brotli(whole), least)
                .map(|body| form(&shared, &self.tag, "b", Some("br"), body));
        }
        Page {
            status: self.status,
            identity: self.identity.clone(),
            gzip: gzipped,
            brotli,
            unchanged: self.unchanged.clone(),
            tag: self.tag.clone(),
            touches: self.touches.clone(),
            stale_at: self.stale_at,
            serial: self.serial,
            made_at: self.made_at,
            improved: true,
            asked: AtomicBool::new(self.asked.load(Ordering::Relaxed)),
        }
    }

    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The bytes as rendered.
    pub fn body(&self) -> &Bytes {
        &self.identity.body
    }

    /// Memory it takes, roughly.
    pub(super) fn bytes(&self) -> usize {
        let forms = [Some(&self.identity), self.gzip.as_ref(), self.brotli.as_ref()];
        forms.into_iter().flatten().map(|f| f.body.len() + 1500).sum::<usize>()
            + 64 * self.touches.len()
            + 1500
    }
}

fn etag(tag: &str, form: &str) -> HeaderValue {
    HeaderValue::try_from(format!("{tag}{form}\"")).expect("hexadecimal digits and letters")
}

fn form(shared: &HeaderMap, tag: &str, name: &str, encoding: Option<&'static str>, body: Vec<u8>) -> Form {
    let mut headers = shared.clone();
    headers.insert(header::ETAG, etag(tag, name));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    whole(headers, body)
}

fn whole(headers: HeaderMap, body: Vec<u8>) -> Form {
    let mut wire = Vec::with_capacity(body.len() + 1024);
    for (name, value) in &headers {
        for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            wire.extend_from_slice(part);
        }
    }
    wire.extend_from_slice(b"\r\n");
    let head = wire.len();
    wire.extend_from_slice(&body);
    wire.shrink_to_fit();
    let wire = Bytes::from(wire);
    Form { headers, body: wire.slice(head..), wire }
}

fn compresses(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or("").trim();
    essence.starts_with("text/") || ["json", "xml", "javascript"].iter().any(|end| essence.ends_with(end))
}

fn gzip(body: &[u8], level: i32) -> Option<Vec<u8>> {
    let level = libdeflater::CompressionLvl::new(level).ok()?;
    let mut compressor = libdeflater::Compressor::new(level);
    let mut out = vec![0; compressor.gzip_compress_bound(body.len())];
    let written = compressor.gzip_compress(body, &mut out).ok()?;
    out.truncate(written);
    out.shrink_to_fit();
    (written < body.len()).then_some(out)
}

fn compress_brotli(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len() / 3);
    let params = brotli::enc::BrotliEncoderParams { quality: 9, lgwin: 20, ..Default::default() };
    brotli::BrotliCompress(&mut &body[..], &mut out, &params).ok()?;
    Some(out)
}
