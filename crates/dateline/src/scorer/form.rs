//! What is asked and answered, in the form of the Perspective API's `comments:analyze`
//! (https://developers.perspectiveapi.com/s/about-the-api-methods): many scorers speak it.

use newsroom::discussion::{Label, Risk};
use serde_json::{Map, Value, json};

/// The text and nothing else of a comment: no name, no address.
pub fn request(text: &str, language: &str, attributes: &[(String, Label)]) -> String {
    let asked: Map<String, Value> = attributes.iter().map(|(name, _)| (name.clone(), json!({}))).collect();
    json!({
        "comment": {"text": text, "type": "PLAIN_TEXT"},
        "languages": [language],
        "requestedAttributes": asked,
        "doNotStore": true,
    })
    .to_string()
}

/// The risks that it names, the gravest first; of attributes that mean the same the highest.
pub fn read(reply: &[u8], attributes: &[(String, Label)]) -> Result<Vec<Risk>, String> {
    let reply: Value = serde_json::from_slice(reply).map_err(|e| format!("its answer is no JSON: {e}"))?;
    let scores = reply["attributeScores"].as_object().ok_or("its answer has no attributeScores")?;
    let mut risks: Vec<Risk> = Vec::new();
    for (name, label) in attributes {
        let Some(score) = scores.get(name) else { continue };
        let value = score["summaryScore"]["value"].as_f64();
        let value = value.filter(|v| (0.0..=1.0).contains(v));
        let value = value.ok_or_else(|| format!("its answer has no score between 0 and 1 for {name}"))?;
        let why = vec![format!("{name} {value:.2} by the outside scorer")];
        risks.push(Risk { label: *label, score: value as f32, why });
    }
    risks.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut seen = Vec::new();
    risks.retain(|risk| {
        !seen.contains(&risk.label) && {
            seen.push(risk.label);
            true
        }
    });
    Ok(risks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn attributes() -> Vec<(String, Label)> {
        [("TOXICITY", Label::Insult), ("INSULT", Label::Insult), ("THREAT", Label::Threat)]
            .map(|(name, label)| (name.to_owned(), label))
            .into()
    }

    #[test]
    fn what_is_asked_is_the_text_alone() {
        let asked: Value = serde_json::from_str(&request("A \"word\"", "de", &attributes())).unwrap();
        assert_eq!(asked["comment"]["text"], "A \"word\"");
        assert_eq!((&asked["languages"][0], &asked["doNotStore"]), (&json!("de"), &json!(true)));
        assert_eq!(asked["requestedAttributes"].as_object().unwrap().len(), 3);
    }

    #[test]
    fn the_gravest_of_each_kind() {
        let score = |v: f64| json!({"summaryScore": {"value": v, "type": "PROBABILITY"}});
        let reply = json!({"attributeScores": {"TOXICITY": score(0.4), "INSULT": score(0.914), "THREAT": score(0.95), "OTHER": 7}});
        let risks = read(reply.to_string().as_bytes(), &attributes()).unwrap();
        let brief: Vec<_> = risks.iter().map(|r| (r.label, r.why[0].as_str())).collect();
        assert_eq!(
            brief,
            [
                (Label::Threat, "THREAT 0.95 by the outside scorer"),
                (Label::Insult, "INSULT 0.91 by the outside scorer")
            ]
        );
        for (odd, words) in [
            ("", "is no JSON"),
            ("[]", "has no attributeScores"),
            (
                r#"{"attributeScores":{"THREAT":{"summaryScore":{"value":7}}}}"#,
                "no score between 0 and 1 for THREAT",
            ),
            (
                r#"{"attributeScores":{"THREAT":{"summaryScore":{"value":"NaN"}}}}"#,
                "no score between 0 and 1",
            ),
        ] {
            assert!(read(odd.as_bytes(), &attributes()).unwrap_err().contains(words), "{odd}");
        }
        assert_eq!(read(br#"{"attributeScores":{}}"#, &attributes()), Ok(vec![]));
    }

    proptest! {
        #[test]
        fn no_answer_is_too_odd(reply: Vec<u8>) {
            let _ = read(&reply, &attributes());
        }
    }
}
