//! The paper's tables, row by row, for an export that can be read in again on either database.

mod back;
mod carried;

pub use carried::LEFT_OUT;

use crate::{
    Store,
    dialect::Dialect,
    error::{Error, Result},
    value::{Row, Value},
};
use std::sync::LazyLock;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Int,
    Text,
    Bytes,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub nullable: bool,
    /// What it has in rows from before there was such a column, which do not name it.
    pub before: Option<Value>,
}

/// A table that is carried, with its columns in the order of its rows' values.
pub struct Table {
    pub name: &'static str,
    pub columns: Vec<Column>,
    /// Of no use to a reader of the export, and dangerous in wrong hands: only where the keys are asked for.
    pub keys: bool,
    /// How many of the first columns name a row.
    key: usize,
    sqlite: Texts,
    postgres: Texts,
}

/// Its statements; texts that live as long as the program, as the engine wants them.
struct Texts {
    /// The first rows and those after a key, without keys and with them.
    first: [&'static str; 2],
    after: [&'static str; 2],
    add: &'static str,
    any: &'static str,
    count: &'static str,
    recount: Option<&'static str>,
}

/// A table as the list says it.
struct Spec {
    name: &'static str,
    key: usize,
    columns: &'static str,
    /// The database gives its numbers out.
    counted: bool,
    keys: bool,
    only: Option<&'static str>,
    /// Columns that are never carried as they are, and what stands in their place.
    without: [Option<(&'static str, &'static str)>; 2],
    /// The same where the keys are not asked for.
    unless_keys: Option<(&'static str, &'static str)>,
}

impl Spec {
    const fn of(name: &'static str, key: usize, columns: &'static str) -> Spec {
        Spec {
            name,
            key,
            columns,
            counted: false,
            keys: false,
            only: None,
            without: [None; 2],
            unless_keys: None,
        }
    }

    const fn counted(mut self) -> Spec {
        self.counted = true;
        self
    }

    const fn keys(mut self) -> Spec {
        self.keys = true;
        self
    }

    const fn only(mut self, rows: &'static str) -> Spec {
        self.only = Some(rows);
        self
    }

    const fn without(mut self, column: &'static str, instead: &'static str) -> Spec {
        let place = if self.without[0].is_none() { 0 } else { 1 };
        assert!(self.without[place].is_none(), "a table leaves out two columns at most");
        self.without[place] = Some((column, instead));
        self
    }

    const fn unless_keys(mut self, column: &'static str, instead: &'static str) -> Spec {
        self.unless_keys = Some((column, instead));
        self
    }

    fn table(&self) -> Table {
        let columns: Vec<Column> = self.columns.split(',').map(column).collect();
        Table {
            sqlite: self.texts(&columns, Dialect::Sqlite),
            postgres: self.texts(&columns, Dialect::Postgres),
            name: self.name,
            columns,
            keys: self.keys,
            key: self.key,
        }
    }

    fn texts(&self, columns: &[Column], dialect: Dialect) -> Texts {
        let name = self.name;
        let names: Vec<&str> = columns.iter().map(|c| c.name).collect();
        let key: Vec<String> = columns[..self.key]
            .iter()
            .map(|c| match c.kind {
                Kind::Text => format!("{}{}", c.name, dialect.by_bytes()),
                _ => c.name.to_owned(),
            })
            .collect();
        let key = key.join(", ");
        let numbered = |n: usize| (1..=n).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
        let read = |keys: bool, after: bool| {
            let values: Vec<&str> = names
                .iter()
                .map(|name| {
                    let without =
                        self.without.iter().flatten().chain(self.unless_keys.iter().filter(|_| !keys));
                    without.clone().find(|(of, _)| of == name).map_or(*name, |(_, instead)| *instead)
                })
                .collect();
            let mut conditions: Vec<String> = self.only.iter().map(|only| (*only).to_owned()).collect();
            if after {
                conditions.insert(0, format!("({key}) > ({})", numbered(self.key)));
            }
            let conditions = match conditions.is_empty() {
                true => String::new(),
                false => format!(" WHERE {}", conditions.join(" AND ")),
            };
            let most = if after { self.key + 1 } else { 1 };
            kept(format!("SELECT {} FROM {name}{conditions} ORDER BY {key} LIMIT ${most}", values.join(", ")))
        };
        // A secret of the new paper has protected nothing yet.
        let clash =
            if self.name == "secret" { "(name) DO UPDATE SET value = excluded.value" } else { "DO NOTHING" };
        Texts {
            first: [read(false, false), read(true, false)],
            after: [read(false, true), read(true, true)],
            add: kept(format!(
                "INSERT INTO {name} ({}) VALUES ({}) ON CONFLICT {clash}",
                names.join(", "),
                numbered(names.len())
            )),
            any: kept(format!("SELECT CAST(1 AS BIGINT) FROM {name} LIMIT 1")),
            count: kept(format!(
                "SELECT count(*) FROM {name}{}",
                self.only.map(|o| format!(" WHERE {o}")).unwrap_or_default()
            )),
            recount: self.counted.then(|| dialect.recount(name)).flatten().map(kept),
        }
    }
}

fn column(text: &'static str) -> Column {
    let (name, kind) = text.trim().split_once(' ').expect("a name and a kind");
    let (kind, before) = match kind.split_once('=') {
        Some((kind, before)) => (kind, Some(before)),
        None => (kind, None),
    };
    let bare = kind.trim_end_matches('?');
    let (kind_of, before) = match (bare, before) {
        ("int", before) => (Kind::Int, before.map(|v| Value::from(v.parse::<i64>().expect("a number")))),
        ("text", before) => (Kind::Text, before.map(Value::from)),
        ("blob", None) => (Kind::Bytes, None),
        (other, _) => panic!("{name} is {other}"),
    };
    Column { name, kind: kind_of, nullable: bare != kind, before }
}

/// Made once for each table, and then as good as written out.
fn kept(text: String) -> &'static str {
    text.leak()
}

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| carried::CARRIED.iter().map(Spec::table).collect());

/// All that are carried, parents before what refers to them.
pub fn all() -> &'static [Table] {
    &TABLES
}

impl Table {
    fn texts(&self, dialect: Dialect) -> &Texts {
        match dialect {
            Dialect::Sqlite => &self.sqlite,
            Dialect::Postgres => &self.postgres,
        }
    }

    fn read(&self, row: &Row<'_>) -> Result<Vec<Value>> {
        let values = self.columns.iter().enumerate().map(|(at, column)| {
            Ok(match column.kind {
                Kind::Int => Value::Int(row.opt_int(at)?),
                Kind::Text => Value::Text(row.opt_text(at)?),
                Kind::Bytes => Value::Bytes(row.bytes(at)?),
            })
        });
        values.collect::<Result<_>>().map_err(|e| match e {
            Error::Broken(what) => Error::Broken(format!("{}: {what}", self.name)),
            e => e,
        })
    }
}

impl Store {
    /// This paper as it is now, for reading only, whatever is written meanwhile. For one who reads one thing
    /// after another; it holds a transaction open as long as it lives.
    pub async fn as_of_now(&self) -> Result<Store> {
        let engine = self.0.engine.as_of_now().await?;
        Ok(self.beside(engine))
    }

    /// At most `most` rows that come after `after`, in the order of their keys. With `keys` also what only
    /// the paper itself may know.
    pub async fn rows(
        &self,
        table: &'static Table,
        after: Option<&[Value]>,
        most: u32,
        keys: bool,
    ) -> Result<Vec<Vec<Value>>> {
        let texts = table.texts(self.0.engine.dialect());
        let (sql, mut args) = match after {
            None => (texts.first[usize::from(keys)], vec![]),
            Some(row) => (texts.after[usize::from(keys)], row[..table.key].to_vec()),
        };
        args.push(Value::from(most));
        self.all(sql, &args, |row| table.read(row)).await
    }

    pub async fn count_rows(&self, table: &'static Table) -> Result<i64> {
        let sql = table.texts(self.0.engine.dialect()).count;
        Ok(self.one(sql, &[], |row| row.int(0)).await?.unwrap_or_default())
    }

    /// The number from which stories and comments are counted on.
    pub async fn next_unused_id(&self) -> Result<i64> {
        let next = self.one("SELECT next FROM id_block WHERE one = 1", &[], |row| row.int(0)).await?;
        next.ok_or_else(|| Error::Broken("id_block is empty".into()))
    }
}
