//! `dateline site`: other sites whose pages are discussed here, each with its key and its origins.

use super::{
    args::{Data, SiteAct, SiteSettings},
    beside::{WHO, failed, say, with_store},
    import::counted,
    site_key,
};
use crate::{clock, failure::Failure, staff::fit_name};
use newsroom::{
    Language,
    discussion::Mode,
    site::{Own, SiteOrigin},
};
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
        own: Changes::read(&settings)?.over(Own::default()),
        created_at: clock::now(),
    };
    let back = with_store(&settings.data, true, async |store| {
        store.add_site(&site, WHO).await.map_err(|e| match e {
            Error::Taken(_) => Failure(format!(
                "there is a site named {name}: `dateline site set {name}` changes it, `dateline site list` shows all"
            )),
            e => failed(e),
        })
    })?;
    if let Some(told) = come_back(back) {
        eprintln!("{told}");
    }
    // Alone on standard output, so that a script can take it.
    say(&site.key)
}

fn set(settings: SiteSettings) -> Result<(), Failure> {
    let name = fit_name(&settings.name).map_err(Failure)?;
    let origins = origins(&settings.origin)?;
    let mode = mode(settings.mode.as_deref())?;
    let changes = Changes::read(&settings)?;
    if origins.is_empty() && mode.is_none() && changes == Changes::default() {
        return Err(Failure(
            "say what to set: --origin, --mode, --language, --hold-at, --closes-after-days or --first-held"
                .into(),
        ));
    }
    let back = with_store(&settings.data, false, async |store| {
        let sites = store.list_sites().await.map_err(failed)?;
        let mut site = sites.into_iter().find(|site| site.name == name).ok_or_else(|| unknown(&name))?;
        site.mode = mode.unwrap_or(site.mode);
        site.own = changes.over(site.own);
        if !origins.is_empty() {
            site.origins = origins;
        }
        store.change_site(&site, WHO, clock::now()).await.map_err(failed)
    })?;
    let told = come_back(back).map(|told| format!("; {told}")).unwrap_or_default();
    say(&format!("the site {name} is set{told}"))
}

fn come_back(back: u64) -> Option<String> {
    let discussions = counted(back as usize, "discussion", "discussions");
    (back > 0).then(|| format!("{discussions} of a removed site with these origins now belong to this one"))
}

fn list(data: &Data) -> Result<(), Failure> {
    let sites = with_store(data, false, async |store| store.list_sites().await.map_err(failed))?;
    for site in sites {
        let origins: Vec<&str> = site.origins.iter().map(SiteOrigin::as_str).collect();
        let (mode, origins, own) = (site.mode.as_str(), origins.join(" "), in_list(site.own));
        let line = format!("{}\t{}\t{mode}\t{origins}\t{own}", site.name, site.key);
        say(line.trim_end())?;
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
    say(&format!(
        "the site {name} is removed; its discussions are closed, can be read on the paper, and are there again as soon as \
         a site with its origin is added"
    ))
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
        Mode::parse(word).ok_or_else(|| {
            Failure(format!("{word} is no mode: at-once, open, new-held, slow, held-first or closed"))
        })
    };
    word.map(read).transpose()
}

/// What a command sets of a site's own: `None` leaves it, `Some(None)` gives it back to the paper.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Changes {
    language: Option<Option<Language>>,
    hold_at: Option<Option<u16>>,
    closes_after_days: Option<Option<u32>>,
    first_held: Option<Option<u32>>,
}

/// Gives a setting back to the paper.
const PAPER: &str = "paper";

impl Changes {
    fn read(settings: &SiteSettings) -> Result<Changes, Failure> {
        let whole = |most: u32| move |text: &str| text.parse().ok().filter(|n: &u32| *n <= most);
        Ok(Changes {
            language: one("--language", &settings.language, Language::of, "one of en, de, ru, es and zh")?,
            hold_at: one("--hold-at", &settings.hold_at, thousandths, "a number from 0 to 1")?,
            closes_after_days: one(
                "--closes-after-days",
                &settings.closes_after_days,
                whole(36_500),
                "a whole number from 0 to 36500",
            )?,
            first_held: one(
                "--first-held",
                &settings.first_held,
                whole(100),
                "a whole number from 0 to 100",
            )?,
        })
    }

    fn over(self, own: Own) -> Own {
        let mut own = own;
        own.language = self.language.unwrap_or(own.language);
        own.policy.hold_at = self.hold_at.unwrap_or(own.policy.hold_at);
        own.policy.closes_after_days = self.closes_after_days.unwrap_or(own.policy.closes_after_days);
        own.policy.first_held = self.first_held.unwrap_or(own.policy.first_held);
        own
    }
}

fn one<T>(
    flag: &str,
    given: &Option<String>,
    read: impl Fn(&str) -> Option<T>,
    what: &str,
) -> Result<Option<Option<T>>, Failure> {
    match given.as_deref() {
        None => Ok(None),
        Some(PAPER) => Ok(Some(None)),
        Some(text) => match read(text) {
            Some(value) => Ok(Some(Some(value))),
            None => {
                Err(Failure(format!("{flag} {text}: must be {what}, or `paper` to leave it to the paper")))
            }
        },
    }
}

fn thousandths(text: &str) -> Option<u16> {
    let share = text.parse::<f32>().ok().filter(|n| (0.0..=1.0).contains(n))?;
    Some((share * 1000.0).round() as u16)
}

/// Only what it has set for itself.
fn in_list(own: Own) -> String {
    let words = [
        own.language.map(|language| format!("language={}", language.tag())),
        own.policy.hold_at.map(|at| format!("hold-at={}", f32::from(at) / 1000.0)),
        own.policy.closes_after_days.map(|days| format!("closes-after-days={days}")),
        own.policy.first_held.map(|n| format!("first-held={n}")),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// 64 bits of chance in hexadecimal: it names the site in addresses and is no secret.
fn key() -> Result<String, Failure> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|e| Failure(format!("the system gives no random numbers: {e}")))?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}
