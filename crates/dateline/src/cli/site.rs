//! `dateline site`: other sites whose pages are discussed here, each with its key and its origins.

use super::{
    args::{Data, SiteAct, SiteSettings},
    beside::{WHO, failed, say, with_store},
    site_key,
};
use crate::{clock, failure::Failure, staff::fit_name};
use newsroom::{discussion::Mode, site::SiteOrigin};
use store::{Error, site::Site};

/// Origins of one site.
const MOST: usize = 50;

pub(super) fn run(act: SiteAct) -> Result<(), Failure> {
    match act {
        SiteAct::Add(settings) => add(settings),
        SiteAct::Set(settings) => set(settings),
        SiteAct::List(data) => list(&data),
        SiteAct::Key(act) => site_key::run(act),
        SiteAct::Remove { data, name } => remove(&data, &name),
    }
}

fn add(settings: SiteSettings) -> Result<(), Failure> {
    let name = fit_name(&settings.name).map_err(Failure)?;
    let origins = origins(&settings.origin)?;
    if origins.is_empty() {
        return Err(Failure("name where the site's pages are: --origin https://blog.example".into()));
    }
    let site = Site {
        key: key()?,
        name: name.clone(),
        mode: mode(settings.mode.as_deref())?.unwrap_or_default(),
        origins,
        created_at: clock::now(),
    };
    with_store(&settings.data, true, async |store| {
        store.add_site(&site, WHO).await.map_err(|e| match e {
            Error::Taken(_) => Failure(format!(
                "there is a site named {name}: `dateline site set {name}` changes it, `dateline site list` shows all"
            )),
            e => failed(e),
        })
    })?;
    // Alone on standard output, so that a script can take it.
    say(&site.key)
}

fn set(settings: SiteSettings) -> Result<(), Failure> {
    let name = fit_name(&settings.name).map_err(Failure)?;
    let origins = origins(&settings.origin)?;
    let mode = mode(settings.mode.as_deref())?;
    if origins.is_empty() && mode.is_none() {
        return Err(Failure("say what to set: --origin or --mode".into()));
    }
    with_store(&settings.data, false, async |store| {
        let sites = store.list_sites().await.map_err(failed)?;
        let mut site = sites.into_iter().find(|site| site.name == name).ok_or_else(|| unknown(&name))?;
        site.mode = mode.unwrap_or(site.mode);
        if !origins.is_empty() {
            site.origins = origins;
        }
        store.change_site(&site, WHO, clock::now()).await.map_err(failed)
    })?;
    say(&format!("the site {name} is set"))
}

fn list(data: &Data) -> Result<(), Failure> {
    let sites = with_store(data, false, async |store| store.list_sites().await.map_err(failed))?;
    for site in sites {
        let origins: Vec<&str> = site.origins.iter().map(SiteOrigin::as_str).collect();
        say(&format!("{}\t{}\t{}\t{}", site.name, site.key, site.mode.as_str(), origins.join(" ")))?;
    }
    Ok(())
}

fn remove(data: &Data, name: &str) -> Result<(), Failure> {
    with_store(data, false, async |store| {
        store.remove_site(name, WHO, clock::now()).await.map_err(|e| match e {
            Error::Gone(_) => unknown(name),
            e => failed(e),
        })
    })?;
    say(&format!("the site {name} is removed; its discussions are closed, and can be read on the paper"))
}

fn unknown(name: &str) -> Failure {
    Failure(format!("no site is named {name}: `dateline site list` shows all"))
}

fn origins(named: &[String]) -> Result<Vec<SiteOrigin>, Failure> {
    if named.len() > MOST {
        return Err(Failure(format!("a site has at most {MOST} origins")));
    }
    let read = |text: &String| {
        SiteOrigin::parse(text).ok_or_else(|| {
            Failure(format!(
                "{text} is no origin: name scheme, host and port alone, https://blog.example or http://localhost:4000"
            ))
        })
    };
    named.iter().map(read).collect()
}

fn mode(word: Option<&str>) -> Result<Option<Mode>, Failure> {
    let read = |word| {
        Mode::parse(word)
            .ok_or_else(|| Failure(format!("{word} is no mode: open, held-first, slow or closed")))
    };
    word.map(read).transpose()
}

/// 64 bits of chance in hexadecimal: it names the site in addresses and is no secret.
fn key() -> Result<String, Failure> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|e| Failure(format!("the system gives no random numbers: {e}")))?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}
