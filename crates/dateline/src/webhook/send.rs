//! One POST to a webhook.

use super::signature;
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
use newsroom::Millis;
use std::time::Duration;
use store::webhook::{Delivery, Key};
use url::Url;

/// A webhook's address, or what is wrong with it.
pub fn read_url(text: &str, allow_inside: bool) -> Result<Url, String> {
    outside::read_url(text, "a webhook's", "webhooks.allow_inside", allow_inside)
}

pub async fn post(
    options: &config::Webhooks,
    trust: &Trust,
    delivery: &Delivery,
    body: &str,
    keys: &[Key],
    now: Millis,
) -> Result<(), NotTaken> {
    let url = read_url(&delivery.url, options.allow_inside).map_err(ForGood)?;
    let request = request(&url, delivery, body, keys, now).map_err(|e| ForGood(e.to_string()))?;
    let longest = Duration::from_secs(options.seconds as u64);
    let status = tokio::time::timeout(longest, outside::speak(trust, &url, request, options.allow_inside, 0));
    let slow = |_| ForNow(format!("no answer within {} seconds", options.seconds));
    match status.await.map_err(slow)??.0 {
        status if status.is_success() => Ok(()),
        StatusCode::GONE => Err(ForGood("answered 410: it wants no more".into())),
        status => Err(ForNow(format!("answered {}", status.as_u16()))),
    }
}

fn request(
    url: &Url,
    delivery: &Delivery,
    body: &str,
    keys: &[Key],
    now: Millis,
) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
    let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
    Request::post(path)
        .header(header::HOST, host)
        .header(header::USER_AGENT, concat!("Dateline/", env!("CARGO_PKG_VERSION")))
        .header(header::CONTENT_TYPE, "application/json")
        .header("dateline-event", delivery.event.as_str())
        .header("dateline-delivery", &delivery.key)
        .header("dateline-signature", signature(keys, now, body))
        .body(Full::new(Bytes::copy_from_slice(body.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_and_odd_ones_are_refused() {
        for wrong in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest/meta-data",
            "http://hooks.example/",
            "ftp://hooks.example/",
            "https://user:pass@hooks.example/",
            "https://hooks.example/#x",
            "hooks",
        ] {
            assert!(read_url(wrong, false).is_err(), "{wrong}");
        }
        assert!(read_url("https://hooks.example/in?a=1", false).is_ok());
        assert!(read_url("http://127.0.0.1:9000/in", true).is_ok());
    }
}
