//! The cases of `blind.txt`, which nothing was fitted to: the table is what the model card prints. The bounds are
//! those of the shipped weights, rounded outward, so that a later change that makes it worse is seen; to mend the
//! screen until they rise would make them cases like those of `cases.txt`.

use newsroom::discussion::Policy;
use screen::{by_rules, screen};

/// The kind, and the least (of what is to be held) or the most (of what is to be let be) that is held.
const BOUNDS: [(&str, f64); 22] = [
    ("hold: contempt for a group, said plainly", 0.4),
    ("hold: a group as beasts, dirt or sickness", 0.35),
    ("hold: harm wished or promised to a group", 0.1),
    ("hold: a group driven out or shut out", 0.05),
    ("hold: a group named first, then despised as they", 0.15),
    ("hold: an attack on one reader", 0.4),
    ("hold: a threat to one person", 0.2),
    ("hold: hate and insult in disguise", 0.7),
    ("hold: offers and pleas in many coats", 0.1),
    ("let be: a group named in passing", 0.05),
    ("let be: violence against a group, as news", 0.1),
    ("let be: hate told and answered", 0.15),
    ("let be: taken back by a not", 0.15),
    ("let be: words of abuse taken as one's own", 0.05),
    ("let be: harsh words for power", 0.15),
    ("let be: policy on migration and faith, put hard", 0.05),
    ("let be: anger at things", 0.2),
    ("let be: coarse, and meant well or at nobody", 0.05),
    ("let be: words that mean something else here", 0.05),
    ("let be: one reader against another, within bounds", 0.05),
    ("let be: trade, links and tips between readers", 0.05),
    ("let be: long and ordinary", 0.0),
];

fn cases(kind: &str) -> Vec<&'static str> {
    let head = format!("[{kind}]");
    let lines = include_str!("blind.txt").lines().skip_while(|line| **line != head).skip(1);
    lines.take_while(|line| !line.starts_with('[')).filter(|line| !line.is_empty()).collect()
}

#[test]
fn each_kind_of_talk_that_nothing_was_fitted_to() {
    let hold_at = Policy::default().hold_at;
    let (mut wrong, mut all) = (Vec::new(), 0);
    println!("| kind of talk | cases | held by rules alone | held by the screen |\n|---|---|---|---|");
    for (kind, bound) in BOUNDS {
        let cases = cases(kind);
        assert!(cases.len() >= 20, "{kind}: {}", cases.len());
        all += cases.len();
        let part = |held: usize| held as f64 / cases.len() as f64;
        let rules = cases.iter().filter(|c| by_rules(c, "").iter().any(|r| r.score >= hold_at)).count();
        let held = cases.iter().filter(|c| screen(c, "").iter().any(|r| r.score >= hold_at)).count();
        println!("| {kind} | {} | {:.0} % | {:.0} % |", cases.len(), 100.0 * part(rules), 100.0 * part(held));
        let within = if kind.starts_with("hold") { part(held) >= bound } else { part(held) <= bound };
        if !within {
            wrong.push(format!("{kind}: {:.2} held, the bound is {bound}", part(held)));
        }
    }
    let lines = include_str!("blind.txt").lines();
    assert_eq!(
        all,
        lines.filter(|l| !l.is_empty() && !l.starts_with(['#', '['])).count(),
        "none is left out"
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
}
