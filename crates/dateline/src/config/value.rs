//! Reads one option's value from its text, and says in words what would be right.

use ipnet::IpNet;
use newsroom::{
    Zone,
    discussion::{Label, Mode, suspicion::Asked},
    paper::NetworkDisplay,
    passkey::Passkeys,
};
use std::net::SocketAddr;

type Read<T> = Result<T, String>;

pub fn address(text: &str) -> Read<SocketAddr> {
    text.parse().map_err(|_| "must be an address and a port, such as 127.0.0.1:8080".into())
}

pub fn maybe_address(text: &str) -> Read<Option<SocketAddr>> {
    if text.is_empty() { Ok(None) } else { address(text).map(Some) }
}

pub fn whole(text: &str, least: u64, most: u64) -> Read<usize> {
    text.replace('_', "")
        .parse::<u64>()
        .ok()
        .filter(|n| (least..=most).contains(n))
        .and_then(|n| usize::try_from(n).ok())
        .ok_or_else(|| format!("must be a whole number from {least} to {most}"))
}

pub fn text(text: &str, least: usize, most: usize) -> Read<String> {
    let text = text.trim();
    let length = text.chars().count();
    if (least..=most).contains(&length) && !text.chars().any(char::is_control) {
        Ok(text.to_owned())
    } else {
        Err(format!("must be one line of {least} to {most} characters"))
    }
}

pub fn list(line: &str, most: usize, longest: usize) -> Read<Vec<String>> {
    let parts: Vec<&str> = line.split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
    if parts.len() > most {
        return Err(format!("must name at most {most}"));
    }
    parts.into_iter().map(|part| text(part, 1, longest)).collect()
}

/// `sport = closed, opinion = held-first`
pub fn modes(line: &str) -> Read<Vec<(String, Mode)>> {
    let one = |part: &str| {
        let (section, word) = part.split_once('=')?;
        Some((section.trim().to_owned(), Mode::parse(word.trim())?))
    };
    let parts = line.split(',').map(str::trim).filter(|p| !p.is_empty());
    parts.map(|part| one(part).ok_or_else(|| format!("names no section and mode in `{part}`"))).collect()
}

pub fn language(tag: &str) -> Read<String> {
    let legal = (2..=35).contains(&tag.len())
        && tag.split('-').all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    legal.then(|| tag.to_owned()).ok_or_else(|| "must be a language tag, such as en or zh-Hans".into())
}

pub fn zone(name: &str) -> Read<String> {
    Zone::named(name)
        .map(|_| name.to_owned())
        .ok_or_else(|| "must be the IANA name of a time zone, such as Europe/Berlin".into())
}

pub fn site(text: &str) -> Read<Option<String>> {
    if text.is_empty() {
        return Ok(None);
    }
    let text = text.trim_end_matches('/');
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host)
            if !host.is_empty()
                && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:[]".contains(&b)) =>
        {
            Ok(Some(text.to_ascii_lowercase()))
        }
        _ => Err("must be a scheme and a host, such as https://courier.example".into()),
    }
}

pub fn database(text: &str) -> Read<Option<String>> {
    match text {
        "" => Ok(None),
        url if url.starts_with("postgres://") || url.starts_with("postgresql://") => Ok(Some(url.to_owned())),
        _ => Err("must begin with postgres:// or be left out for SQLite".into()),
    }
}

pub fn networks(text: &str) -> Read<NetworkDisplay> {
    match text {
        "mask" => Ok(NetworkDisplay::Mask),
        "nothing" => Ok(NetworkDisplay::Nothing),
        _ => Err("must be mask or nothing".into()),
    }
}

pub fn mode(text: &str) -> Read<Mode> {
    Mode::parse(text).ok_or_else(|| "must be at-once, open, new-held, slow, held-first or closed".into())
}

pub fn asked(text: &str) -> Read<Asked> {
    Asked::parse(text).ok_or_else(|| "must be never, suspicion or always".into())
}

pub fn share(text: &str) -> Read<f32> {
    text.parse::<f32>()
        .ok()
        .filter(|n| (0.0..=1.0).contains(n))
        .ok_or_else(|| "must be a number from 0 to 1".into())
}

pub fn passkeys(text: &str) -> Read<Passkeys> {
    Passkeys::parse(text).ok_or_else(|| "must be offered or required".into())
}

pub fn switch(text: &str) -> Read<bool> {
    match text {
        "on" | "true" => Ok(true),
        "off" | "false" => Ok(false),
        _ => Err("must be on or off".into()),
    }
}

pub fn cidrs(line: &str) -> Read<Vec<IpNet>> {
    line.split(',')
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .map(|part| {
            part.parse::<IpNet>()
                .or_else(|_| part.parse::<std::net::IpAddr>().map(IpNet::from))
                .map_err(|_| "must be networks such as 10.0.0.0/8, commas between them".to_owned())
        })
        .collect()
}

pub fn log_json(text: &str) -> Read<bool> {
    match text {
        "json" => Ok(true),
        "text" => Ok(false),
        _ => Err("must be text or json".into()),
    }
}

pub fn level(text: &str) -> Read<tracing::Level> {
    text.parse().map_err(|_| "must be error, warn, info, debug or trace".into())
}

/// Where letters are handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterServer {
    /// TLS from the first byte.
    pub wrapped: bool,
    pub host: String,
    pub port: u16,
    /// Empty where none is needed.
    pub user: String,
}

pub fn letter_server(text: &str) -> Read<Option<LetterServer>> {
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || "must be smtp://user@host:port or smtps://user@host:port".to_owned();
    let url = url::Url::parse(text).map_err(|_| wrong())?;
    let wrapped = match url.scheme() {
        "smtp" => false,
        "smtps" => true,
        _ => return Err(wrong()),
    };
    if url.password().is_some() {
        return Err("must not hold the password: that is letters.password, best given as a variable".into());
    }
    let host = url.host_str().filter(|h| !h.is_empty()).ok_or_else(wrong)?;
    let user = percent_encoding::percent_decode_str(url.username());
    let user = user.decode_utf8().map_err(|_| wrong())?.into_owned();
    let usual = match (wrapped, user.is_empty()) {
        (true, _) => 465,
        (false, false) => 587,
        (false, true) => 25,
    };
    let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    Ok(Some(LetterServer { wrapped, host, port: url.port().unwrap_or(usual), user }))
}

pub fn sender(text: &str) -> Read<String> {
    let mailbox = text.parse::<lettre::message::Mailbox>();
    if text.is_empty() || (mailbox.is_ok() && !text.chars().any(char::is_control)) {
        return Ok(text.to_owned());
    }
    Err("must be a mail address, such as Courier <letters@courier.example>".into())
}

/// `TOXICITY=insult, THREAT=threat`
pub fn attributes(line: &str) -> Read<Vec<(String, Label)>> {
    let wrong = "must be attributes with risks, such as TOXICITY=insult, commas between them";
    let one = |part: String| {
        let (name, label) = part.split_once('=')?;
        let name = name.trim();
        let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        plain.then(|| Some((name.to_owned(), Label::parse(label.trim())?)))?
    };
    list(line, 30, 100)?.into_iter().map(|part| one(part).ok_or_else(|| wrong.to_owned())).collect()
}

/// Names of accounts with the mail address of each.
pub fn moderators(line: &str) -> Read<Vec<(String, String)>> {
    let wrong = "must be names with addresses, such as Ilse <ilse@courier.example>, commas between them";
    let one = |part: String| {
        let (name, rest) = part.split_once('<')?;
        let address = newsroom::mail::address(rest.strip_suffix('>')?)?;
        (!name.trim().is_empty()).then(|| (name.trim().to_owned(), address))
    };
    let parts = list(line, 100, 400)?;
    parts.into_iter().map(|part| one(part).ok_or_else(|| wrong.to_owned())).collect()
}

/// `courier = https://id.courier.example, other = …`
pub fn pairs(line: &str, longest: usize) -> Read<Vec<(String, String)>> {
    let one = |part: String| {
        let (name, value) = part.split_once('=')?;
        let (name, value) = (name.trim(), value.trim());
        let plain = (1..=40).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        (plain && !value.is_empty()).then(|| (name.to_owned(), value.to_owned()))
    };
    let parts = list(line, 20, longest + 50)?;
    let wrong = "must be names of small letters with values, such as courier = …, commas between them";
    let pairs: Option<Vec<(String, String)>> = parts.into_iter().map(one).collect();
    let pairs = pairs.ok_or_else(|| wrong.to_owned())?;
    match pairs.iter().enumerate().find(|(at, (name, _))| pairs[..*at].iter().any(|(n, _)| n == name)) {
        Some((_, (name, _))) => Err(format!("must name {name} once")),
        None => Ok(pairs),
    }
}
