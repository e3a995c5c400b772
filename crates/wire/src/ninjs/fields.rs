//! The members of a JSON object, each asked for as what it must be. A fault names the whole path.

use crate::{Malformed, plain_text};
use newsroom::Millis;
use serde_json::{Map, Value};

/// Entries of one array, or members of one object, that are gone through.
const MOST_ENTRIES: usize = 1_000;

/// An object, and its path from the top.
pub(super) struct Fields<'a> {
    path: String,
    value: &'a Value,
    members: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    pub fn root(value: &'a Value, path: String) -> Result<Fields<'a>, Malformed> {
        let Value::Object(members) = value else {
            let where_ = if path.is_empty() { "file".into() } else { path };
            return Err(Malformed::at(where_, format!("must be an object, not {}", kind(value))));
        };
        Ok(Fields { path, value, members })
    }

    pub fn value(&self) -> &'a Value {
        self.value
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    pub fn fault(&self, name: &str, what: impl Into<String>) -> Malformed {
        Malformed::at(self.path_of(name), what)
    }

    /// The first of the names that is there and not null.
    fn find<'n>(&self, names: &[&'n str]) -> Option<(&'n str, &'a Value)> {
        names.iter().find_map(|n| self.members.get(*n).filter(|v| !v.is_null()).map(|v| (*n, v)))
    }

    /// The spelling in which it is there.
    pub fn present<'n>(&self, names: &[&'n str]) -> &'n str {
        self.find(names).map_or(names[0], |(name, _)| name)
    }

    pub fn has_any(&self, names: &[&str]) -> bool {
        self.find(names).is_some()
    }

    pub fn is_array(&self, name: &str) -> bool {
        self.members.get(name).is_some_and(Value::is_array)
    }

    /// Text, empty when absent.
    pub fn text(&self, names: &[&str]) -> Result<&'a str, Malformed> {
        match self.find(names) {
            None => Ok(""),
            Some((_, Value::String(text))) => Ok(text),
            Some((name, other)) => Err(self.fault(name, format!("must be text, not {}", kind(other)))),
        }
    }

    /// Text in one line, cut at `most` characters.
    pub fn line(&self, names: &[&str], most: usize) -> Result<String, Malformed> {
        Ok(plain_text::line(self.text(names)?, most))
    }

    /// For members that are not the standard's: text, or nothing.
    pub fn words(&self, names: &[&str]) -> Result<&'a str, Malformed> {
        Ok(self.find(names).and_then(|(_, v)| v.as_str()).unwrap_or_default())
    }

    pub fn date(&self, names: &[&str]) -> Result<Option<Millis>, Malformed> {
        let text = self.text(names)?;
        if text.is_empty() && !self.has_any(names) {
            return Ok(None);
        }
        match Millis::parse_rfc3339(text) {
            Some(at) => Ok(Some(at)),
            None => {
                let what = format!("{} is not a date and time of RFC 3339", plain_text::shown(text));
                Err(self.fault(self.present(names), what))
            }
        }
    }

    /// The number of the version, where it is a whole one.
    pub fn version_number(&self) -> Result<Option<i64>, Malformed> {
        match self.find(&["version"]) {
            None => Ok(None),
            // The standard has text here, some feeds a number.
            Some((_, Value::Number(n))) => Ok(n.as_i64()),
            Some((_, Value::String(text))) => Ok(text.trim().parse().ok()),
            Some((name, other)) => Err(self.fault(name, format!("must be text, not {}", kind(other)))),
        }
    }

    /// 1 to 9; 0 when it is not given.
    pub fn urgency(&self) -> Result<u8, Malformed> {
        let Some((name, value)) = self.find(&["urgency"]) else { return Ok(0) };
        let Value::Number(number) = value else {
            return Err(self.fault(name, format!("must be a number, not {}", kind(value))));
        };
        (0..=9u8).find(|n| number.as_f64() == Some(f64::from(*n))).ok_or_else(|| {
            self.fault(
                name,
                format!(
                    "must be a whole number from 1 to 9, not {}",
                    plain_text::line(&number.to_string(), 40)
                ),
            )
        })
    }

    /// The `uri` by which the object is known.
    pub fn uri(&self) -> Result<String, Malformed> {
        let Some((name, _)) = self.find(&["uri"]) else { return Err(self.fault("uri", "is missing")) };
        let uri = self.text(&["uri"])?.trim();
        if uri.is_empty() {
            return Err(self.fault(name, "is empty"));
        }
        if !is_uri(uri) {
            return Err(self.fault(name, format!("{} is not a URI", plain_text::shown(uri))));
        }
        Ok(uri.to_owned())
    }

    pub fn object(&self, names: &[&str]) -> Result<Option<Fields<'a>>, Malformed> {
        self.find(names).map(|(name, value)| Fields::root(value, self.path_of(name))).transpose()
    }

    /// The objects of an array; none when it is absent.
    pub fn objects(&self, names: &[&str]) -> Result<Vec<Fields<'a>>, Malformed> {
        let Some((name, value)) = self.find(names) else { return Ok(vec![]) };
        let Value::Array(values) = value else {
            return Err(self.fault(name, format!("must be an array, not {}", kind(value))));
        };
        if values.len() > MOST_ENTRIES {
            return Err(
                self.fault(name, format!("has {} entries; at most {MOST_ENTRIES} are read", values.len()))
            );
        }
        values
            .iter()
            .enumerate()
            .map(|(i, v)| Fields::root(v, format!("{}[{i}]", self.path_of(name))))
            .collect()
    }

    /// The objects that an object holds by name, in the order given.
    pub fn named_objects(&self, names: &[&str]) -> Result<Vec<(&'a str, Fields<'a>)>, Malformed> {
        let Some(holder) = self.object(names)? else { return Ok(vec![]) };
        if holder.members.len() > MOST_ENTRIES {
            let what = format!("has {} members; at most {MOST_ENTRIES} are read", holder.members.len());
            return Err(self.fault(self.present(names), what));
        }
        let members = holder.members.iter().filter(|(_, v)| !v.is_null());
        members.map(|(name, v)| Ok((name.as_str(), Fields::root(v, holder.path_of(name))?))).collect()
    }

    /// Members whose name begins so, with what follows the beginning, and their text.
    pub fn beginning(&self, start: &str) -> Result<Vec<(&'a str, &'a str)>, Malformed> {
        let members = self.members.iter().filter(|(_, v)| !v.is_null());
        members
            .filter_map(|(name, _)| name.strip_prefix(start).map(|rest| (name, rest)))
            .map(|(name, rest)| Ok((rest, self.text(&[name])?)))
            .collect()
    }

    /// A positive number, or zero: a size in pixels.
    pub fn size(&self, names: &[&str]) -> Result<u64, Malformed> {
        match self.find(names) {
            None => Ok(0),
            Some((_, Value::Number(n))) => Ok(n.as_f64().map_or(0, |n| n.clamp(0.0, 1e6) as u64)),
            Some((name, other)) => Err(self.fault(name, format!("must be a number, not {}", kind(other)))),
        }
    }
}

/// A scheme, a colon, something after it, and nothing that no URI may have in it.
pub(super) fn is_uri(text: &str) -> bool {
    let scheme = |s: &str| {
        s.starts_with(|c: char| c.is_ascii_alphabetic())
            && s.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    text.len() <= 2_000
        && text.split_once(':').is_some_and(|(s, rest)| scheme(s) && !rest.is_empty())
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
