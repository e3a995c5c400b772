//! Opening a paper's database: made when new, opened again when there, refused when not ours.
#![allow(clippy::unwrap_used, reason = "a test says by failing what went wrong")]

mod support;

use newsroom::staff::Role;
use store::{comment::Posted, staff::Span};
use support::{
    Paper,
    make::{NOON, comment, published},
    place::on_sqlite,
};

async fn opened_twice_with_numbers_never_given_twice(paper: Paper) {
    let first = paper.store.next_id().await.expect("id");
    paper.store.ping().await.expect("answers");
    let again = Paper::open(paper.home, 2).await;
    let mut ids = Vec::new();
    for _ in 0..100 {
        ids.push(again.store.next_id().await.expect("id"));
        ids.push(paper.store.next_id().await.expect("id"));
    }
    ids.push(first);
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    assert!(ids.iter().all(|id| (1..5_000).contains(id)), "{ids:?}");
}

on_both!(opened_twice_with_numbers_never_given_twice);

#[tokio::test]
async fn a_copy_holds_neither_what_was_erased_nor_sessions() {
    let paper = Paper::open(on_sqlite().unwrap(), 1).await;
    let store = &paper.store;
    let story = published(store, "Night ferry", NOON).await;
    let mut comments = Vec::new();
    for n in 0..40 {
        let text = format!("Number {n}: {}", "it is never to be read again. ".repeat(40));
        let new = comment(store, &story, &text).await;
        assert_eq!(store.post(new.clone()).await.unwrap(), Posted::Kept);
        comments.push(new.id);
    }
    let id = store.add_person("Ilse", Role::Editor, "hash", "the admin", NOON).await.unwrap();
    let ilse = store.person(id).await.unwrap().unwrap();
    let span = Span { idle: 1_000, absolute: 1_000 };
    store.add_session(&ilse, "digest of a session", "Firefox", span, NOON).await.unwrap();
    let copied = async |name: &str| {
        let file = paper.home.dir.path().join(name);
        assert!(store.snapshot(&file).await.unwrap());
        let bytes = std::fs::read(&file).unwrap();
        let holds = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
        let comments = (0..40).filter(|n| holds(&format!("Number {n}: it is never"))).count();
        (comments, holds("never to be read again"), holds("digest of a session"), holds("Night ferry"))
    };
    assert_eq!(copied("before.sqlite").await, (40, true, false, true));
    for id in comments {
        let there = store.comment(id).await.unwrap().unwrap();
        store.erase_comment(&there, NOON).await.unwrap();
    }
    assert_eq!(copied("after.sqlite").await, (0, false, false, true));
    assert!(
        store.find_session("digest of a session", span, NOON).await.unwrap().is_some(),
        "here it lives on"
    );
}

/// Of a paper whose texts were deleted by a program that left them in the file.
#[tokio::test]
async fn a_copy_has_no_free_space_of_before() {
    let paper = Paper::open(on_sqlite().unwrap(), 1).await;
    let store::Place::Sqlite(path) = &paper.home.place else { panic!("a file") };
    let old = rusqlite::Connection::open(path).unwrap();
    let text = "of long ago and for nobody ".repeat(2_000);
    old.execute_batch("PRAGMA secure_delete = OFF").ok();
    old.execute("INSERT INTO setting (key, value) VALUES ('old', ?1)", [&text]).unwrap();
    old.execute("DELETE FROM setting WHERE key = 'old'", []).unwrap();
    old.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    let holds = |file: &std::path::Path| {
        let bytes = std::fs::read(file).unwrap();
        bytes.windows(27).any(|part| part == b"of long ago and for nobody ")
    };
    assert!(holds(path), "it is there to be found");
    let copy = paper.home.dir.path().join("copy.sqlite");
    assert!(paper.store.snapshot(&copy).await.unwrap());
    assert!(!holds(&copy));
}
