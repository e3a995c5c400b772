//! The canonical form of what was received, and its SHA-256.
//!
//! It is made of what came, not of what was made of it, so that a better reader of tomorrow does not find
//! every old item changed.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// Lowercase hex.
pub(crate) fn of_bytes(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Of a JSON object: keys sorted, no white space. The members named in `beside` are left out at the top:
/// they say which version it is, not what it says.
pub(crate) fn of_json(value: &Value, beside: &[&str]) -> String {
    let mut out = String::new();
    write(value, beside, &mut out);
    of_bytes(out.as_bytes())
}

/// The depth of recursion is that of the JSON, which serde_json holds to 128.
fn write(value: &Value, without: &[&str], out: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> =
                members.iter().filter(|(k, _)| !without.contains(&k.as_str())).collect();
            members.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (key, value) in members {
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write(value, &[], out);
                out.push(',');
            }
            out.push('}');
        }
        Value::Array(values) => {
            out.push('[');
            for value in values {
                write(value, &[], out);
                out.push(',');
            }
            out.push(']');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn order_and_version_do_not_matter_but_all_else_does() {
        let of = |v| of_json(&v, &["version"]);
        let first = of(json!({"a": 1, "b": {"c": [1, "x"]}, "version": "1"}));
        assert_eq!(first, of(json!({"version": "2", "b": {"c": [1, "x"]}, "a": 1})));
        assert_eq!(first.len(), 64);
        for other in
            [json!({"a": 1}), json!({"a": 1, "b": {"c": ["x", 1]}}), json!({"a": "1", "b": {"c": [1, "x"]}})]
        {
            assert_ne!(first, of(other));
        }
        assert_ne!(of(json!({"x": {"version": 1}})), of(json!({"x": {"version": 2}})), "only at the top");
        assert_eq!(of_bytes(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
