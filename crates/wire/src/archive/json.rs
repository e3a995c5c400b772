//! JSON of any length, walked so that one record at a time is in memory.

use super::{
    halves::Halves,
    metered::{Allowance, Metered},
};
use crate::Malformed;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::{fmt, io::BufReader};

/// What to do with the value at a path: `[].comments[]` is each comment of each element.
pub(super) enum Shape {
    /// Walk into the array or object.
    Into,
    /// Read it as one record.
    Take,
    Skip,
}

pub(super) trait Walk {
    fn shape(&self, path: &str) -> Shape;
    /// `n` counts the elements of the array that it stands in.
    fn take(&mut self, path: &str, n: u64, value: Value) -> Result<(), Malformed>;
    /// An array or object that was walked into has ended.
    fn ended(&mut self, _path: &str, _n: u64) -> Result<(), Malformed> {
        Ok(())
    }
}

/// Walks every value of the input: one, or many after each other. How many halves of characters were replaced in it.
pub(super) fn walk(input: Metered<'_>, walk: &mut dyn Walk) -> Result<u64, Malformed> {
    let left = input.allowance();
    let (halves, replaced) = Halves::of(input);
    let mut reader = BufReader::new(halves);
    skip_mark(&mut reader)?;
    let mut json = serde_json::Deserializer::from_reader(reader);
    let mut state = State { walk, path: String::new(), fault: None, left };
    let (mut n, mut some) = (0, false);
    loop {
        match json.end() {
            Ok(()) if some => return Ok(replaced.get()),
            Ok(()) => return Err(Malformed::file("is empty")),
            // Something follows; what it is the walk says.
            Err(e) if e.is_io() => return Err(malformed(e)),
            Err(_) => {}
        }
        if let Err(e) = (Seed { state: &mut state, n }).deserialize(&mut json) {
            return Err(state.fault.take().unwrap_or_else(|| malformed(e)));
        }
        (n, some) = (n + 1, true);
    }
}

fn skip_mark(reader: &mut impl std::io::BufRead) -> Result<(), Malformed> {
    let start = reader.fill_buf().map_err(|e| Malformed::file(e.to_string()))?;
    if start.starts_with(b"\xef\xbb\xbf") {
        reader.consume(3);
    }
    Ok(())
}

fn malformed(e: serde_json::Error) -> Malformed {
    let text = e.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    Malformed::at(format!("line {} column {}", e.line(), e.column()), what)
}

struct State<'w> {
    walk: &'w mut dyn Walk,
    path: String,
    fault: Option<Malformed>,
    left: Allowance,
}

struct Seed<'s, 'w> {
    state: &'s mut State<'w>,
    n: u64,
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        let done = match self.state.walk.shape(&self.state.path) {
            Shape::Skip => IgnoredAny::deserialize(json).map(|_| Ok(())),
            Shape::Take => <Value as serde::Deserialize>::deserialize(json)
                .map(|value| self.state.walk.take(&self.state.path, self.n, value)),
            Shape::Into => {
                json.deserialize_any(Into { state: self.state })?;
                Ok(self.state.walk.ended(&self.state.path, self.n))
            }
        }?;
        self.state.left.renew();
        done.map_err(|fault| {
            self.state.fault = Some(fault);
            serde::de::Error::custom("stopped")
        })
    }
}

use serde::Deserialize as _;

struct Into<'s, 'w> {
    state: &'s mut State<'w>,
}

impl<'de> Visitor<'de> for Into<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.state.path;
        write!(
            f,
            "a list or an object{}",
            if path.is_empty() { String::new() } else { format!(" at {path}") }
        )
    }

    /// `null` for an empty list, as programs in Go write it.
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let length = self.state.path.len();
        self.state.path.push_str("[]");
        let mut n = 0;
        while list.next_element_seed(Seed { state: self.state, n })?.is_some() {
            n += 1;
        }
        self.state.path.truncate(length);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let length = self.state.path.len();
        while let Some(key) = members.next_key::<String>()? {
            self.state.path.push('.');
            self.state.path.push_str(&key);
            members.next_value_seed(Seed { state: self.state, n: 0 })?;
            self.state.path.truncate(length);
        }
        Ok(())
    }
}

/// A member as text: also of a number or a truth, which some exporters write as one and some as the other.
pub(super) fn text(of: &Value, key: &str) -> String {
    plain(&of[key])
}

pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => String::new(),
    }
}

pub(super) fn truth(of: &Value, key: &str) -> bool {
    matches!(text(of, key).as_str(), "true" | "1" | "True")
}
