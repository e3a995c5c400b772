//! Arguments and rows, the same for both databases.

use crate::error::{Error, Result};
use tokio_postgres::types::{ToSql, Type};

/// An argument of a statement. Absence keeps its type, for PostgreSQL wants to know it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Vec<u8>),
}

macro_rules! from {
    ($($t:ty => |$v:ident| $e:expr;)*) => {$(
        impl From<$t> for Value {
            fn from($v: $t) -> Value { $e }
        }
    )*};
}

from! {
    i64 => |v| Value::Int(Some(v));
    u32 => |v| Value::Int(Some(i64::from(v)));
    bool => |v| Value::Int(Some(i64::from(v)));
    newsroom::Millis => |v| Value::Int(Some(v.0));
    Option<i64> => |v| Value::Int(v);
    Option<newsroom::Millis> => |v| Value::Int(v.map(|m| m.0));
    &str => |v| Value::Text(Some(storable(v.to_owned())));
    &String => |v| Value::Text(Some(storable(v.clone())));
    String => |v| Value::Text(Some(storable(v)));
    Option<String> => |v| Value::Text(v.map(storable));
    Option<&str> => |v| Value::Text(v.map(|v| storable(v.to_owned())));
    Vec<u8> => |v| Value::Bytes(v);
}

/// PostgreSQL takes no NUL in text, from whomever it comes; neither database shall then.
fn storable(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }
}

impl Value {
    pub(crate) fn pg_type(&self) -> Type {
        match self {
            Value::Int(_) => Type::INT8,
            Value::Text(_) => Type::TEXT,
            Value::Bytes(_) => Type::BYTEA,
        }
    }

    pub(crate) fn pg(&self) -> &(dyn ToSql + Sync) {
        match self {
            Value::Int(v) => v,
            Value::Text(v) => v,
            Value::Bytes(v) => v,
        }
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        match self {
            Value::Int(v) => rusqlite::ToSql::to_sql(v),
            Value::Text(v) => rusqlite::ToSql::to_sql(v),
            Value::Bytes(v) => rusqlite::ToSql::to_sql(v),
        }
    }
}

/// Arguments in the order of `$1`, `$2`, …
#[macro_export]
macro_rules! args {
    ($($e:expr),* $(,)?) => { vec![$($crate::value::Value::from($e)),*] };
}

/// One row of an answer; columns by position.
pub enum Row<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

macro_rules! column {
    ($name:ident -> $t:ty) => {
        pub fn $name(&self, at: usize) -> Result<$t> {
            match self {
                Row::Sqlite(row) => row.get(at).map_err(|e| Error::Broken(format!("column {at}: {e}"))),
                Row::Postgres(row) => row.try_get(at).map_err(|e| Error::Broken(format!("column {at}: {e}"))),
            }
        }
    };
}

impl Row<'_> {
    column!(int -> i64);
    column!(opt_int -> Option<i64>);
    column!(text -> String);
    column!(opt_text -> Option<String>);
    column!(bytes -> Vec<u8>);

    pub fn flag(&self, at: usize) -> Result<bool> {
        Ok(self.int(at)? != 0)
    }

    /// A number of things or pixels; never negative in a sound database.
    pub fn count(&self, at: usize) -> Result<u32> {
        u32::try_from(self.int(at)?).map_err(|_| Error::Broken(format!("column {at}: not a count")))
    }

    pub fn moment(&self, at: usize) -> Result<newsroom::Millis> {
        Ok(newsroom::Millis(self.int(at)?))
    }

    pub fn opt_moment(&self, at: usize) -> Result<Option<newsroom::Millis>> {
        Ok(self.opt_int(at)?.map(newsroom::Millis))
    }

    /// Text that must be one of a fixed set of words.
    pub fn word<T>(&self, at: usize, parse: impl Fn(&str) -> Option<T>) -> Result<T> {
        let text = self.text(at)?;
        parse(&text).ok_or_else(|| Error::Broken(format!("column {at}: unknown word {text:?}")))
    }
}
