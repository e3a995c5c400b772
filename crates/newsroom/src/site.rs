//! Other sites whose pages are discussed here: where they are, and which page is meant.

use crate::{
    Language,
    discussion::{
        OwnPolicy,
        name::{clean_line, is_deceptive},
    },
};
use std::fmt;

/// What a site sets for itself. What it does not set is as the paper has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Own {
    /// In which its writers are spoken to where their page says no language, or one that there are no words in.
    pub language: Option<Language>,
    pub policy: OwnPolicy,
}

/// Longest address of a page, in bytes.
pub const LONGEST_LINK: usize = 1_000;
/// Longest word or number by which a site names its page, in characters.
pub const LONGEST_ID: usize = 200;
/// Longest title, in characters.
pub const LONGEST_TITLE: usize = 300;

/// Scheme, host and port as browsers send them: `https://blog.example`, `http://localhost:4000`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SiteOrigin(String);

impl SiteOrigin {
    /// Small letters, without the port that the scheme has anyway. A slash at the end is let pass; a path is
    /// not. A host of other letters stands in its ASCII form, `xn--…`.
    pub fn parse(text: &str) -> Option<SiteOrigin> {
        let text = text.trim();
        let (origin, rest) = split(text.strip_suffix('/').unwrap_or(text))?;
        rest.is_empty().then_some(origin)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SiteOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The origin of an address, and what follows it.
fn split(address: &str) -> Option<(SiteOrigin, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let usual = match scheme.as_str() {
        "https" => "443",
        "http" => "80",
        _ => return None,
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let authority = authority.to_ascii_lowercase();
    // The colons inside [2001:db8::1] are not the port's.
    let ports_colon = authority.rfind(':').filter(|at| authority.rfind(']').is_none_or(|end| end < *at));
    let (host, port) = match ports_colon {
        Some(at) => (&authority[..at], Some(&authority[at + 1..])),
        None => (authority.as_str(), None),
    };
    let letters = |host: &str| host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
    let legal = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(v6) => v6.parse::<std::net::Ipv6Addr>().is_ok(),
        None => (1..=253).contains(&host.len()) && letters(host) && !host.starts_with('.'),
    };
    if !legal {
        return None;
    }
    match port {
        None => Some((SiteOrigin(format!("{scheme}://{host}")), rest)),
        Some(port) if port == usual => Some((SiteOrigin(format!("{scheme}://{host}")), rest)),
        Some(port) => {
            let port = port.parse::<u16>().ok().filter(|_| port.bytes().all(|b| b.is_ascii_digit()))?;
            Some((SiteOrigin(format!("{scheme}://{host}:{port}")), rest))
        }
    }
}

/// A page of another site, as its discussion is found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsidePage {
    /// `id:…` or `url:…`
    pub key: String,
    /// Where it is read.
    pub link: String,
}

/// What a site's page says of itself that cannot be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageFault {
    NoLink,
    LongLink,
    /// Its address is not under one of the site's origins.
    ForeignLink,
    BadId,
    LongId,
    LongTitle,
}

impl PageFault {
    /// Stable, for machines.
    pub fn code(self) -> &'static str {
        match self {
            PageFault::NoLink => "page-address-missing",
            PageFault::LongLink => "page-address-too-long",
            PageFault::ForeignLink => "page-of-another-site",
            PageFault::BadId => "page-id-unreadable",
            PageFault::LongId => "page-id-too-long",
            PageFault::LongTitle => "page-title-too-long",
        }
    }

    pub fn field(self) -> &'static str {
        match self {
            PageFault::NoLink | PageFault::LongLink | PageFault::ForeignLink => "url",
            PageFault::BadId | PageFault::LongId => "id",
            PageFault::LongTitle => "title",
        }
    }

    pub fn words(self) -> String {
        match self {
            PageFault::NoLink => "url is the page's whole address, https://blog.example/a-post.".into(),
            PageFault::LongLink => format!("The page's address has more than {LONGEST_LINK} bytes."),
            PageFault::ForeignLink => "The page's address is not under an origin of this site.".into(),
            PageFault::BadId => "The page's id holds characters that cannot be seen.".into(),
            PageFault::LongId => format!("The page's id has more than {LONGEST_ID} characters."),
            PageFault::LongTitle => format!("The page's title has more than {LONGEST_TITLE} characters."),
        }
    }
}

/// Parameters by which visitors are followed from letters and advertisements, beside `utm_…`: they name no other page.
const FOLLOWING: [&str; 14] = [
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
];

fn follows(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
    // Some archives have `&` escaped once more than their format asks for.
    let name = name.strip_prefix("amp;").unwrap_or(&name);
    name.starts_with("utm_") || FOLLOWING.contains(&name)
}

/// Without fragment and without parameters by which visitors are followed.
fn unfollowed(address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let Some((path, query)) = address.split_once('?') else { return address.to_owned() };
    let mut left = query.split('&').filter(|parameter| !follows(parameter)).peekable();
    match left.peek() {
        None => path.to_owned(),
        Some(_) => format!("{path}?{}", left.collect::<Vec<_>>().join("&")),
    }
}

/// An address without whatever makes no other page of it: fragment, parameters by which visitors are followed, a slash at
/// its end.
pub fn same_page(address: &str) -> String {
    let mut address = unfollowed(address);
    address.truncate(address.strip_suffix('/').map_or(address.len(), str::len));
    address
}

/// Which page is meant: by the site's own word for it where there is one, else by its address, see [`same_page`].
pub fn page(id: &str, url: &str, origins: &[SiteOrigin]) -> Result<OutsidePage, PageFault> {
    if url.len() > LONGEST_LINK {
        return Err(PageFault::LongLink);
    }
    if !url.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b)) {
        return Err(PageFault::NoLink);
    }
    let (origin, rest) = split(url).ok_or(PageFault::NoLink)?;
    if !origins.contains(&origin) {
        return Err(PageFault::ForeignLink);
    }
    let rest = unfollowed(rest);
    let rest = if rest.starts_with('/') { rest } else { format!("/{rest}") };
    let link = format!("{origin}{rest}");
    let key = match id.trim().is_empty() {
        true => format!("url:{}", same_page(&link)),
        false => id_key(id)?,
    };
    Ok(OutsidePage { key, link })
}

/// The key of a page that its site names by a word of its own.
pub fn id_key(id: &str) -> Result<String, PageFault> {
    let id = id.trim();
    if id.chars().count() > LONGEST_ID {
        return Err(PageFault::LongId);
    }
    if id.is_empty() || id.chars().any(|c| c.is_control() || is_deceptive(c)) {
        return Err(PageFault::BadId);
    }
    Ok(format!("id:{id}"))
}

/// The page's language where what it says of itself is a language tag; else empty.
pub fn language(sent: &str) -> &str {
    let part = |p: &str| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric());
    let legal = (2..=35).contains(&sent.len()) && sent.split('-').all(part);
    if legal { sent } else { "" }
}

/// A page's title as the desk and the hosted thread have it; its address without the scheme where it says
/// none.
pub fn title(sent: &str, page: &OutsidePage) -> Result<String, PageFault> {
    let title = clean_line(sent);
    match title.chars().count() {
        0 => Ok(page.link.split_once("://").map_or(page.link.as_str(), |(_, rest)| rest).to_owned()),
        n if n > LONGEST_TITLE => Err(PageFault::LongTitle),
        _ => Ok(title),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(text: &str) -> Option<String> {
        SiteOrigin::parse(text).map(|o| o.to_string())
    }

    #[test]
    fn origins_as_browsers_send_them() {
        for (text, want) in [
            ("https://Blog.Example", "https://blog.example"),
            ("https://blog.example/", "https://blog.example"),
            ("https://blog.example:443", "https://blog.example"),
            ("http://blog.example:443", "http://blog.example:443"),
            ("http://localhost:4000", "http://localhost:4000"),
            ("http://[2001:DB8::1]:8080", "http://[2001:db8::1]:8080"),
            ("http://[::1]", "http://[::1]"),
        ] {
            assert_eq!(origin(text).as_deref(), Some(want), "{text}");
        }
        for not in [
            "blog.example",
            "https://",
            "https://a/b",
            "https://a//",
            "ftp://a",
            "null",
            "*",
            "https://*.a",
            "https://u@a",
            "https://a:x",
            "https://a:",
            "https://a:+1",
            "https://bücher.example",
            "https://[::1",
            "https://a?b",
        ] {
            assert_eq!(origin(not), None, "{not}");
        }
    }

    #[test]
    fn a_page_by_its_address_or_by_its_sites_word() {
        let ours = [SiteOrigin::parse("https://blog.example").unwrap()];
        let key = |id: &str, url: &str| page(id, url, &ours).map(|p| p.key);
        let by_url = Ok("url:https://blog.example/a".to_owned());
        for url in ["https://blog.example/a", "https://BLOG.example:443/a/", "https://blog.example/a#c"] {
            assert_eq!(key("", url), by_url, "{url}");
        }
        assert_eq!(key("", "https://blog.example"), Ok("url:https://blog.example".into()));
        assert_eq!(key("", "https://blog.example/?p=1"), Ok("url:https://blog.example/?p=1".into()));
        for url in [
            "https://blog.example/a?utm_source=x&utm_medium=mail",
            "https://blog.example/a/?fbclid=IwAR0#c",
            "https://blog.example/a?UTM_Campaign=1&amp;gclid=2",
        ] {
            assert_eq!(key("", url), by_url, "{url}");
        }
        let kept = "https://blog.example/a?p=1&utm_source=x&page=2&ref=utm_source";
        assert_eq!(key("", kept), Ok("url:https://blog.example/a?p=1&page=2&ref=utm_source".into()));
        let link = page("post-7", "https://blog.example/?gclid=1", &ours).map(|p| p.link);
        assert_eq!(link, Ok("https://blog.example/".into()));
        assert_eq!(key(" post-7 ", "https://blog.example/a"), Ok("id:post-7".into()));
        for (id, url, fault) in [
            ("", "", PageFault::NoLink),
            ("", "/a", PageFault::NoLink),
            ("", "javascript:alert(1)", PageFault::NoLink),
            ("", "https://blog.example/a\"b", PageFault::NoLink),
            ("", "https://blog.example/a b", PageFault::NoLink),
            ("", "https://evil.example/a", PageFault::ForeignLink),
            ("", "https://blog.example.evil.example/", PageFault::ForeignLink),
            ("", "http://blog.example/a", PageFault::ForeignLink),
            ("", "https://blog.example@evil.example/", PageFault::NoLink),
            ("a\u{202e}b", "https://blog.example/a", PageFault::BadId),
        ] {
            assert_eq!(key(id, url), Err(fault), "{id} {url}");
        }
        let long = "x".repeat(LONGEST_LINK);
        assert_eq!(key("", &format!("https://blog.example/{long}")), Err(PageFault::LongLink));
        assert_eq!(key(&long, "https://blog.example/a"), Err(PageFault::LongId));
    }

    #[test]
    fn a_title_is_one_clean_line() {
        let page = OutsidePage { key: String::new(), link: "https://blog.example/a".into() };
        assert_eq!(title(" On \n ferries\u{202e} ", &page), Ok("On ferries".into()));
        assert_eq!(title(" ", &page), Ok("blog.example/a".into()));
        assert_eq!(title(&"x".repeat(301), &page), Err(PageFault::LongTitle));
    }
}
