//! `docs/configuration.md` says what the table of options says.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the message")]

#[test]
fn the_reference_page_is_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/configuration.md");
    let made = dateline::config::reference();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == made,
        "docs/configuration.md is out of date: run `UPDATE_DOCS=1 cargo test -p dateline --test configuration`"
    );
}

#[test]
fn every_option_has_a_sentence_and_a_variable_of_its_own() {
    let mut names: Vec<String> =
        dateline::config::KNOWN.iter().map(|k| dateline::config::variable(k.key)).collect();
    names.sort();
    let before = names.len();
    names.dedup();
    assert_eq!(names.len(), before, "two options share a variable");
    for known in dateline::config::KNOWN {
        assert!(known.about.ends_with('.'), "{}", known.key);
        assert!(!known.about.contains('|'), "would break the table: {}", known.key);
    }
    assert!(dateline::config::help().contains("DATELINE_DISCUSSION_LIMITS"));
}
