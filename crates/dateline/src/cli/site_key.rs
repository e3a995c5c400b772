//! `dateline site key`: keys by which another site vouches for its readers.

use super::{
    args::{Data, SiteKeyAct},
    beside::{WHO, failed, say, with_store},
    import::read_bounded,
};
use crate::{clock, failure::Failure, http::alg_of_pem};
use newsroom::clock::HOUR;
use std::path::Path;
use store::{Error, site_key::SiteKey};

/// A key that long is none.
const LONGEST: usize = 64 << 10;

pub(super) fn run(act: SiteKeyAct) -> Result<(), Failure> {
    match act {
        SiteKeyAct::Add { data, name, kid, public } => add(&data, &name, &kid, public.as_deref()),
        SiteKeyAct::List { data, name } => list(&data, &name),
        SiteKeyAct::End { data, name, kid, hours } => end(&data, &name, &kid, hours),
    }
}

fn add(data: &Data, name: &str, kid: &str, public: Option<&Path>) -> Result<(), Failure> {
    if kid.is_empty() || kid.len() > 60 || !kid.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Failure("a key's name has up to 60 letters, digits and signs, without spaces".into()));
    }
    let (alg, value) = match public {
        None => ("HS256", secret()?.into_bytes()),
        Some(file) => {
            let pem =
                read_bounded(file, LONGEST).map_err(|why| Failure(format!("{}: {why}", file.display())))?;
            let alg = alg_of_pem(&pem).ok_or_else(|| {
                Failure(format!("{}: is no public key (PEM) for RS256, ES256 or EdDSA", file.display()))
            })?;
            (alg, pem)
        }
    };
    let shown = match public {
        None => String::from_utf8_lossy(&value).into_owned(),
        Some(_) => format!("tokens signed with {alg} by {kid} vouch for readers of {name} now"),
    };
    let key = SiteKey { kid: kid.into(), alg: alg.into(), value, created_at: clock::now(), until: None };
    with_store(data, false, async |store| {
        store.add_site_key(name, &key, WHO).await.map_err(|e| said(name, kid, e))
    })?;
    say(&shown)
}

/// As text, so that it is the same in every language's library.
fn secret() -> Result<String, Failure> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|e| Failure(format!("the system gives no random numbers: {e}")))?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

fn list(data: &Data, name: &str) -> Result<(), Failure> {
    for key in with_store(data, false, async |store| store.site_keys(name).await.map_err(failed))? {
        let until = key.until.map_or_else(|| "no end".to_owned(), |at| at.rfc3339());
        say(&format!("{}\t{}\t{}\t{until}", key.kid, key.alg, key.created_at.rfc3339()))?;
    }
    Ok(())
}

fn end(data: &Data, name: &str, kid: &str, hours: u32) -> Result<(), Failure> {
    let now = clock::now();
    let until = now.plus(i64::from(hours) * HOUR);
    with_store(data, false, async |store| {
        store.end_site_key(name, kid, until, WHO, now).await.map_err(|e| said(name, kid, e))
    })?;
    say(&format!("the key {kid} of {name} is good until {}", until.rfc3339()))
}

fn said(name: &str, kid: &str, e: Error) -> Failure {
    match e {
        Error::Gone("site") => {
            Failure(format!("there is no site {name}: `dateline site list` names those there are"))
        }
        Error::Gone(_) => {
            Failure(format!("{name} has no key {kid}: `dateline site key list {name}` names those it has"))
        }
        Error::Taken(_) => Failure(format!("{name} has a key {kid} already: give the new one another name")),
        e => failed(e),
    }
}
