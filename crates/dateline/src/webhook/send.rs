//! One POST to a webhook. The name is resolved here, what it leads to is looked at, and the connection goes
//! to that very address: a name that changes its mind in between gains nothing. No redirect is followed.

use super::{is_inside, signature};
use crate::config;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, StatusCode, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use newsroom::{Millis, mail::head_line};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use store::webhook::{Delivery, Key};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};
use url::{Host, Url};

/// Why a delivery was not taken, in words for the log.
#[derive(Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// It never will be.
    ForGood(String),
    /// Perhaps later.
    ForNow(String),
}

use NotTaken::{ForGood, ForNow};

/// A webhook's address, or what is wrong with it. Names are looked at again at each delivery.
pub fn read_url(text: &str, allow_inside: bool) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|e| format!("{text} is no address: {e}"))?;
    match url.scheme() {
        "https" => {}
        "http" if allow_inside => {}
        _ => return Err("a webhook's address begins with https://".into()),
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err("a webhook's address holds neither user nor password nor fragment".into());
    }
    let literal = match url.host() {
        Some(Host::Ipv4(a)) => Some(a.into()),
        Some(Host::Ipv6(a)) => Some(a.into()),
        Some(Host::Domain(_)) => None,
        None => return Err("a webhook's address names a host".into()),
    };
    match literal.filter(|a| is_inside(*a) && !allow_inside) {
        Some(a) => Err(format!("{a} is an address inside; webhooks.allow_inside would allow it")),
        None => Ok(url),
    }
}

pub async fn post(
    options: &config::Webhooks,
    delivery: &Delivery,
    body: &str,
    keys: &[Key],
    now: Millis,
) -> Result<(), NotTaken> {
    let url = read_url(&delivery.url, options.allow_inside).map_err(ForGood)?;
    let request = request(&url, delivery, body, keys, now).map_err(|e| ForGood(e.to_string()))?;
    let longest = Duration::from_secs(options.seconds as u64);
    let status = tokio::time::timeout(longest, speak(&url, request, options.allow_inside));
    let slow = |_| ForNow(format!("no answer within {} seconds", options.seconds));
    match status.await.map_err(slow)?? {
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

async fn speak(url: &Url, request: Request<Full<Bytes>>, allow_inside: bool) -> Result<StatusCode, NotTaken> {
    let addresses = resolve(url, allow_inside).await?;
    let stream = TcpStream::connect(&addresses[..]).await;
    let stream = stream.map_err(|e| ForNow(format!("cannot be reached: {e}")))?;
    if url.scheme() == "http" {
        return exchange(stream, request).await;
    }
    let name = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
    let name = ServerName::try_from(name).map_err(|e| ForGood(e.to_string()))?;
    let stream = tls()?.connect(name, stream).await;
    exchange(stream.map_err(|e| ForNow(format!("no TLS: {}", head_line(&e.to_string(), 200))))?, request)
        .await
}

/// Where the name leads now; nothing where that is inside.
async fn resolve(url: &Url, allow_inside: bool) -> Result<Vec<SocketAddr>, NotTaken> {
    let port = url.port_or_known_default().unwrap_or(443);
    let found: Vec<SocketAddr> = match url.host() {
        Some(Host::Ipv4(a)) => vec![(a, port).into()],
        Some(Host::Ipv6(a)) => vec![(a, port).into()],
        Some(Host::Domain(name)) => {
            let found = tokio::net::lookup_host((name, port)).await;
            found.map_err(|e| ForNow(format!("the name leads nowhere: {e}")))?.collect()
        }
        None => Vec::new(),
    };
    if !allow_inside && found.iter().any(|a| is_inside(a.ip())) {
        // Names may be mended, and an attack by name ends by itself.
        return Err(ForNow("the name leads to an address inside".into()));
    }
    Ok(found)
}

async fn exchange<S>(stream: S, request: Request<Full<Bytes>>) -> Result<StatusCode, NotTaken>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let broken = |e: hyper::Error| ForNow(format!("the connection broke: {e}"));
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    // Both at once; what else is answered is not read.
    tokio::select! {
        biased;
        reply = sender.send_request(request) => Ok(reply.map_err(broken)?.status()),
        ended = connection => Err(ended.err().map_or(ForNow("closed without an answer".into()), broken)),
    }
}

fn tls() -> Result<TlsConnector, NotTaken> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|e| ForGood(e.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
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

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_spoken_to() {
        let url = Url::parse("https://localhost:1/").unwrap();
        let refused = resolve(&url, false).await;
        assert_eq!(refused, Err(ForNow("the name leads to an address inside".into())));
        assert!(resolve(&url, true).await.is_ok());
    }
}
