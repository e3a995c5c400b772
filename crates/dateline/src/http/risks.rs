//! What the screen saw in a comment, as it was stored with it, and what follows from it.

use newsroom::discussion::{Label, Policy, Risk};
use serde_json::{Value, json};

/// From the stored JSON; what cannot be read is left out.
pub fn read(json: &str) -> Vec<Risk> {
    let Ok(Value::Array(all)) = serde_json::from_str(json) else { return Vec::new() };
    let risk = |value: &Value| {
        let why = value["why"].as_array().into_iter().flatten();
        Some(Risk {
            label: Label::parse(value["label"].as_str()?)?,
            score: value["score"].as_f64()?.clamp(0.0, 1.0) as f32,
            why: why.filter_map(|w| w.as_str().map(str::to_owned)).collect(),
        })
    };
    all.iter().filter_map(risk).collect()
}

/// One risk as the API shows it; the score to the thousandth.
pub fn json(risk: &Risk) -> Value {
    let score = (f64::from(risk.score) * 1000.0).round() / 1000.0;
    json!({ "label": risk.label.as_str(), "score": score, "why": risk.why })
}

/// What the risks alone speak for: `hold` or `show`.
pub fn advice(risks: &[Risk], policy: &Policy) -> &'static str {
    if risks.iter().any(|r| r.score >= policy.hold_at) { "hold" } else { "show" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_leniently() {
        let risks = read(
            r#"[{"label":"insult","score":0.91,"why":["fool",3]},{"label":"unheard-of","score":1},{"label":"threat"},7]"#,
        );
        assert_eq!(risks, [Risk { label: Label::Insult, score: 0.91, why: vec!["fool".into()] }]);
        assert!(read("").is_empty() && read("{}").is_empty() && read("[null]").is_empty());
        assert_eq!(advice(&risks, &Policy::default()), "hold");
        assert_eq!(advice(&[], &Policy::default()), "show");
    }
}
