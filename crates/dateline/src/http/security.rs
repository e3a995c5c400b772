//! The headers that keep a browser from doing more with a page than showing it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use sha2::{Digest, Sha256};

/// For ready pages, which readers get by the thousand: what guards a page that runs no foreign code and
/// knows nobody. Each line costs as much as a sentence of the story.
pub fn for_readers(all: &HeaderMap) -> HeaderMap {
    let mut few = all.clone();
    for name in ["permissions-policy", "cross-origin-opener-policy", "cross-origin-resource-policy"] {
        few.remove(name);
    }
    few
}

/// For every reply. `styles` are the texts of the inline style blocks, `https` whether the paper's own
/// address is.
pub fn headers(styles: &[String], https: bool) -> HeaderMap {
    let mut style = String::from("'self'");
    for text in styles {
        style.push_str(&format!(" 'sha256-{}'", base64(&Sha256::digest(text.as_bytes()))));
    }
    let policy = format!(
        "default-src 'none'; img-src 'self' data:; style-src {style}; script-src 'self'; connect-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    );
    let mut headers = HeaderMap::new();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::try_from(policy).expect("ASCII without line ends"),
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        (
            "permissions-policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
        ),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    headers
}

/// RFC 4648 with padding, as content policies want it.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let n = chunk.iter().fold(0u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            if place <= chunk.len() {
                out.push(LETTERS[(n >> (18 - 6 * place) & 63) as usize] as char);
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_the_rfc() {
        for (plain, coded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn nothing_unsafe_is_allowed() {
        let headers = headers(&["body{}".into()], true);
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("style-src 'self' 'sha256-"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        assert!(headers.contains_key("strict-transport-security"));
        assert!(!super::headers(&[], false).contains_key("strict-transport-security"));
    }
}
