//! The requests of the OpenID Connect library, sent the paper's own way: no address inside unless allowed, an end
//! in time, and no answer without bounds.

use crate::outside::{self, NotTaken, Trust};
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Response, header};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use std::{pin::Pin, time::Duration};
use url::{Position, Url};

/// Of an answer, in bytes.
const MOST: usize = 256 << 10;

#[derive(Clone, Debug)]
pub struct Talks {
    pub trust: Trust,
    pub allow_inside: bool,
    pub longest: Duration,
}

/// Why there is no answer, in words for the log.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NoAnswer(String);

/// A provider's address, or what is wrong with it.
pub fn read_url(text: &str, allow_inside: bool) -> Result<Url, String> {
    outside::read_url(text, "a provider's", "identity.allow_inside", allow_inside)
}

impl Talks {
    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let (head, body) = request.into_parts();
        let url = read_url(&head.uri.to_string(), self.allow_inside).map_err(NoAnswer)?;
        let mut asked = Request::builder()
            .method(head.method)
            .uri(&url[Position::BeforePath..Position::AfterQuery])
            .header(header::HOST, &url[Position::BeforeHost..Position::AfterPort])
            .header(header::USER_AGENT, concat!("Dateline/", env!("CARGO_PKG_VERSION")));
        for (name, value) in &head.headers {
            asked = asked.header(name, value);
        }
        let asked = asked.body(Full::new(Bytes::from(body))).map_err(|e| NoAnswer(e.to_string()))?;
        let reply = tokio::time::timeout(
            self.longest,
            outside::speak(&self.trust, &url, asked, self.allow_inside, MOST),
        )
        .await;
        let slow = |_| NoAnswer(format!("no answer within {} seconds", self.longest.as_secs()));
        let (status, body) =
            reply.map_err(slow)?.map_err(|(NotTaken::ForGood(why) | NotTaken::ForNow(why))| NoAnswer(why))?;
        let mut answered = Response::new(body.to_vec());
        *answered.status_mut() = status;
        Ok(answered)
    }
}

impl<'c> AsyncHttpClient<'c> for Talks {
    type Error = NoAnswer;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}
