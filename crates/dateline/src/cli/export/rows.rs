//! A row as a line: `{"id":7,"state":"shown",…}`, columns in the table's order, bytes in base64. Written here
//! for an export, and read here when it comes back.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Map, Value as Json};
use store::{
    tables::{Kind, Table},
    value::Value,
};

pub fn write(table: &Table, row: &[Value], out: &mut String) {
    let object: Map<String, Json> = table
        .columns
        .iter()
        .zip(row)
        .map(|(column, value)| {
            let value = match value {
                Value::Int(v) => Json::from(*v),
                Value::Text(v) => Json::from(v.clone()),
                Value::Bytes(v) => Json::from(BASE64_STANDARD.encode(v)),
            };
            (column.name.to_owned(), value)
        })
        .collect();
    out.push_str(&Json::Object(object).to_string());
    out.push('\n');
}

/// What is wrong is said in words that can follow the line's number. A column that may be empty, or that
/// was added with a value for the rows there were, may also be missing: a later program has more of them.
pub fn read(table: &Table, line: &[u8]) -> Result<Vec<Value>, String> {
    let object: Map<String, Json> =
        serde_json::from_slice(line).map_err(|e| format!("is no JSON object: {e}"))?;
    if let Some(name) = object.keys().find(|name| table.columns.iter().all(|c| c.name != name.as_str())) {
        return Err(format!("has {name:?}, which the table {} has not", table.name));
    }
    let value = |column: &store::tables::Column| {
        let name = column.name;
        let value = match (object.get(name), &column.before) {
            (None, Some(before)) => return Ok(before.clone()),
            (value, _) => value.unwrap_or(&Json::Null),
        };
        Ok(match (column.kind, value) {
            (Kind::Int, Json::Null) if column.nullable => Value::Int(None),
            (Kind::Text, Json::Null) if column.nullable => Value::Text(None),
            (_, Json::Null) => return Err(format!("lacks {name:?}")),
            (Kind::Int, value) => match value.as_i64() {
                Some(number) => Value::from(number),
                None => return Err(format!("{name:?} is no whole number")),
            },
            (Kind::Text, Json::String(text)) => Value::from(text),
            (Kind::Bytes, Json::String(text)) => match BASE64_STANDARD.decode(text) {
                Ok(bytes) => Value::from(bytes),
                Err(_) => return Err(format!("{name:?} is no base64")),
            },
            (_, _) => return Err(format!("{name:?} is no text")),
        })
    };
    table.columns.iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(name: &str) -> &'static Table {
        store::tables::all().iter().find(|t| t.name == name).unwrap()
    }

    proptest! {
        #[test]
        fn a_row_comes_back_as_it_was(id: i64, uri in "\\PC*", story: Option<i64>, bytes: Vec<u8>) {
            let row = vec![
                Value::from(id), Value::from(uri.as_str()), Value::from(-1i64), Value::from(i64::MAX), Value::from(""),
                Value::from(story), Value::from("\u{1}\"\\\n"), Value::from(bytes),
            ];
            let mut line = String::new();
            write(table("item"), &row, &mut line);
            prop_assert_eq!(line.matches('\n').count(), 1);
            prop_assert_eq!(read(table("item"), line.as_bytes()), Ok(row));
        }

        #[test]
        fn no_line_is_too_odd(line: Vec<u8>) {
            let _ = read(table("item"), &line);
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (line, words) in [
            ("7", "is no JSON object"),
            (
                r#"{"slug": "a", "name": "A", "position": 1, "x": 2}"#,
                "has \"x\", which the table section has not",
            ),
            (r#"{"slug": "a", "name": "A"}"#, "lacks \"position\""),
            (r#"{"slug": "a", "name": "A", "position": 1.5}"#, "\"position\" is no whole number"),
            (r#"{"slug": ["a"], "name": "A", "position": 1}"#, "\"slug\" is no text"),
        ] {
            let why = read(table("section"), line.as_bytes()).unwrap_err();
            assert!(why.starts_with(words), "{why}");
        }
        let why = read(table("secret"), br#"{"name": "receipts", "value": "*"}"#).unwrap_err();
        assert_eq!(why, "\"value\" is no base64");
    }
}
