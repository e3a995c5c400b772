//! Speaking with servers that are not the paper's. The name is resolved here, what it leads to is looked at, and
//! the connection goes to that very address: a name that changes its mind in between gains nothing. No redirect
//! is followed.

mod inside;
mod trust;

pub use inside::is_inside;
pub use trust::Trust;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, StatusCode, client::conn::http1};
use hyper_util::rt::TokioIo;
use newsroom::mail::head_line;
use std::net::SocketAddr;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::rustls::pki_types::ServerName;
use url::{Host, Url};

/// Why something was not taken, in words for the log.
#[derive(Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// It never will be.
    ForGood(String),
    /// Perhaps later.
    ForNow(String),
}

use NotTaken::{ForGood, ForNow};

/// The address of `whose` server, or what is wrong with it; `allow` is the option that lets it lead inside.
/// Names are looked at again each time.
pub fn read_url(text: &str, whose: &str, allow: &str, allow_inside: bool) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|e| format!("{text} is no address: {e}"))?;
    match url.scheme() {
        "https" => {}
        "http" if allow_inside => {}
        _ => return Err(format!("{whose} address begins with https://")),
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(format!("{whose} address holds neither user nor password nor fragment"));
    }
    let literal = match url.host() {
        Some(Host::Ipv4(a)) => Some(a.into()),
        Some(Host::Ipv6(a)) => Some(a.into()),
        Some(Host::Domain(_)) => None,
        None => return Err(format!("{whose} address names a host")),
    };
    // Whatever it resolves to, it is meant for this machine.
    let local = url.host_str().is_some_and(|host| host == "localhost" || host.ends_with(".localhost"));
    if local && !allow_inside {
        return Err(format!("localhost is an address inside; {allow} would allow it"));
    }
    match literal.filter(|a| is_inside(*a) && !allow_inside) {
        Some(a) => Err(format!("{a} is an address inside; {allow} would allow it")),
        None => Ok(url),
    }
}

/// What is answered, of its body at most `most` bytes; with 0 the body is not read.
pub async fn speak(
    trust: &Trust,
    url: &Url,
    request: Request<Full<Bytes>>,
    allow_inside: bool,
    most: usize,
) -> Result<(StatusCode, Bytes), NotTaken> {
    let addresses = resolve(url, allow_inside).await?;
    let stream = TcpStream::connect(&addresses[..]).await;
    let stream = stream.map_err(|e| ForNow(format!("cannot be reached: {e}")))?;
    if url.scheme() == "http" {
        return exchange(stream, request, most).await;
    }
    let name = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
    let name = ServerName::try_from(name).map_err(|e| ForGood(e.to_string()))?;
    let stream = trust.tls().connect(name, stream).await;
    let stream = stream.map_err(|e| ForNow(format!("no TLS: {}", head_line(&e.to_string(), 200))))?;
    exchange(stream, request, most).await
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

async fn exchange<S>(
    stream: S,
    request: Request<Full<Bytes>>,
    most: usize,
) -> Result<(StatusCode, Bytes), NotTaken>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let broken = |e: hyper::Error| ForNow(format!("the connection broke: {e}"));
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    let mut connection = std::pin::pin!(connection);
    let reply = async {
        let (head, body) = sender.send_request(request).await.map_err(broken)?.into_parts();
        if most == 0 {
            return Ok((head.status, Bytes::new()));
        }
        let body = Limited::new(body, most).collect().await;
        let body = body.map_err(|e| ForNow(format!("what it answers cannot be read: {e}")))?;
        Ok((head.status, body.to_bytes()))
    };
    let mut reply = std::pin::pin!(reply);
    tokio::select! {
        biased;
        reply = &mut reply => reply,
        ended = &mut connection => match ended {
            Err(e) => Err(broken(e)),
            // Closed in order; what was answered before may still be on its way to us.
            Ok(()) => reply.await,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_spoken_to() {
        let url = Url::parse("https://localhost:1/").unwrap();
        let refused = resolve(&url, false).await;
        assert_eq!(refused, Err(ForNow("the name leads to an address inside".into())));
        assert!(resolve(&url, true).await.is_ok());
    }
}
