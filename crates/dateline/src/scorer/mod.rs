//! An outside scorer of comments, where the paper has named one. It is asked after the comment is in, by a job:
//! nobody who posts waits for it, and where it does not answer the comment stands as the own screen saw it.

mod form;

use crate::{
    config,
    outside::{
        self,
        NotTaken::{self, ForGood, ForNow},
        Trust,
    },
};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, StatusCode, header};
use newsroom::discussion::Risk;
use std::time::Duration;
use url::{Position, Url};

/// Of an answer, in bytes.
const MOST: usize = 64 << 10;

/// A scorer's address, or what is wrong with it.
pub fn read_url(options: &config::Scorer) -> Result<Option<Url>, String> {
    if options.url.is_empty() {
        return Ok(None);
    }
    outside::read_url(&options.url, "a scorer's", "scorer.allow_inside", options.allow_inside).map(Some)
}

/// What it says of a text in that language.
pub async fn ask(
    options: &config::Scorer,
    trust: &Trust,
    text: &str,
    language: &str,
) -> Result<Vec<Risk>, NotTaken> {
    let url = read_url(options).map_err(ForGood)?.ok_or_else(|| ForGood("there is none".into()))?;
    let request = request(&url, options, text, language).map_err(|e| ForGood(e.to_string()))?;
    let longest = Duration::from_millis(options.milliseconds as u64);
    let reply =
        tokio::time::timeout(longest, outside::speak(trust, &url, request, options.allow_inside, MOST));
    let slow = |_| ForNow(format!("no answer within {} milliseconds", options.milliseconds));
    match reply.await.map_err(slow)?? {
        (status, body) if status.is_success() => form::read(&body, &options.attributes).map_err(ForNow),
        // This text, or a language that it does not know: asking again changes nothing.
        (StatusCode::BAD_REQUEST, _) => Err(ForGood("answered 400: it does not score this one".into())),
        (status, _) => Err(ForNow(format!("answered {}", status.as_u16()))),
    }
}

fn request(
    url: &Url,
    options: &config::Scorer,
    text: &str,
    language: &str,
) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
    let mut with_key = url.clone();
    if !options.key.is_empty() {
        with_key.query_pairs_mut().append_pair("key", &options.key);
    }
    let body = form::request(text, language, &options.attributes);
    Request::post(&with_key[Position::BeforePath..Position::AfterQuery])
        .header(header::HOST, &url[Position::BeforeHost..Position::AfterPort])
        .header(header::USER_AGENT, concat!("Dateline/", env!("CARGO_PKG_VERSION")))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::from(body)))
}
