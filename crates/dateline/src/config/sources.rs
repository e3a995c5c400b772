//! Gathers options from the file, the environment and the flags, in that order, the later winning.

use super::table::{Config, KNOWN};
use std::{collections::BTreeMap, path::Path};

/// What is wrong with the configuration: one sentence that names the place and the remedy.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BadConfig(pub String);

/// Values by their place. Tests fill it by hand; [`Sources::read`] takes them from the machine.
#[derive(Default)]
pub struct Sources {
    /// The text of `dateline.toml`, where there is one.
    pub file: Option<String>,
    /// All `DATELINE_*` variables.
    pub variables: BTreeMap<String, String>,
    /// Options given as flags, by key.
    pub flags: Vec<(&'static str, String)>,
}

/// Variables that are no options: the data directory, and whatever the project's own tests need.
const APART: [&str; 2] = ["DATELINE_DATA", "DATELINE_TEST_"];

/// The variable of an option: `paper.name` is `DATELINE_PAPER_NAME`.
pub fn variable(key: &str) -> String {
    format!("DATELINE_{}", key.to_ascii_uppercase().replace('.', "_"))
}

impl Sources {
    /// The file in `data`, if any, and the process's environment.
    pub fn read(data: &Path) -> Result<Sources, BadConfig> {
        let path = data.join("dateline.toml");
        let file = match std::fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
            Err(e) => return Err(BadConfig(format!("{} cannot be read: {e}", path.display()))),
        };
        let mut variables = BTreeMap::new();
        for (name, value) in std::env::vars_os() {
            let Some(name) = name.to_str().filter(|n| n.starts_with("DATELINE_")) else { continue };
            let value = value
                .into_string()
                .map_err(|_| BadConfig(format!("the variable {name} is not UTF-8 text")))?;
            variables.insert(name.to_owned(), value);
        }
        Ok(Sources { file, variables, flags: vec![] })
    }

    /// All of them together over the defaults.
    pub fn settle(&self) -> Result<Config, BadConfig> {
        let mut config = Config::default();
        if let Some(file) = &self.file {
            for (key, value) in flat(file)? {
                set(&mut config, &key, &value, &format!("in dateline.toml, {key}"), |known| {
                    known.to_owned()
                })?;
            }
        }
        for (name, value) in &self.variables {
            if name == APART[0] || name.starts_with(APART[1]) {
                continue;
            }
            let key = KNOWN.iter().map(|k| k.key).find(|k| variable(k) == *name);
            let said = format!("the variable {name}");
            set(&mut config, key.unwrap_or(name), value.trim(), &said, variable)?;
        }
        for (key, value) in &self.flags {
            set(&mut config, key, value.trim(), &format!("--{key}"), |known| known.to_owned())?;
        }
        if !config.discussion.limits && !config.listen.address.ip().is_loopback() {
            return Err(BadConfig(format!(
                "discussion limits are off, for load tests only, and {} is not a loopback address: turn them on, or listen on 127.0.0.1",
                config.listen.address
            )));
        }
        Ok(config)
    }
}

fn set(
    config: &mut Config,
    key: &str,
    value: &str,
    said: &str,
    name: impl Fn(&str) -> String,
) -> Result<(), BadConfig> {
    match KNOWN.iter().find(|known| known.key == key) {
        Some(known) => (known.set)(config, value).map_err(|why| BadConfig(format!("{said} {why}"))),
        None => {
            let near = KNOWN.iter().map(|k| name(k.key)).min_by_key(|k| distance(k, key)).unwrap_or_default();
            Err(BadConfig(format!("{said} is not an option; did you mean {near}?")))
        }
    }
}

/// A file's tables as dotted keys, each value as the text that a variable would hold.
fn flat(file: &str) -> Result<Vec<(String, String)>, BadConfig> {
    let table = toml::from_str::<toml::Table>(file.trim_start_matches('\u{feff}'))
        .map_err(|e| BadConfig(format!("dateline.toml is not TOML: {}", e.to_string().replace('\n', " "))))?;
    let mut out = Vec::new();
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) => {
                for (field, value) in inner {
                    let key = format!("{key}.{field}");
                    let text = plain(&key, value)?;
                    out.push((key, text));
                }
            }
            value => {
                let text = plain(&key, value)?;
                out.push((key, text));
            }
        }
    }
    Ok(out)
}

fn plain(key: &str, value: toml::Value) -> Result<String, BadConfig> {
    use toml::Value::{Array, Boolean, Float, Integer, String as Text};
    Ok(match value {
        Text(text) => text,
        Integer(n) => n.to_string(),
        Float(n) => n.to_string(),
        Boolean(b) => if b { "on" } else { "off" }.into(),
        Array(values) => {
            let parts: Result<Vec<_>, _> = values.into_iter().map(|v| plain(key, v)).collect();
            parts?.join(", ")
        }
        _ => {
            return Err(BadConfig(format!(
                "in dateline.toml, {key} must be text, a number, on or off, or a list"
            )));
        }
    })
}

/// Levenshtein's, for naming the nearest key.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().take(64).collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(file: &str, variables: &[(&str, &str)], flags: &[(&'static str, &str)]) -> Result<Config, String> {
        Sources {
            file: Some(file.into()),
            variables: variables.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect(),
            flags: flags.iter().map(|(k, v)| (*k, v.to_string())).collect(),
        }
        .settle()
        .map_err(|e| e.0)
    }

    #[test]
    fn flags_over_variables_over_the_file() {
        let file = "listen = '127.0.0.1:1'\n[paper]\nname = 'A'\nsections = ['World', 'Sea']";
        let config = of(file, &[("DATELINE_LISTEN", "127.0.0.1:2")], &[]).unwrap();
        assert_eq!(config.listen.address.port(), 2);
        assert_eq!((config.paper.name.as_str(), config.paper.sections.len()), ("A", 2));
        let config = of(file, &[("DATELINE_LISTEN", "127.0.0.1:2")], &[("listen", "127.0.0.1:3")]).unwrap();
        assert_eq!(config.listen.address.port(), 3);
    }

    #[test]
    fn unknown_keys_are_refused_with_the_nearest() {
        let why = of("[paper]\nnmae = 'A'", &[], &[]).unwrap_err();
        assert_eq!(why, "in dateline.toml, paper.nmae is not an option; did you mean paper.name?");
        let why = of("", &[("DATELINE_PAPER_ZONES", "UTC")], &[]).unwrap_err();
        assert!(why.ends_with("did you mean DATELINE_PAPER_ZONE?"), "{why}");
        assert!(of("", &[("DATELINE_TEST_POSTGRES", "x"), ("DATELINE_DATA", "y")], &[]).is_ok());
    }

    #[test]
    fn values_are_checked_where_they_stand() {
        for (file, says) in [
            ("listen = 'here'", "listen must be an address"),
            ("[paper]\nzone = 'Mars/Base'", "paper.zone must be the IANA name"),
            ("[proxy]\ntrusted = ['x']", "proxy.trusted must be networks"),
            ("[discussion]\nhold_at = 2.0", "must be a number from 0 to 1"),
            ("[paper]\nname = 1979-05-27", "must be text"),
            ("[paper", "is not TOML"),
        ] {
            let why = of(file, &[], &[]).unwrap_err();
            assert!(why.contains(says), "{file}: {why}");
        }
    }

    #[test]
    fn limits_are_lifted_on_loopback_only() {
        let off = [("DATELINE_DISCUSSION_LIMITS", "off")];
        assert!(of("", &off, &[]).unwrap().policy().limits_off);
        let why = of("", &off, &[("listen", "0.0.0.0:8080")]).unwrap_err();
        assert!(why.contains("loopback"), "{why}");
        assert!(!of("", &[], &[("listen", "0.0.0.0:8080")]).unwrap().policy().limits_off);
    }

    #[test]
    fn defaults_are_the_newsrooms_own() {
        let (ours, theirs) = (Config::default().policy(), newsroom::discussion::Policy::default());
        assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
    }
}
