//! The analyser against a real index, and against what readers really type.

use super::*;
use proptest::prelude::*;
use rusqlite::Connection;

fn index(texts: &[&str]) -> Connection {
    let db = Connection::open_in_memory().expect("opens");
    let schema = crate::dialect::Dialect::Sqlite.schema("{search}");
    db.execute_batch(&schema).expect("the index's own schema");
    for (at, text) in texts.iter().enumerate() {
        let sql = crate::dialect::SEARCH_ADD.sqlite;
        db.execute(sql, (at as i64, terms(text).join(" "))).expect("added");
    }
    db
}

fn found(db: &Connection, asked: &str) -> Vec<i64> {
    let Some(words) = query(asked).fts5() else { return vec![] };
    let mut statement =
        db.prepare("SELECT rowid FROM search_terms WHERE search_terms MATCH ?1").expect("sql");
    let rows = statement.query_map([words], |row| row.get(0)).expect("asked");
    rows.map(|r| r.expect("a number")).collect()
}

#[test]
fn words_are_found_in_their_other_forms() {
    let db = index(&[
        "The ferries are running again between two ports.",
        "Новых ночных поездов не будет, сказал министр.",
        "北京的公共交通系统正在扩建。",
        "Günter Öz aß in Łódź; Norhaven's café was full.",
        "قالت الوزارة إن القطار يصل غدًا",
        "서울의 날씨",
    ]);
    for (asked, want) in [
        ("run", vec![0]),
        ("ferry", vec![0]),
        ("FERRIES", vec![0]),
        ("\"two ports\"", vec![0]),
        ("\"ports two\"", vec![]),
        ("ports two", vec![0]),
        ("поезд", vec![1]),
        ("ночной поезд", vec![1]),
        ("交通", vec![2]),
        ("公共交通", vec![2]),
        ("通公", vec![]),
        ("京", vec![2]),
        ("gunter", vec![3]),
        ("Lodz", vec![3]),
        ("norhaven", vec![3]),
        ("cafe", vec![3]),
        ("ان القطار", vec![4]),
        ("날씨", vec![5]),
        ("ferry -ports", vec![]),
        ("ferry -trains", vec![0]),
        ("-ferry", vec![]),
        ("", vec![]),
        ("\"", vec![]),
        ("NEAR(a b) OR *", vec![]),
    ] {
        assert_eq!(found(&db, asked), want, "{asked}");
    }
}

#[test]
fn an_extract_shows_the_words_in_their_place() {
    let text = format!("{} The ferries run.\nAnd run again.", "Nothing here. ".repeat(40));
    let pieces = extract(&text, &query("running"), 60);
    let marked: Vec<&str> = pieces.iter().filter(|(_, found)| *found).map(|(t, _)| t.as_str()).collect();
    assert_eq!(marked, ["run", "run"]);
    let whole: String = pieces.iter().map(|(t, _)| t.as_str()).collect();
    assert!(whole.starts_with("… ") && whole.contains("The ferries run. And run again."), "{whole}");
    assert!(whole.chars().count() < 70);
    let none = extract("A short text.", &query("absent"), 60);
    assert_eq!(none, [("A short text.".to_owned(), false)]);
    let chinese = extract("北京的公共交通系统", &query("公共交通"), 60);
    assert_eq!(chinese[1], ("公共交通".to_owned(), true));
}

proptest! {
    #[test]
    fn nothing_breaks_it(text in ".{0,300}", asked in ".{0,80}") {
        let q = query(&asked);
        let _ = terms(&text);
        let pieces = extract(&text, &q, 40);
        prop_assert!(pieces.iter().map(|(t, _)| t.chars().count()).sum::<usize>() <= 45);
        if let Some(words) = q.fts5() {
            let db = index(&[&text]);
            let mut statement = db.prepare("SELECT rowid FROM search_terms WHERE search_terms MATCH ?1").expect("sql");
            prop_assert!(statement.query_map([words], |row| row.get::<_, i64>(0)).expect("legal").all(|r| r.is_ok()));
        }
    }

    #[test]
    fn every_word_of_a_text_finds_it(text in "[a-zа-я一-龟 ,.']{1,60}") {
        let db = index(&[&text]);
        for word in text.split_whitespace() {
            if query(word).fts5().is_some() {
                prop_assert_eq!(found(&db, word), vec![0], "{}", word);
            }
        }
    }
}
